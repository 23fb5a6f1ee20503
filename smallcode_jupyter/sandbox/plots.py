"""What a figure shows, as data: axes, labels, and each series with its kind, size and range. Never an image.

A model without eyes can judge a plot by this. For the forked copy only: figures are the person's objects there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from smallcode_jupyter.sandbox.policy import Axes, Plot, Series

__all__ = ["describe_figure", "figure_numbers", "open_figures"]

_MOST_AXES, _MOST_SERIES, _POINTS = 12, 12, 6
_CHARS = 120


def figure_numbers() -> frozenset[int]:
    """The figures that pyplot holds open."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    return frozenset(pyplot.get_fignums()) if pyplot is not None else frozenset()


def open_figures(before: frozenset[int]) -> list[Any]:
    """Those that were opened since, and those from before that have been drawn to."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    figures = [(number, pyplot.figure(number)) for number in pyplot.get_fignums()]
    return [figure for number, figure in figures if number not in before or figure.stale]


def describe_figure(figure: Any) -> Plot:
    """The figure as data. Laying it out finds errors that drawing it would: raises what matplotlib raises."""
    figure.draw_without_rendering()
    axes = [_describe_axes(item) for item in figure.axes[:_MOST_AXES]]
    title = figure.get_suptitle() if hasattr(figure, "get_suptitle") else ""
    return Plot(title=_text(title), axes=tuple(axes))


def _describe_axes(axes: Any) -> Axes:
    legend = axes.get_legend()
    series = [
        *(_line(line) for line in axes.get_lines()),
        *(_bars(container) for container in axes.containers if hasattr(container, "patches")),
        *(_points(collection) for collection in axes.collections),
        *(_image(image) for image in axes.get_images()),
    ]
    return Axes(
        title=_text(axes.get_title()),
        x_label=_text(axes.get_xlabel()),
        y_label=_text(axes.get_ylabel()),
        x_range=_pair(axes.get_xlim()),
        y_range=_pair(axes.get_ylim()),
        x_scale=str(axes.get_xscale()),
        y_scale=str(axes.get_yscale()),
        x_ticks=tuple(_text(tick.get_text()) for tick in axes.get_xticklabels()[:_POINTS]),
        legend=tuple(_text(entry.get_text()) for entry in legend.get_texts()) if legend else (),
        series=tuple(item for item in series if item is not None)[:_MOST_SERIES],
    )


def _line(line: Any) -> Series | None:
    x, y = line.get_xdata(), line.get_ydata()
    return _series("line", line.get_label(), x, y) if len(y) else None


def _bars(container: Any) -> Series:
    patches = container.patches
    is_upright = getattr(container, "orientation", "vertical") != "horizontal"
    heights = [patch.get_height() if is_upright else patch.get_width() for patch in patches]
    places = [patch.get_x() if is_upright else patch.get_y() for patch in patches]
    return _series("bars", container.get_label(), places, heights)


def _points(collection: Any) -> Series | None:
    offsets = collection.get_offsets()
    offsets = offsets.filled(float("nan")) if hasattr(offsets, "filled") else offsets
    kind = type(collection).__name__
    if kind != "PathCollection" or not len(offsets):
        return Series(kind=kind, label=_text(collection.get_label()), count=len(collection.get_paths()))
    return _series("points", collection.get_label(), [o[0] for o in offsets], [o[1] for o in offsets])


def _image(image: Any) -> Series:
    shape = image.get_size()
    return Series(kind="image", label=_text(image.get_label()), count=int(shape[0]) * int(shape[1]))


def _series(kind: str, label: object, x: Iterable[Any], y: Iterable[Any]) -> Series:
    values, places = list(y), list(x)
    return Series(
        kind=kind,
        label=_text(label),
        count=len(values),
        x_range=_range(places),
        y_range=_range(values),
        first=tuple(_short(value) for value in values[:_POINTS]),
    )


def _range(values: list[Any]) -> tuple[str, str]:
    try:
        known = [value for value in values if value == value]  # NaN is not
        return (_short(min(known)), _short(max(known))) if known else ("", "")
    except (TypeError, ValueError):
        return (_short(values[0]), _short(values[-1])) if values else ("", "")


def _pair(limits: Any) -> tuple[str, str]:
    return (_short(limits[0]), _short(limits[1]))


def _short(value: Any) -> str:
    try:
        return f"{float(value):.6g}"
    except (TypeError, ValueError):
        return _text(value)


def _text(value: object) -> str:
    """Labels that start with an underscore are matplotlib's own."""
    text = str(value)
    return "" if text.startswith("_") else text[:_CHARS]
