READ = """() => {
  const part = (name) => [...document.querySelectorAll(`#sales > ${name} > tr`)].map((row) => [...row.children].map(
    (cell) => [cell.tagName, cell.getAttribute("scope"), cell.textContent.trim()]));
  return {
    tables: document.querySelectorAll("main table").length,
    caption: [...document.querySelectorAll("#sales > caption")].map((e) => e.textContent.trim()),
    head: part("thead"), body: part("tbody"), foot: part("tfoot"),
    wrapped: document.querySelectorAll("main div.table-wrap #sales").length,
    align: [...document.querySelectorAll("#sales td")].map((e) => getComputedStyle(e).textAlign),
  };
}"""
STRIPES = """() => [...document.querySelectorAll("#sales > tbody > tr")].map((row) => {
  for (const e of [row.children[1], row]) {
    const colour = getComputedStyle(e).backgroundColor;
    if (colour !== "rgba(0, 0, 0, 0)") return colour;
  }
  return "none";
})"""
ADD = """(texts) => {
  const body = document.querySelector("#sales > tbody");
  for (const text of texts) {
    const row = body.rows[0].cloneNode(true);
    row.cells[0].textContent = text;
    body.append(row);
  }
}"""
WIDTHS = """() => {
  const wrap = document.querySelector("main .table-wrap");
  return {
    page: document.documentElement.scrollWidth, window: innerWidth,
    inner: wrap.scrollWidth, outer: wrap.clientWidth, scrolls: getComputedStyle(wrap).overflowX,
    table: document.querySelector("#sales").getBoundingClientRect().width,
  };
}"""


def row(kind, *texts):
    if kind == "col":
        return [["TH", "col", text] for text in texts]
    return [["TH", "row", texts[0]]] + [["TD", None, text] for text in texts[1:]]


def check(exam):
    page = exam.page(scripts=False)
    found = page.evaluate(READ)
    exam.equal(found["tables"], 1, "number of tables in main")
    exam.equal(found["caption"], ["Sales in May"], "caption of #sales")
    exam.equal(found["head"], [row("col", "Product", "Sold", "Revenue")], "thead")
    body = [row("row", "Coffee", "412", "1236.00"), row("row", "Tea", "95", "237.50"), row("row", "Cake", "130", "455.00")]
    exam.equal(found["body"], body, "tbody")
    exam.equal(found["foot"], [row("row", "Total", "637", "1928.50")], "tfoot")
    exam.equal(found["wrapped"], 1, "tables in div.table-wrap")
    exam.true(bool(found["align"]) and set(found["align"]) <= {"right", "end"}, f"td are aligned {found['align']}")
    if exam.failed:
        return
    exam.equal(page.evaluate(STRIPES), ["none", "rgb(242, 242, 242)", "none"], "backgrounds of the tbody's rows")
    more = exam.random.randrange(2, 7)
    page.evaluate(ADD, [f"Product {number}" for number in range(more)])
    expected = ["rgb(242, 242, 242)" if number % 2 else "none" for number in range(3 + more)]
    exam.equal(page.evaluate(STRIPES), expected, f"backgrounds with {3 + more} rows")
    for width in (320, exam.random.randrange(330, 540), exam.random.randrange(700, 1400)):
        page.set_viewport_size({"width": width, "height": 700})
        size = page.evaluate(WIDTHS)
        exam.true(size["page"] <= width, f"in a window of {width}px the page is {size['page']}px wide")
        exam.true(size["table"] >= 559.5, f"in a window of {width}px the table is {size['table']}px wide")
        if width < 560:
            exam.true(size["inner"] > size["outer"] and size["scrolls"] in ("auto", "scroll"), f"in a window of {width}px .table-wrap should scroll: {size}")
