NAMES = ["day", "week", "month"]
READ = """(names) => {
  const panels = names.map((n) => document.querySelector("#panel-" + n));
  return {
    display: panels.map((e) => getComputedStyle(e).display !== "none" && getComputedStyle(e).visibility === "visible" && e.getBoundingClientRect().height > 0),
    none: panels.map((e) => getComputedStyle(e).display === "none"),
    weights: names.map((n) => getComputedStyle(document.querySelector(`label[for=tab-${n}]`)).fontWeight),
  };
}"""
CALM = """() => document.head.insertAdjacentHTML("beforeend", "<style>*, *::before, *::after { transition: none !important; animation: none !important }</style>")"""


def check(exam):
    page = exam.page(width=800, height=600, scripts=False)
    page.evaluate(CALM)

    def claim(chosen, after):
        found = page.evaluate(READ, NAMES)
        is_chosen = [name == chosen for name in NAMES]
        exam.equal(found["display"], is_chosen, f"displayed panels {after}")
        exam.equal(found["none"], [not one for one in is_chosen], f"panels with display: none {after}")
        exam.equal(found["weights"], ["700" if one else "400" for one in is_chosen], f"font-weight of the labels {after}")

    claim("day", "at first")
    for name in ["week", "month", "day", *(exam.random.choice(NAMES) for _ in range(5))]:
        page.locator(f"label[for=tab-{name}]").dispatch_event("click")
        claim(name, f"after a click on the label {name}")
