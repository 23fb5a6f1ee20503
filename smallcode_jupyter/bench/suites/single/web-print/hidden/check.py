READ = """() => {
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  const body = style("body"), main = style("main");
  return {
    shown: [".menu", ".actions"].map((s) => document.querySelector(s).getClientRects().length > 0),
    body: [body.backgroundColor, body.marginTop, body.marginLeft],
    text: ["body", "h1", "h2", "td", "th", "#terms p", "#pay"].map((s) => style(s).color),
    links: [...document.querySelectorAll("main a")].map((e) => getComputedStyle(e).color),
    main: [main.maxWidth, main.boxShadow === "none"],
  };
}"""
ADD = """(count) => {
  for (let i = 0; i < count; i++) document.querySelector("#terms").insertAdjacentHTML("beforeend", "<p>See <a href='more.html'>more</a></p>");
}"""
BLACK = "rgb(0, 0, 0)"


def check(exam):
    page = exam.page(width=900, height=700, scripts=False)
    for turn in range(3):
        page.set_viewport_size({"width": exam.random.randrange(700, 1300), "height": 700})
        page.emulate_media(media="print")
        found, what = page.evaluate(READ), "on paper"
        exam.equal(found["shown"], [False, False], f"whether .menu and .actions are displayed {what}")
        exam.equal(found["body"], ["rgb(255, 255, 255)", "0px", "0px"], f"background and margins of body {what}")
        exam.equal(found["text"], [BLACK] * 7, f"colours of body, h1, h2, td, th, #terms p, #pay {what}")
        exam.equal(found["links"], [BLACK] * len(found["links"]), f"colours of the links {what}")
        exam.true(found["main"][0] in ("none", "100%"), f"max-width of main {what} is {found['main'][0]}")
        exam.true(found["main"][1], f"main has a shadow {what}")
        page.emulate_media(media="screen")
        found, what = page.evaluate(READ), "on the screen"
        exam.equal(found["shown"], [True, True], f"whether .menu and .actions are displayed {what}")
        exam.equal(found["body"], ["rgb(238, 241, 245)", "24px", "24px"], f"background and margins of body {what}")
        grey = "rgb(51, 58, 69)"
        exam.equal(found["text"], [grey, "rgb(122, 31, 162)"] + [grey] * 5, f"colours of body, h1, h2, td, th, #terms p, #pay {what}")
        exam.equal(found["links"], ["rgb(10, 88, 202)"] * len(found["links"]), f"colours of the links {what}")
        exam.equal(found["main"], ["640px", False], f"max-width and absence of a shadow of main {what}")
        page.evaluate(ADD, exam.random.randrange(1, 4))
