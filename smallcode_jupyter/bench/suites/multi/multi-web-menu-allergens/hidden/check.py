import json

READ = """() => ({
  dishes: [...document.querySelectorAll("#dishes > li")].filter((item) => item.getClientRects().length > 0).map((item) => ({
    isDish: item.classList.contains("dish"),
    name: item.querySelector(".name")?.textContent,
    price: item.querySelector(".price")?.textContent,
    remarks: [...item.querySelectorAll(".allergens")].map((remark) => remark.textContent.trim()),
    isLast: !item.querySelector(".allergens") || item.lastElementChild.matches(".allergens"),
  })),
  count: document.querySelector("#count").textContent,
})"""
SELECT = """() => {
  const select = document.querySelector("select#without"), list = document.querySelector("#dishes");
  return select && {
    options: [...select.options].map((option) => [option.value, option.textContent.trim()]),
    chosen: select.value,
    labels: [...select.labels].map((label) => label.textContent.replace(/[\\s:]+$/, "").trim()),
    isAbove: Boolean(select.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_FOLLOWING),
  };
}"""
NAMES = ("celery", "eggs", "fish", "gluten", "milk", "nuts", "soy")


def rendered(dishes, without=""):
    left = [dish for dish in dishes if without not in dish["allergens"]]
    shown = [
        {"isDish": True, "name": dish["name"], "price": f"{dish['cents'] / 100:.2f}", "isLast": True,
         "remarks": [f"contains {', '.join(dish['allergens'])}"] if dish["allergens"] else []}
        for dish in left
    ]
    return {"dishes": shown, "count": f"{len(left)} dishes"}


def draw(exam):
    """A CSV text and what it holds."""
    rows, dishes = ["name,price,allergens"], []
    for number in range(exam.random.randrange(3, 7)):
        names = exam.random.sample(NAMES, exam.random.choice((0, 1, 1, 2, 3)))
        typed = [exam.random.choice((name, name.title(), f" {name} ")) for name in names] + names[:1]
        cents = exam.random.randrange(100, 2000)
        rows.append(f" Dish {number},{cents // 100}.{cents % 100:02},{'; '.join(typed)}")
        dishes.append({"name": f"Dish {number}", "cents": cents, "allergens": sorted(names)})
    return "\n".join(rows) + "\n", dishes


def check(exam):
    py = exam.python("from backend import export, menu")
    py.equal("menu.parse_menu(text)", [{"name": "Tea", "cents": 205, "allergens": []}], text="name,price\nTea,2.05\n")
    py.equal("menu.parse_menu(text)", [{"name": "Tea", "cents": 205, "allergens": []}], text="name,price,allergens\nTea,2.05\n")
    py.equal("menu.parse_menu(text)", [{"name": "Tea", "cents": 205, "allergens": ["milk"]}], text="name,price,allergens\nTea,2.05, MILK ;milk;\n")
    py.equal("menu.allergens_of([])", [])
    for _ in range(10):
        text, dishes = draw(exam)
        every = sorted({name for dish in dishes for name in dish["allergens"]})
        py.equal("menu.parse_menu(text)", dishes, text=text)
        py.equal("menu.allergens_of(dishes)", every, dishes=dishes)
        found = py.value("export.export(dishes)", dishes=dishes)
        exam.true(str(found).startswith("window.MENU = ") and str(found).endswith(";\n"), "export is one assignment")
        exam.equal(json.loads(str(found)[14:-2]), {"dishes": dishes, "allergens": every}, "what export writes")
    text += "dish 1,1.00,\n"
    dishes.append({"name": "dish 1", "cents": 100, "allergens": []})
    (exam.folder / "menu.csv").write_text(text, encoding="utf-8")
    result = exam.command("python", "-m", "backend.export", "menu.csv", "web/data.js")
    exam.equal((result.exit_code, result.stdout), (0, "dish 1 is there twice\n"), f"how backend.export ended: {result.stderr[-200:]}")

    own = {"dishes": dishes, "allergens": every}
    for data in (None, {"dishes": [{"name": "Tea", "cents": 205, "allergens": []}], "allergens": []}):
        if data is not None:
            own = data
            (exam.folder / "web" / "data.js").write_text(f"window.MENU = {json.dumps(data)};\n", encoding="utf-8")
        page = exam.page("web/index.html")
        exam.equal(page.evaluate(READ), rendered(own["dishes"]), "all dishes")
        select = page.evaluate(SELECT)
        exam.true(select is not None, "there is a select with the id without")
        if select is None:
            return
        exam.equal(select["options"], [["", "anything"], *([name, name] for name in own["allergens"])], "the options")
        exam.equal(select["chosen"], "", "what is chosen at first")
        exam.equal(select["labels"], ["Without"], "the labels of the select")
        exam.true(select["isAbove"], "the select comes before the list")
        for name in (*own["allergens"], ""):
            page.select_option("#without", value=name)
            exam.equal(page.evaluate(READ), rendered(own["dishes"], name), f"dishes without {name!r}")
