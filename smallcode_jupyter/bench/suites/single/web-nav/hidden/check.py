READ = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const links = all("header nav ul > li > a");
  return {
    first: document.body.firstElementChild?.matches("a.skip[href='#content']") ?? false,
    skip: all("a.skip").map((e) => e.textContent.trim()),
    nav: all("header nav").map((e) => e.getAttribute("aria-label")),
    links: links.map((e) => [e.textContent.trim(), e.getAttribute("href")]),
    items: all("header nav ul > li").length,
    current: all("[aria-current]").map((e) => [e.textContent.trim(), e.getAttribute("aria-current")]),
    old: all("span, [onclick], script").length,
    bullets: all("header nav li").map((e) => getComputedStyle(e).listStyleType + getComputedStyle(e).listStyleImage),
    main: all("main#content[tabindex='-1']").map((e) => [...e.querySelectorAll("h1, p")].map((part) => part.tagName + " " + part.textContent.trim())),
    headings: all("h1").length,
  };
}"""
BOXES = """() => [...document.querySelectorAll("header nav ul > li > a")].map((e) => {
  const r = e.getBoundingClientRect();
  const at = (x, y) => document.elementFromPoint(x, y)?.closest("a") === e;
  return {left: r.left, top: r.top, right: r.right, bottom: r.bottom, rects: e.getClientRects().length,
          hit: at(r.left + 2, (r.top + r.bottom) / 2) && at(r.right - 2, (r.top + r.bottom) / 2)
            && at((r.left + r.right) / 2, r.top + 2) && at((r.left + r.right) / 2, r.bottom - 2)};
})"""
FOCUS = """() => {
  const e = document.activeElement;
  const r = e.getBoundingClientRect(), style = getComputedStyle(e);
  return {text: e.textContent.trim(), tag: e.tagName, id: e.id, box: [r.left, r.top, r.right, r.bottom],
          outline: [style.outlineStyle, style.outlineWidth]};
}"""
CALM = """() => document.head.insertAdjacentHTML("beforeend", "<style>*, *::before, *::after { transition: none !important; animation: none !important }</style>")"""
SKIP = """() => { const r = document.querySelector("a.skip").getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; }"""
NAMES = ["Home", "Tours", "Prices", "Contact"]


def check(exam):
    page = exam.page(width=1000, height=700, scripts=False)
    page.evaluate(CALM)
    found = page.evaluate(READ)
    exam.true(found["first"], "a.skip with href #content is the first element of the body")
    exam.equal(found["skip"], ["Skip to content"], "texts of a.skip")
    exam.equal(found["nav"], ["Main"], "aria-label of the nav in the header")
    exam.equal(found["links"], [[name, f"{'index' if name == 'Home' else name.lower()}.html"] for name in NAMES], "links of the menu")
    exam.equal(found["items"], 4, "items of the menu")
    exam.equal(found["current"], [["Home", "page"]], "elements with aria-current")
    exam.equal(found["old"], 0, "spans, onclick attributes and scripts")
    exam.equal(found["bullets"], ["nonenone"] * 4, "bullets of the items")
    exam.equal(found["main"], [["H1 Hiking club", "P We walk every second Sunday, in any weather."]], "contents of main#content")
    exam.equal(found["headings"], 1, "headings in the page")
    if exam.failed:
        return
    for width in (1000, 700, 699, exam.random.randrange(320, 699), exam.random.randrange(701, 1400)):
        page.set_viewport_size({"width": width, "height": 700})
        boxes, what = page.evaluate(BOXES), f"in a window of {width}px"
        for one, other, name in zip(boxes, boxes[1:], NAMES[1:]):
            if width >= 700:
                exam.true(abs(one["top"] - other["top"]) <= 1 and other["left"] >= one["right"] - 1, f"{what} {name} should stand right of the link before it")
            else:
                exam.true(other["top"] >= one["bottom"] - 1 and abs(one["left"] - other["left"]) <= 1, f"{what} {name} should stand below the link before it")
        for box, name in zip(boxes, NAMES):
            high = box["bottom"] - box["top"]
            exam.true(high >= 43.9 and box["rects"] == 1, f"{what} {name} is {high:.1f}px high")
            exam.true(box["hit"], f"{what} not all of {name} can be clicked")
    for width in (1000, exam.random.randrange(320, 699)):
        page = exam.page(width=width, height=700, scripts=False)
        page.evaluate(CALM)
        what = f"in a window of {width}px"
        left, top, right, bottom = page.evaluate(SKIP)
        exam.true(right <= 0 or bottom <= 0 or left >= width or top >= 700, f"{what} the skip link without focus lies in the window: {left:.0f} {top:.0f} {right:.0f} {bottom:.0f}")
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        exam.equal(focus["text"], "Skip to content", f"{what} focused by the first Tab")
        left, top, right, bottom = focus["box"]
        exam.true(left >= 0 and top >= 0 and right <= width and bottom <= 700 and right - left > 20, f"{what} the focused skip link is not in the window: {focus['box']}")
        for name in NAMES:
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUS)
            exam.equal(focus["text"], name, f"{what} focused by the next Tab")
            exam.equal(focus["outline"], ["solid", "3px"], f"{what} outline of {name} with focus")
        left, top, right, bottom = page.evaluate(SKIP)
        exam.true(right <= 0 or bottom <= 0 or left >= width or top >= 700, f"{what} the skip link stays in the window after it lost the focus")
    for _ in NAMES:
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    focus = page.evaluate(FOCUS)
    exam.equal([focus["tag"], focus["id"]], ["MAIN", "content"], "focused after Enter on the skip link")
