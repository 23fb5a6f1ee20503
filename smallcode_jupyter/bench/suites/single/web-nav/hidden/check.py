READ = """() => {
  const ul = getComputedStyle(document.querySelector("nav ul")), text = getComputedStyle(document.querySelector("main a"));
  const links = [...document.querySelectorAll("nav a")];
  return {
    list: [ul.marginTop, ul.marginBottom, ul.paddingLeft, ul.paddingTop],
    bullets: [...document.querySelectorAll("nav li")].map((e) => getComputedStyle(e).listStyleType),
    items: [...document.querySelectorAll("nav li")].map((e) => { const r = e.getBoundingClientRect(); return [r.left, r.right, r.top]; }),
    links: links.map((e) => { const s = getComputedStyle(e); return [s.display, s.paddingTop, s.paddingLeft, s.color, s.textDecorationLine]; }),
    bold: links.filter((e) => e.ariaCurrent === "page").map((e) => getComputedStyle(e).fontWeight),
    other: links.filter((e) => e.ariaCurrent !== "page").map((e) => getComputedStyle(e).fontWeight),
    text: [text.display, text.color, text.textDecorationLine, text.fontWeight],
  };
}"""
MOVE = """(index) => document.querySelectorAll("nav a").forEach((e, at) => {
  if (at === index) e.setAttribute("aria-current", "page"); else e.removeAttribute("aria-current");
})"""
CALM = """() => document.head.insertAdjacentHTML("beforeend", "<style>*, *::before, *::after { transition: none !important; animation: none !important }</style>")"""


def check(exam):
    page = exam.page(width=1000, height=700, scripts=False)
    page.evaluate(CALM)
    for turn, current in enumerate([0, exam.random.randrange(1, 4), exam.random.randrange(0, 4)]):
        page.set_viewport_size({"width": exam.random.randrange(900, 1300) if turn else 1000, "height": 700})
        page.evaluate(MOVE, current)
        found, what = page.evaluate(READ), f"with link {current + 1} as the current one"
        exam.equal(found["list"], ["0px"] * 4, f"margins (top, bottom) and paddings (left, top) of the list {what}")
        exam.equal(found["bullets"], ["none"] * 4, f"bullets {what}")
        exam.equal(found["links"], [["block", "12px", "12px", "rgb(27, 67, 50)", "none"]] * 4, f"display, paddings, colour and lines of the links {what}")
        exam.equal(found["bold"], ["700"], f"font-weight of the current link {what}")
        exam.equal(found["other"], ["400"] * 3, f"font-weight of the other links {what}")
        exam.equal(found["text"], ["inline", "rgb(0, 0, 238)", "underline", "400"], f"display, colour, lines and font-weight of the link in the text {what}")
        for one, other in zip(found["items"], found["items"][1:]):
            exam.true(abs(other[0] - one[1] - 16) <= 1 and abs(other[2] - one[2]) <= 1, f"{what} an item begins at {other[0]:.0f}, {other[2]:.0f}; the one before ends at {one[1]:.0f}, {one[2]:.0f}")
