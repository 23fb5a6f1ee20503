READ = """() => {
  const part = (name) => [...document.querySelectorAll(`#sales > ${name} > tr`)].map((row) => [...row.children].map(
    (cell) => [cell.tagName, cell.textContent.trim()]));
  return {
    tables: document.querySelectorAll("main table").length,
    caption: [...document.querySelectorAll("#sales > caption")].map((e) => e.textContent.trim()),
    head: part("thead"), body: part("tbody"),
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
HEAD = ["Product", "Sold", "Revenue"]
BODY = [["Coffee", "412", "1236.00"], ["Tea", "95", "237.50"], ["Cake", "130", "455.00"]]


def cells(tag, texts):
    return [[tag, text] for text in texts]


def check(exam):
    page = exam.page(scripts=False)
    found = page.evaluate(READ)
    exam.equal(found["tables"], 1, "number of tables in main")
    exam.equal(found["caption"], ["Sales in May"], "caption of #sales")
    exam.equal(found["head"], [cells("TH", HEAD)], "thead")
    exam.equal(len(found["body"]), len(BODY), "rows of the tbody")
    for number, row in enumerate(BODY):
        exam.equal(found["body"][number] if number < len(found["body"]) else None, cells("TD", row), f"row {number + 1} of the tbody")
    if exam.failed:
        return
    exam.equal(page.evaluate(STRIPES), ["none", "rgb(242, 242, 242)", "none"], "backgrounds of the tbody's rows")
    rows = 3
    for _ in range(3):
        more = exam.random.randrange(1, 5)
        page.evaluate(ADD, [f"Product {number}" for number in range(more)])
        rows += more
        expected = ["rgb(242, 242, 242)" if number % 2 else "none" for number in range(rows)]
        exam.equal(page.evaluate(STRIPES), expected, f"backgrounds with {rows} rows")
