READ = """() => {
  const rect = (s) => { const r = document.querySelector(s).getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const header = document.querySelector("header");
  const hits = [10, innerWidth / 2, innerWidth - 10].flatMap((x) => [3, 30, 57].map((y) => {
    const e = document.elementFromPoint(x, y);
    return !!e && header.contains(e);
  }));
  return {header: rect("header"), section: rect("section"), hits: hits.every(Boolean),
          background: getComputedStyle(header).backgroundColor, margin: getComputedStyle(document.body).marginLeft,
          page: document.documentElement.scrollHeight};
}"""
CALM = """() => document.head.insertAdjacentHTML("beforeend", "<style>*, *::before, *::after { transition: none !important; animation: none !important; scroll-behavior: auto !important }</style>")"""


def near(one, other):
    return abs(one - other) <= 1


def check(exam):
    width, height = exam.random.randrange(500, 1200), 500
    page = exam.page(width=width, height=height, scripts=False)
    page.evaluate(CALM)
    found = page.evaluate(READ)
    exam.equal(found["background"], "rgb(255, 255, 255)", "background of the header")
    exam.equal(found["margin"], "0px", "margin of the body")
    exam.true(found["section"][1] >= 59, f"the first section starts at {found['section'][1]}px and is covered by the header")
    exam.true(found["page"] > 1800, f"the page is {found['page']}px high")
    ends = found["page"] - height
    for y in [0, 1, 100, 300, 400, ends, *(exam.random.randrange(0, max(ends, 1)) for _ in range(5))]:
        page.evaluate("(y) => scrollTo(0, y)", y)
        found, what = page.evaluate(READ), f"scrolled by {y}px"
        left, top, right, bottom = found["header"]
        exam.true(near(top, 0) and near(bottom, 60), f"{what} the header spans {top:.0f} to {bottom:.0f}px")
        exam.true(near(left, 0) and near(right, width), f"{what} the header is not as wide as the window: {left:.0f} to {right:.0f}px")
        exam.true(found["hits"], f"{what} something stands in front of the header")
