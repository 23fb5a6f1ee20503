LIGHT = {"bg": "#ffffff", "text": "#1f2328", "accent": "#0969da", "panel": "#f6f8fa"}
DARK = {"bg": "#0d1117", "text": "#e6edf3", "accent": "#58a6ff", "panel": "#161b22"}
READ = """() => {
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  const panel = style(".panel");
  return {
    colours: [style("body").backgroundColor, style("body").color, style("h1").color, style(".panel p").color, style("body > p > a").color,
              style(".panel a").color, panel.borderTopColor, panel.borderLeftColor, panel.backgroundColor],
    sizes: [style("body").marginLeft, style("body").fontFamily, panel.paddingTop, panel.paddingLeft, panel.borderTopWidth, panel.borderBottomStyle],
  };
}"""
ADD = """(count) => {
  const panel = document.querySelector(".panel");
  for (let i = 0; i < count; i++) panel.before(panel.cloneNode(true));
}"""
CALM = """() => document.head.insertAdjacentHTML("beforeend", "<style>*, *::before, *::after { transition: none !important; animation: none !important }</style>")"""
PLACES = ["body background", "body text", "h1", "panel text", "link", "link in panel", "border top", "border left", "panel background"]


def rgb(text):
    return "rgb({}, {}, {})".format(*(int(text[at : at + 2], 16) for at in (1, 3, 5)))


def check(exam):
    page = exam.page(scripts=False)
    page.evaluate(CALM)
    cases = ["light", "dark", "light", "dark"]
    exam.random.shuffle(cases)
    for turn, system in enumerate(cases):
        page.set_viewport_size({"width": exam.random.randrange(400, 1400), "height": 700})
        page.emulate_media(color_scheme=system)
        found = page.evaluate(READ)
        colours = {name: rgb(value) for name, value in (DARK if system == "dark" else LIGHT).items()}
        b, t, a, p = (colours[name] for name in ("bg", "text", "accent", "panel"))
        what = f"on a {system} system"
        for place, actual, expected in zip(PLACES, found["colours"], [b, t, t, t, a, a, a, a, p]):
            exam.equal(actual, expected, f"{place} {what}")
        exam.equal(found["sizes"], ["24px", "sans-serif", "12px", "16px", "2px", "solid"], f"margin, font, paddings and border {what}")
        page.evaluate(ADD, 1 + turn % 2)
