READ = """() => {
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  const body = style("body"), main = style("main");
  return {
    shown: [".menu", ".actions"].map((s) => document.querySelector(s).getClientRects().length > 0),
    body: [body.backgroundColor, body.marginTop, body.marginLeft, parseFloat(body.fontSize)],
    text: ["body", "h1", "h2", "td", "th", "#terms p", "#pay"].map((s) => style(s).color),
    links: [...document.querySelectorAll("main a")].map((e) => getComputedStyle(e).color),
    main: [main.maxWidth, main.paddingTop, main.paddingLeft, main.boxShadow === "none"],
    widths: [document.querySelector("main").getBoundingClientRect().width, document.body.getBoundingClientRect().width],
    after: [...document.querySelectorAll("a")].map((e) => {
      const found = getComputedStyle(e, "::after"), content = found.content.replace("attr(href)", `"${e.getAttribute("href")}"`);
      return found.display === "none" || content === "none" || content === "normal" ? "" : content.replace(/" "/g, "").replace(/^"|"$/g, "");
    }),
    hrefs: [...document.querySelectorAll("a")].map((e) => e.getAttribute("href")),
    terms: style("#terms").breakBefore,
    rows: [...document.querySelectorAll("tr")].map((e) => getComputedStyle(e).breakInside),
    other: [style("h2").breakBefore, style("h1").breakBefore],
  };
}"""
ADD = """(links) => {
  for (const href of links) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = "more";
    document.querySelector("#pay").append(" ", link);
  }
  document.querySelector("table").insertAdjacentHTML("beforeend", "<tr><td>Bulb</td><td>3.00</td></tr>");
}"""
BLACK = "rgb(0, 0, 0)"


def check(exam):
    page = exam.page(width=900, height=700, scripts=False)
    pick = exam.random.choice
    numbers = [exam.random.randrange(10, 99) for _ in range(6)]
    links = [pick([f"https://shop{n}.example.org/a?b={n}", f"http://example.com/{n}", f"page{n}.html", f"#part{n}", f"mailto:a{n}@example.org", f"docs/http{n}.html"]) for n in numbers]
    links += ["http://example.com/a", "docs/http.html", "mailto:a@example.org"]
    for turn in range(2):
        page.emulate_media(media="print")
        found, what = page.evaluate(READ), "on paper"
        exam.equal(found["shown"], [False, False], f"whether .menu and .actions are displayed {what}")
        exam.equal(found["body"], ["rgb(255, 255, 255)", "0px", "0px", 16], f"background, margins, font size in px of body {what}", approx=0.01)
        exam.equal(found["text"], [BLACK] * 7, f"colours of body, h1, h2, td, th, #terms p, #pay {what}")
        exam.equal(found["links"], [BLACK] * len(found["links"]), f"colours of the links {what}")
        exam.equal(found["main"], ["none", "0px", "0px", True], f"max-width, paddings and absence of a shadow of main {what}")
        exam.equal(found["widths"][0], found["widths"][1], f"width of main {what}", approx=0.01)
        expected = [f" ({href})" if href.startswith("http") else "" for href in found["hrefs"]]
        exam.equal(found["after"][2:], expected[2:], f"what follows the links {found['hrefs'][2:]} {what}")
        exam.equal(found["terms"], "page", f"break-before of #terms {what}")
        exam.equal(found["rows"], ["avoid"] * len(found["rows"]), f"break-inside of the rows {what}")
        exam.equal(found["other"], ["auto", "auto"], f"break-before of h2 and h1 {what}")
        page.emulate_media(media="screen")
        found, what = page.evaluate(READ), "on the screen"
        exam.equal(found["shown"], [True, True], f"whether .menu and .actions are displayed {what}")
        exam.equal(found["body"], ["rgb(238, 241, 245)", "24px", "24px", 16], f"background, margins, font size in px of body {what}")
        grey = "rgb(51, 58, 69)"
        exam.equal(found["text"], [grey, "rgb(122, 31, 162)"] + [grey] * 5, f"colours of body, h1, h2, td, th, #terms p, #pay {what}")
        exam.equal(found["links"], ["rgb(10, 88, 202)"] * len(found["links"]), f"colours of the links {what}")
        exam.equal(found["main"], ["640px", "24px", "24px", False], f"max-width, paddings and absence of a shadow of main {what}")
        exam.equal(found["after"], [""] * len(found["after"]), f"what follows the links {what}")
        exam.equal([found["terms"], *found["other"]], ["auto"] * 3, f"break-before of #terms, h2 and h1 {what}")
        page.evaluate(ADD, links)
