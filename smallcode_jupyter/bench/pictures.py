"""Pictures of a section: solved by category, cost against success, what each technique is worth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.bench.attempting import Arm
from smallcode_jupyter.bench.report import Section, categories_of, rows_of, sample_words, suites_of
from smallcode_jupyter.bench.statistics import ArmSummary, arms_of, pair, scores, summarise
from smallcode_jupyter.protocol.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Drawing", "Picture", "draw", "render"]

_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#000000", "#999999")
"""Okabe and Ito's, told apart by every kind of colour vision."""
_HATCHES = ("", "//", "..", "xx")
_MARKERS = "osD^vPX*<>"
_STYLE: Any = {  # its keys are a Literal of every setting
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "savefig.facecolor": "white",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "hatch.linewidth": 0.6,
    "svg.fonttype": "path",
    "svg.hashsalt": "smallcode",
    "text.parse_math": False,
}
_LONGEST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture that is not rendered yet."""

    name: str
    """Of the file, without its ending; differs within a section."""
    about: str
    """For who cannot see it."""
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The same, as files."""

    name: str
    about: str
    svg: str
    png: bytes


def draw(section: Section) -> tuple[Drawing, ...]:
    """What the section has data for. Raises UsageError without matplotlib."""
    try:
        import matplotlib
    except ImportError as error:
        raise UsageError(
            "Pictures need matplotlib.", hint="pip install 'smallcode-jupyter[bench]'"
        ) from error
    drawings: list[Drawing] = []
    with matplotlib.rc_context(_STYLE):
        for suite in suites_of(section.rows):
            arms = [arm for arm in _tried(section, suite) if not arm.without]
            if arms:
                drawings.append(_solved(section, suite, arms))
                drawings.append(_cost(section, suite, arms))
            if ablated := _ablated(section, suite):
                drawings.append(_ablation(section, suite, ablated))
    return tuple(drawings)


def render(drawing: Drawing, *, prefix: str) -> Picture:
    """As SVG and PNG. `prefix` makes the ids of the SVG its own, so that several fit in one page."""
    import matplotlib

    svg, png = BytesIO(), BytesIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    with matplotlib.rc_context(_STYLE):
        drawing.figure.savefig(svg, format="svg", metadata=nothing)
        drawing.figure.savefig(png, format="png", dpi=150, metadata={"Software": None})
    name = f"{prefix}{drawing.name}"
    return Picture(
        name=name, about=drawing.about, svg=_own_ids(svg.getvalue().decode(), name), png=png.getvalue()
    )


def _own_ids(svg: str, prefix: str) -> str:
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    return re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{prefix}-", svg)


def _tried(section: Section, suite: str) -> list[Arm]:
    rows = [row for row in section.rows if row.suite == suite and row.status != "skipped"]
    return list(arms_of(rows))


def _ablated(section: Section, suite: str) -> list[Arm]:
    arms = _tried(section, suite)
    return [arm for arm in arms if arm.without and Arm(agent=arm.agent) in arms]


def _figure(section: Section, suite: str, title: str, *, size: tuple[float, float]) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, layout="constrained")
    axes = figure.add_subplot()
    where = section.title
    if len(where) > _LONGEST + 20:
        where = where[: _LONGEST + 19].rstrip() + "…"
    axes.set_title(f"{title}, suite {suite}\n{where}")
    axes.set_axisbelow(True)
    return figure, axes


def _label(arm: Arm, found: ArmSummary, suite: str) -> str:
    sample = sample_words(suite, found.tasks)
    return f"{arm.name} (sample: {sample})" if sample else f"{arm.name} ({found.tasks} tasks)"


def _solved(section: Section, suite: str, arms: Sequence[Arm]) -> Drawing:
    categories = categories_of([row for row in section.rows if row.status != "skipped"], suite)
    width = max(7.0, 1.5 + len(categories) * max(0.95, 0.17 * len(arms) + 0.35))
    figure, axes = _figure(section, suite, "Solved by category", size=(width, 4.6))
    bar = 0.84 / len(arms)
    for number, arm in enumerate(arms):
        found = summarise(arm, rows_of(section.rows, arm, suite=suite))
        places, heights = [], []
        for place, category in enumerate(categories):
            tasks = scores(rows_of(section.rows, arm, suite=suite, category=category))
            if tasks:
                places.append(place - 0.42 + bar * (number + 0.5))
                heights.append(100 * float(sum(score.mean for score in tasks.values())) / len(tasks))
        colour, hatch, _ = _look(section, arm)
        label = _label(arm, found, suite)
        axes.bar(places, heights, bar * 0.92, color=colour, hatch=hatch, edgecolor="white", label=label)
        zeros = [place for place, height in zip(places, heights, strict=True) if height == 0]
        axes.plot(zeros, [0.8] * len(zeros), linestyle="", marker="_", markersize=5, color=colour)
    axes.set_xticks(range(len(categories)), [name.replace("-", "-\n") for name in categories])
    axes.set_xlim(-0.6, len(categories) - 0.4)
    axes.set_ylim(0, 100)
    axes.set_ylabel("tasks solved (%)")
    axes.set_xlabel("category (a dash at the bottom: tried, none solved)")
    axes.grid(axis="y", color="#dddddd")
    figure.legend(loc="outside lower center", ncols=max(1, int(width / 3.2)), frameon=False)
    about = f"Bars: share of tasks solved in each category of the suite {suite}, by {_names(arms)}."
    return Drawing(name=f"solved-{suite}", about=about, figure=figure)


