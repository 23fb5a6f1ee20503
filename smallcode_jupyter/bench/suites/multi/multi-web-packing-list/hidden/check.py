READ = """() => {
  const clear = document.querySelector("#clear");
  return {
    things: [...document.querySelectorAll("#things > li")].map((item) => {
      const first = item.firstElementChild, name = item.querySelector(".name");
      const isBox = Boolean(first && first.matches("input[type=checkbox]"));
      return {
        name: name?.textContent,
        boxes: item.querySelectorAll("input").length,
        label: isBox ? first.getAttribute("aria-label") : null,
        checked: isBox ? first.checked : null,
        packed: item.classList.contains("packed"),
        struck: [item, name].some((part) => part && getComputedStyle(part).textDecorationLine.includes("line-through")),
        remove: item.querySelector("button.remove")?.textContent,
      };
    }),
    progress: document.querySelector("#progress").textContent,
    canClear: clear ? !clear.disabled : null,
  };
}"""
CLEAR = """() => {
  const button = document.querySelector("button#clear");
  return button && [
    button.type, button.textContent.trim(),
    Boolean(document.querySelector("#things").compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING),
    document.querySelector("#progress").getAttribute("role"),
  ];
}"""
MODEL = """() => {
  const list = new PackingList(), seen = [];
  const look = () => seen.push([list.summary(), list.things.map(({ id, name, packed }) => [id, name, packed])]);
  look();
  const made = list.add(" Hat ");
  seen.push(made && [made.id, made.name, made.packed]);
  list.add("Map"); list.add("Pen");
  seen.push(list.add("hat"), list.add("  "));
  list.toggle(2); look();
  list.toggle(9); look();
  list.toggle(1); list.toggle(2); look();
  list.clear(); look();
  list.add("Cap"); list.toggle(4); list.remove(2); look();
  list.clear(); list.clear(); look();
  return seen;
}"""
MODEL_SEEN = [
    ["0 of 0 packed", []],
    [1, "Hat", False],
    None,
    None,
    ["1 of 3 packed", [[1, "Hat", False], [2, "Map", True], [3, "Pen", False]]],
    ["1 of 3 packed", [[1, "Hat", False], [2, "Map", True], [3, "Pen", False]]],
    ["1 of 3 packed", [[1, "Hat", True], [2, "Map", False], [3, "Pen", False]]],
    ["0 of 2 packed", [[2, "Map", False], [3, "Pen", False]]],
    ["1 of 2 packed", [[3, "Pen", False], [4, "Cap", True]]],
    ["0 of 1 packed", [[3, "Pen", False]]],
]


def rendered(things):
    rows = [
        {"name": name, "boxes": 1, "label": f"Packed: {name}", "checked": packed, "packed": packed, "struck": packed, "remove": f"Remove {name}"}
        for name, packed in things
    ]
    done = sum(packed for _, packed in things)
    return {"things": rows, "progress": f"{done} of {len(things)} packed", "canClear": done > 0}


def check(exam):
    page = exam.page("src/index.html")
    things = [["Passport", False], ["Toothbrush", False], ["Charger", False]]
    found = page.evaluate(READ)
    exam.equal(found, rendered(things), "the page at first")
    exam.equal(page.evaluate(CLEAR), ["button", "Clear packed", True, "status"], "the button's type and text, whether it comes after the list, and the role of #progress")
    if exam.failed:
        return
    exam.equal(page.evaluate(MODEL), MODEL_SEEN, "a list by itself")

    def step(what):
        exam.equal(page.evaluate(READ), rendered(things), what)

    def box(number):
        return page.locator("#things > li").nth(number).locator("input")

    box(1).click()
    things[1][1] = True
    step("after ticking the second thing")
    page.click("#clear")
    del things[1]
    step("after clearing")
    page.click("text=Beach")
    things += [["Towel", False], ["Sunscreen", False], ["Swimsuit", False]]
    step("after adding a set")
    extra = iter(["Socks", "Camera", "Book", "Umbrella", "Sun hat", "Tea", "Soap", "Torch", "Snacks", "Tent", "Rope", "Pan", "Salt", "Cup"])
    for _ in range(14):
        deed = exam.random.choice(("add", "add", "tick", "tick", "tick", "remove", "clear"))
        if deed == "add":
            name = next(extra)
            page.fill("#name", f" {name} ")
            page.click("#add button")
            things.append([name, False])
        elif deed == "clear" and any(packed for _, packed in things):
            page.click("#clear")
            things[:] = [thing for thing in things if not thing[1]]
        elif things and deed in ("tick", "remove"):
            number = exam.random.randrange(len(things))
            if deed == "tick":
                box(number).click()
                things[number][1] = not things[number][1]
            else:
                page.locator("#things > li").nth(number).locator("button.remove").click()
                del things[number]
        step(f"after: {deed}")
    page.fill("#name", "SHOES")
    page.click("#add button")
    page.fill("#name", "shoes")
    page.press("#name", "Enter")
    things.append(["SHOES", False])
    step("after adding the same thing twice")
