NAMES = ["day", "week", "month"]
PARTS = """(names) => ({
  radios: [...document.querySelectorAll(".tabs input")].map((e) => [e.type, e.name, e.id]),
  labels: names.map((n) => [...(document.querySelector("#tab-" + n)?.labels ?? [])].map((e) => e.textContent.trim())),
  panels: [...document.querySelectorAll(".tabs section")].map((e) => [e.id, e.textContent.trim()]),
  scripts: document.querySelectorAll("script, [onclick], [onchange]").length,
})"""
READ = """(names) => {
  const labels = names.map((n) => document.querySelector(`label[for=tab-${n}]`));
  const panels = names.map((n) => document.querySelector("#panel-" + n));
  const visible = panels.find((e) => e.getClientRects().length);
  const boxes = labels.map((e) => e.getBoundingClientRect());
  return {
    display: panels.map((e) => getComputedStyle(e).display !== "none" && e.getBoundingClientRect().height > 0),
    none: panels.map((e) => getComputedStyle(e).display === "none"),
    checked: names.map((n) => document.querySelector("#tab-" + n).checked),
    weights: labels.map((e) => getComputedStyle(e).fontWeight),
    outlines: labels.map((e) => { const s = getComputedStyle(e); return s.outlineStyle === "solid" ? s.outlineWidth : "none"; }),
    row: boxes.every((b, i) => Math.abs(b.top - boxes[0].top) <= 1 && (i === 0 || b.left >= boxes[i - 1].right - 1) && b.width > 0),
    above: !!visible && boxes.every((b) => b.bottom <= visible.getBoundingClientRect().top + 1),
    radios: names.map((n) => { const s = getComputedStyle(document.querySelector("#tab-" + n)); return [s.opacity, s.position, s.display === "none", s.visibility]; }),
    active: document.activeElement.id,
  };
}"""
CALM = """() => document.head.insertAdjacentHTML("beforeend", "<style>*, *::before, *::after { transition: none !important; animation: none !important }</style>")"""
PANELS = [
    ["panel-day", "TodayYoga at 9, swimming at 17."],
    ["panel-week", "This weekYoga on Monday and Friday, swimming every day but Sunday."],
    ["panel-month", "This monthClosed from the 24th on."],
]


def check(exam):
    page = exam.page(width=800, height=600, scripts=False)
    page.evaluate(CALM)
    parts = page.evaluate(PARTS, NAMES)
    exam.equal(parts["radios"], [["radio", "view", f"tab-{name}"] for name in NAMES], "type, name and id of the inputs")
    exam.equal(parts["labels"], [["Day"], ["Week"], ["Month"]], "labels of the radio buttons")
    exam.equal(parts["panels"], PANELS, "panels")
    exam.equal(parts["scripts"], 0, "scripts and event attributes")
    if exam.failed:
        return

    def claim(chosen, after, focused=None):
        found = page.evaluate(READ, NAMES)
        is_chosen = [name == chosen for name in NAMES]
        exam.equal(found["checked"], is_chosen, f"checked {after}")
        exam.equal(found["display"], is_chosen, f"displayed panels {after}")
        exam.equal(found["none"], [not one for one in is_chosen], f"panels with display: none {after}")
        exam.equal(found["weights"], ["700" if one else "400" for one in is_chosen], f"font-weight of the labels {after}")
        exam.true(found["row"], f"labels stand in one row {after}")
        exam.true(found["above"], f"labels stand above the panel {after}")
        if focused:
            exam.equal(found["active"], f"tab-{focused}", f"focused {after}")
            exam.equal(found["outlines"], ["2px" if name == focused else "none" for name in NAMES], f"outlines of the labels {after}")
        return found

    found = claim("day", "at first")
    exam.equal(found["radios"], [["0", "absolute", False, "visible"]] * 3, "opacity, position, display none, visibility of the radio buttons")
    exam.equal(found["outlines"], ["none"] * 3, "outlines at first")
    page.keyboard.press("Tab")
    claim("day", "after Tab", focused="day")
    at = 0
    for key in ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"] + [exam.random.choice(["ArrowLeft", "ArrowRight"]) for _ in range(4)]:
        page.keyboard.press(key)
        at = (at + (1 if key == "ArrowRight" else -1)) % 3
        claim(NAMES[at], f"after {key}", focused=NAMES[at])
    for name in ["week", "month", "day", *(exam.random.choice(NAMES) for _ in range(5))]:
        page.click(f"label[for=tab-{name}]")
        claim(name, f"after a click on the label {name}")
