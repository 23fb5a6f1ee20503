READ = """() => {
  const rect = (s) => { const r = document.querySelector(s).getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const header = document.querySelector("header");
  const hits = [10, innerWidth / 2, innerWidth - 10].flatMap((x) => [3, 30, 57].map((y) => {
    const e = document.elementFromPoint(x, y);
    return !!e && header.contains(e);
  }));
  return {header: rect("header"), main: rect("main"), section: rect("section"), footer: rect("footer"), hits: hits.every(Boolean),
          background: getComputedStyle(header).backgroundColor, y: scrollY, page: document.documentElement.scrollHeight};
}"""
SHORTEN = """() => {
  document.querySelectorAll("section:not(:first-child), .badge").forEach((e) => e.remove());
  document.querySelector("section").style.minHeight = "0";
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
    exam.true(found["section"][1] >= 59, f"the first section starts at {found['section'][1]}px and is covered by the header")
    exam.true(found["page"] > 1800, f"the page is {found['page']}px high")
    exam.true(found["footer"][1] > height, "at the start the footer of a long page should not be seen")
    ends = found["page"] - height
    for y in [0, 1, 100, 300, 400, ends, *(exam.random.randrange(0, max(ends, 1)) for _ in range(5))]:
        page.evaluate("(y) => scrollTo(0, y)", y)
        found, what = page.evaluate(READ), f"scrolled by {y}px"
        left, top, right, bottom = found["header"]
        exam.true(near(top, 0) and near(bottom, 60), f"{what} the header spans {top:.0f} to {bottom:.0f}px")
        exam.true(near(left, 0) and near(right, width), f"{what} the header is not as wide as the window: {left:.0f} to {right:.0f}px")
        exam.true(found["hits"], f"{what} something stands in front of the header")
        exam.true(near(found["footer"][3] - found["footer"][1], 40), f"{what} the footer is {found['footer'][3] - found['footer'][1]:.0f}px high")
        exam.true(found["footer"][1] >= found["main"][3] - 1, f"{what} the footer does not come after main")
        exam.true(near(found["footer"][3] + found["y"], found["page"]), f"{what} the footer is not at the end of the page")
    names = ["rooms", "keys", "start"]
    exam.random.shuffle(names)
    for name in ["keys", "rooms", *names]:
        page.click(f"header a[href='#{name}']")
        page.wait_for_timeout(60)
        top = page.evaluate("(name) => document.getElementById(name).getBoundingClientRect().top", name)
        expected = 76 if name != "start" else None
        if expected:
            exam.true(near(top, expected), f"after a click on {name} its section starts at {top:.0f}px")
        else:
            exam.true(59 <= top <= 77, f"after a click on {name} its section starts at {top:.0f}px")
    page.evaluate(SHORTEN)
    for high in (500, exam.random.randrange(400, 900)):
        page.set_viewport_size({"width": width, "height": high})
        found = page.evaluate(READ)
        top, bottom = found["footer"][1], found["footer"][3]
        exam.true(near(top, high - 40) and near(bottom, high), f"with short contents in a window of {high}px the footer spans {top:.0f} to {bottom:.0f}px")
        exam.equal(found["page"], high, "height of the short page")
        exam.true(near(found["header"][1], 0) and near(found["header"][3], 60), "with short contents the header spans 0 to 60px")