def _look(section: Section, arm: Arm) -> tuple[str, str, str]:
    """A colour, a hatch and a marker, the same in every picture of the section."""
    arms = [known for known in arms_of(section.rows) if not known.without]
    number = arms.index(arm)
    turn, place = divmod(number, len(_COLOURS))
    return _COLOURS[place], _HATCHES[turn % len(_HATCHES)], _MARKERS[number % len(_MARKERS)]


def _names(arms: Sequence[Arm]) -> str:
    return ", ".join(arm.name for arm in arms)


def _cost(section: Section, suite: str, arms: Sequence[Arm]) -> Drawing:
    figure, axes = _figure(section, suite, "Cost against success", size=(8.0, 4.8))
    totals = [summarise(arm, rows_of(section.rows, arm, suite=suite)) for arm in arms]
    for arm, found in zip(arms, totals, strict=True):
        colour, _, marker = _look(section, arm)
        share = 100 * found.share
        axes.errorbar(
            [found.tokens],
            [share],
            yerr=[[share - 100 * found.interval.low], [100 * found.interval.high - share]],
            fmt=marker,
            color=colour,
            markerfacecolor="white" if sample_words(suite, found.tasks) else colour,
            markersize=8,
            capsize=4,
            label=_label(arm, found, suite),
        )
    _scale_tokens(axes, [found.tokens for found in totals])
    axes.set_ylim(-2, 102)
    axes.set_ylabel("tasks solved (%), with 95% interval")
    axes.grid(color="#dddddd")
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    points = "; ".join(
        f"{found.arm.name} {found.tokens:,.0f} tokens, {found.share:.0%} solved" for found in totals
    )
    about = f"Points: tokens of an attempt against the share of tasks solved, suite {suite}. {points}."
    return Drawing(name=f"cost-{suite}", about=about, figure=figure)


def _scale_tokens(axes: Axes, tokens: Sequence[float]) -> None:
    """From zero, or by factors where the arms are far apart."""
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

    most, least = max(*tokens, 1.0), min(value for value in (*tokens, 1e9) if value > 0)
    if most > 12 * least and min(tokens) > 0:
        axes.set_xscale("log")
        axes.set_xlim(least / 1.8, most * 1.8)
        axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0), numticks=20))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_xlabel("tokens of an attempt, read and written, mean (logarithmic)")
    else:
        axes.set_xlim(0, most * 1.12)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=7))
        axes.set_xlabel("tokens of an attempt, read and written, mean")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))


def _ablation(section: Section, suite: str, arms: Sequence[Arm]) -> Drawing:
    figure, axes = _figure(section, suite, "One technique switched off", size=(8.0, 1.9 + 0.5 * len(arms)))
    labels, words = [], []
    for number, arm in enumerate(arms):
        base = rows_of(section.rows, Arm(agent=arm.agent), suite=suite)
        found = pair(base, rows_of(section.rows, arm, suite=suite))
        points = 100 * found.difference
        low, high = (100 * bound for bound in found.interval)
        bars = [[max(0.0, points - low)], [max(0.0, high - points)]]
        axes.barh(number, points, 0.6, color=_COLOURS[0] if points < 0 else _COLOURS[1])
        axes.errorbar([points], [number], xerr=bars, fmt="o", color="black", markersize=4, capsize=4)
        labels.append(f"{arm.name}\n({found.tasks} tasks)")
        words.append(f"{arm.name} {points:+.0f} points ({low:+.0f} to {high:+.0f})")
    axes.axvline(0, color="black", linewidth=0.8)
    axes.set_yticks(range(len(arms)), labels)
    axes.invert_yaxis()
    axes.set_xlabel("difference to all switched on (points), with 95% interval")
    axes.grid(axis="x", color="#dddddd")
    about = f"Bars: difference in tasks solved to the full agent, suite {suite}. {'; '.join(words)}."
    return Drawing(name=f"ablation-{suite}", about=about, figure=figure)
