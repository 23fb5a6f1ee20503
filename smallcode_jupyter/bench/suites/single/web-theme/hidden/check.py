LIGHT = {"--bg": "#ffffff", "--text": "#1f2328", "--accent": "#0969da", "--panel": "#f6f8fa"}
DARK = {"--bg": "#0d1117", "--text": "#e6edf3", "--accent": "#58a6ff", "--panel": "#161b22"}
READ = """() => {
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  const panel = style(".panel");
  return {
    colours: [style("body").backgroundColor, style("body").color, style("h1").color, style(".panel p").color, style("body > p > a").color,
              style(".panel a").color, panel.borderTopColor, panel.borderLeftColor, panel.backgroundColor],
    sizes: [style("body").marginLeft, style("body").fontFamily, panel.paddingTop, panel.paddingLeft, panel.borderTopWidth, panel.borderBottomStyle],
  };
}"""
SET = """(values) => {
  const root = document.documentElement;
  for (const name of ["--bg", "--text", "--accent", "--panel"]) root.style.removeProperty(name);
  for (const [name, value] of Object.entries(values)) root.style.setProperty(name, value);
}"""
THEME = """(theme) => theme ? document.documentElement.setAttribute("data-theme", theme) : document.documentElement.removeAttribute("data-theme")"""
CALM = """() => document.head.insertAdjacentHTML("beforeend", "<style>*, *::before, *::after { transition: none !important; animation: none !important }</style>")"""
PLACES = ["body background", "body text", "h1", "panel text", "link", "link in panel", "border top", "border left", "panel background"]


def rgb(text):
    return "rgb({}, {}, {})".format(*(int(text[at : at + 2], 16) for at in (1, 3, 5)))


def check(exam):
    page = exam.page(scripts=False)
    page.evaluate(CALM)

    def claim(values, after):
        found = page.evaluate(READ)
        colours = {name: rgb(value) for name, value in values.items()}
        b, t, a, p = colours["--bg"], colours["--text"], colours["--accent"], colours["--panel"]
        for place, actual, expected in zip(PLACES, found["colours"], [b, t, t, t, a, a, a, a, p]):
            exam.equal(actual, expected, f"{place} {after}")
        exam.equal(found["sizes"], ["24px", "sans-serif", "12px", "16px", "2px", "solid"], f"margin, font, paddings and border {after}")

    cases = [(system, theme) for system in ("light", "dark") for theme in ("", "light", "dark")]
    exam.random.shuffle(cases)
    for system, theme in cases:
        page.emulate_media(color_scheme=system)
        page.evaluate(THEME, theme)
        values = DARK if (theme or system) == "dark" else LIGHT
        after = f"on a {system} system with {f'data-theme={theme}' if theme else 'no data-theme'}"
        claim(values, after)
        other = {name: "#{:06x}".format(exam.random.randrange(0, 2**24)) for name in values}
        page.evaluate(SET, other)
        claim(other, f"{after} and {other} set on the html element")
        page.evaluate(SET, {})
