READ = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {
    plan: all(".plan").map((e) => { const r = e.getBoundingClientRect(); return [r.left, r.right, r.top]; }),
    style: all(".plan").map((e) => {
      const s = getComputedStyle(e);
      return [s.paddingTop, s.paddingLeft, s.borderTopWidth, s.borderRightStyle, s.borderTopColor, s.borderLeftColor, s.borderBottomColor];
    }),
    link: all(".plan .buy").map((e) => { const s = getComputedStyle(e); return [s.display, s.textAlign, s.backgroundColor, s.color]; }),
  };
}"""
MARK = """(index) => document.querySelectorAll(".plan").forEach((e, at) => e.classList.toggle("featured", at === index))"""
CALM = """() => document.head.insertAdjacentHTML("beforeend", "<style>*, *::before, *::after { transition: none !important; animation: none !important }</style>")"""
BLUE, DARK, GREY, WHITE = "rgb(10, 102, 194)", "rgb(8, 76, 145)", "rgb(204, 204, 204)", "rgb(255, 255, 255)"


def check(exam):
    page = exam.page(scripts=False)
    page.evaluate(CALM)
    for featured, width in ((1, 1200), (exam.random.randrange(0, 3), exam.random.randrange(1000, 1500))):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(MARK, featured)
        found, what = page.evaluate(READ), f"in a window of {width}px, plan {featured + 1} featured"
        widths = [right - left for left, right, _ in found["plan"]]
        exam.true(max(widths) - min(widths) <= 1, f"{what}: the plans should be equally wide, are {widths}")
        for one, other in zip(found["plan"], found["plan"][1:]):
            exam.true(abs(other[0] - one[1] - 24) <= 1 and abs(other[2] - one[2]) <= 1, f"{what}: a plan begins at {other[0]:.0f}, {other[2]:.0f}; the one before ends at {one[1]:.0f}, {one[2]:.0f}")
        styles = [["24px", "24px", "2px", "solid", *[BLUE if index == featured else GREY] * 3] for index in range(3)]
        exam.equal(found["style"], styles, f"{what}: padding and border of the plans")
        exam.equal(found["link"], [["block", "center", BLUE, WHITE]] * 3, f"{what}: display, alignment and colours of a.buy")
    for index in range(3):
        page.locator(".plan .buy").nth(index).hover()
        backgrounds = [link[2] for link in page.evaluate(READ)["link"]]
        exam.equal(backgrounds, [DARK if one == index else BLUE for one in range(3)], f"backgrounds with the mouse over link {index + 1}")
