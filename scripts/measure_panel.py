"""Measures the panel: how soon a click is seen, and what a run of ten thousand events costs.

    python scripts/measure_panel.py

Prints the size of the bundles; the time from clicking Send until the words stand in the thread, painted, over twenty
clicks; then, while the run streams in, the frames that took longer than 50 ms and the longest one, the memory before
and after (collected), and the number of elements. Times say something on an idle machine only. Needs the built panel,
JupyterLab and Chromium (`make panel`).
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from browser_lab import SETUP, Lab, LabPage, running_chromium, running_lab  # noqa: E402
from playwright.sync_api import Browser, expect  # noqa: E402

CLICKS = 20
FLOOD = """\
import asyncio, time
from smallcode_jupyter.protocol.errors import Problem as _Problem
from smallcode_jupyter.protocol.events import Envelope as _Envelope, ModelDelta as _Delta, Notice as _Notice
from smallcode_jupyter.protocol.events import TaskFinished as _Finished, TaskStarted as _Started
from smallcode_jupyter.protocol.tasks import Task as _Task

_panels = _notebook_of(get_ipython()).panels
_events = [_Started(task=_Task(id='flood', words='ten thousand events'))]
for number in range(9_998):
    notice = _Notice(level='info', problem=_Problem(code=f'n{number}', what=f'Step {number}.', why='Because.'))
    _events.append(_Delta(turn=1, text='word ') if number % 5 else notice)
_events.append(_Finished(outcome='answered', reason='That was all.'))
for seq, event in enumerate(_events):
    _panels.emit(_Envelope(run='flood', seq=seq, at=time.time(), event=event))
    if seq % 10 == 0:
        await asyncio.sleep(0.01)
"""
WATCH_CLICK = """words => {
    const panel = document.querySelector('#smallcode-panel');
    window.smallcodeSeen = new Promise(done => {
        let clicked = null;
        panel.addEventListener('click', event => { clicked = event.timeStamp; }, { capture: true, once: true });
        const watch = new MutationObserver(() => {
            const asked = [...panel.querySelectorAll('.sc-asked')];
            if (clicked !== null && asked.some(item => item.textContent === words)) {
                watch.disconnect();
                // What comes after the next frame's callbacks and its painting: never too early, a frame late at most.
                requestAnimationFrame(() => {
                    const after = new MessageChannel();
                    after.port1.onmessage = () => done(performance.now() - clicked);
                    after.port2.postMessage(null);
                });
            }
        });
        watch.observe(panel, { childList: true, subtree: true, characterData: true });
    });
}"""
WATCH_FRAMES = """() => {
    window.smallcodeFrames = [];
    let before = performance.now();
    const look = now => { window.smallcodeFrames.push(now - before); before = now; requestAnimationFrame(look); };
    requestAnimationFrame(look);
}"""


def print_sizes() -> None:
    """What a person's browser loads."""
    package = ROOT / "smallcode_jupyter"
    lab = list((package / "labextension" / "static").glob("*.js"))
    for name, files in (("JupyterLab", lab), ("the widget", list((package / "static").glob("*")))):
        size = sum(path.stat().st_size for path in files)
        small = sum(len(gzip.compress(path.read_bytes())) for path in files)
        print(f"bundle for {name}: {size / 1e3:.0f} kB, {small / 1e3:.0f} kB compressed")


def click_times(at: LabPage, lab: Lab) -> Iterator[float]:
    """Milliseconds from clicking Send until the words are seen."""
    lab.write("clicks", [SETUP, f"script(*['Done.'] * {8 * CLICKS})"])
    at.open("clicks")
    at.run_cell(0)
    at.run_cell(1)
    at.show_panel()
    send = at.panel.get_by_role("button", name="Send", exact=True)
    for number in range(CLICKS):
        words = f"question {number}"
        at.panel.locator("textarea").fill(words)
        at.page.evaluate(WATCH_CLICK, words)
        send.click()
        yield float(at.page.evaluate("() => window.smallcodeSeen"))
        expect(at.panel.locator(".sc-outcome")).to_have_count(number + 1)
        expect(send).to_be_visible()


def flood(at: LabPage, lab: Lab) -> None:
    """Stream ten thousand events into the panel."""
    lab.write("flood", [SETUP, "script('x')", FLOOD])
    at.open("flood")
    at.run_cell(0)
    at.run_cell(1)
    at.show_panel()
    before = collected(at)
    at.page.evaluate(WATCH_FRAMES)
    at.run_cell(2)
    at.panel.locator(".sc-outcome").wait_for()
    frames = at.page.evaluate("() => window.smallcodeFrames")
    late = [frame for frame in frames if frame > 50]
    print(f"frames: {len(frames)}, longer than 50 ms: {len(late)}, longest: {max(frames):.0f} ms")
    elements = at.panel.locator("*").count()
    print(f"memory: {before:.1f} MB before, {collected(at):.1f} MB after; elements: {elements}")


def collected(at: LabPage) -> float:
    """Megabytes of JavaScript objects that are still needed."""
    session = at.page.context.new_cdp_session(at.page)
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def page(lab: Lab, browser: Browser) -> LabPage:
    """A page of its own."""
    return LabPage(browser.new_context(viewport={"width": 1280, "height": 800}).new_page(), lab)


def main() -> None:
    """Measure, and print what was seen."""
    expect.set_options(timeout=120_000)
    print_sizes()
    with (
        tempfile.TemporaryDirectory() as place,
        running_lab(Path(place) / "lab") as lab,
        running_chromium() as browser,
    ):
        times = sorted(click_times(page(lab, browser), lab))
        print(f"click to sight, {CLICKS} clicks: median {median(times):.0f} ms, longest {times[-1]:.0f} ms")
        flood(page(lab, browser), lab)


if __name__ == "__main__":
    main()
