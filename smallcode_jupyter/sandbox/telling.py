"""A trial's report as text: short, the verdict first."""

from __future__ import annotations

from smallcode_jupyter.sandbox.policy import Axes, Plot, Series, TrialReport, ValueChange

__all__ = ["tell_changes", "tell_report"]

_VERDICTS = {
    "passed": "It runs",
    "failed": "It fails",
    "timed_out": "It does not end in time",
    "crashed": "It crashes Python",
    "not_tried": "It was not tried to its end",
}
_MOST = 20
"""Lines of one kind; more are counted."""


def tell_report(report: TrialReport) -> str:
    """The whole report: what it prints and shows, what it would change, what was blocked."""
    parts = [f"{_VERDICTS[report.status]} ({report.seconds:.2f} s)."]
    if report.reason:
        parts.append(report.reason)
    for label, text in (("printed", report.stdout), ("errors", report.stderr), ("result", report.result)):
        if text.strip():
            parts.append(f"{label}:\n{_indented(text.rstrip())}")
    if report.error:
        parts.append(report.traceback or report.error)
    return "\n".join([*parts, *tell_changes(report)])


def tell_changes(report: TrialReport) -> tuple[str, ...]:
    """Lines on variables, files, plots, rich results, and what was blocked; nothing where nothing is to be told."""
    lines = [*_limited([_value(change) for change in report.values])]
    lines += _limited(
        [
            f"{change.kind} file: {change.path}" + (f", {change.size:,} bytes" if change.size else "")
            for change in report.files
        ]
    )
    for plot in report.plots:
        lines += _plot(plot)
    rich = [display for display in report.displays if set(display.types) - {"text/plain"}]
    lines += _limited([f"shown: {', '.join(display.types)}" for display in rich])
    lines += _limited([f"blocked: {attempt}" for attempt in report.blocked])
    return tuple(lines)


def _limited(lines: list[str]) -> list[str]:
    return lines if len(lines) <= _MOST else [*lines[:_MOST], f"... and {len(lines) - _MOST} more"]


def _value(change: ValueChange) -> str:
    if change.kind == "added":
        return f"new: {change.name} ({change.after})"
    if change.kind == "deleted":
        return f"deleted: {change.name} ({change.before})"
    if change.kind == "changed":
        return f"changed: {change.name} ({change.before} → {change.after})"
    size = f"; {change.changed_bytes:,} bytes of memory differ" if change.changed_bytes else ""
    what = (
        change.before
        if change.before == change.after or not change.after
        else f"{change.before} → {change.after}"
    )
    return f"changed inside: {change.name} ({what}{size})"


def _plot(plot: Plot) -> list[str]:
    head = f"plot: {plot.title}" if plot.title else "plot"
    lines = [f"{head}, {len(plot.axes)} axes"]
    for axes in plot.axes:
        lines.append(f"  {_axes(axes)}")
        lines += [f"    {_series(series)}" for series in axes.series]
    return lines


def _axes(axes: Axes) -> str:
    parts = [f"“{axes.title}”" if axes.title else "no title"]
    for name, label, limits, scale in (
        ("x", axes.x_label, axes.x_range, axes.x_scale),
        ("y", axes.y_label, axes.y_range, axes.y_scale),
    ):
        told = f"{name}: {label or 'no label'} {limits[0]} to {limits[1]}"
        parts.append(told if scale == "linear" else f"{told} ({scale})")
    if axes.legend:
        parts.append(f"legend: {', '.join(axes.legend)}")
    return "; ".join(parts)


def _series(series: Series) -> str:
    name = f" {series.label}" if series.label else ""
    limits = f", {series.y_range[0]} to {series.y_range[1]}" if series.y_range[0] else ""
    return f"{series.kind}{name}: {series.count:,}{limits}"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
