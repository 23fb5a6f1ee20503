READ = """() => {
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  const body = style("body"), links = [...document.querySelectorAll("main a")].map((e) => getComputedStyle(e));
  return {
    shown: [".menu", ".actions"].map((s) => document.querySelector(s).getClientRects().length > 0),
    body: [body.backgroundColor, body.marginTop, body.marginLeft],
    text: ["body", "h1", "td", "#terms p", "#pay"].map((s) => style(s).color),
    links: links.map((s) => s.color),
    lines: links.map((s) => s.textDecorationLine),
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
        exam.equal(found["text"], [BLACK] * 5, f"colours of body, h1, td, #terms p, #pay {what}")
        exam.equal(found["links"], [BLACK] * len(found["links"]), f"colours of the links {what}")
        exam.equal(found["lines"], ["none"] * len(found["lines"]), f"lines of the links {what}")
        page.emulate_media(media="screen")
        found, what = page.evaluate(READ), "on the screen"
        exam.equal(found["shown"], [True, True], f"whether .menu and .actions are displayed {what}")
        exam.equal(found["body"], ["rgb(238, 241, 245)", "24px", "24px"], f"background and margins of body {what}")
        exam.equal(found["text"], ["rgb(51, 58, 69)"] * 5, f"colours of body, h1, td, #terms p, #pay {what}")
        exam.equal(found["links"], ["rgb(10, 88, 202)"] * len(found["links"]), f"colours of the links {what}")
        exam.equal(found["lines"], ["underline"] * len(found["lines"]), f"lines of the links {what}")
        page.evaluate(ADD, exam.random.randrange(1, 4))
