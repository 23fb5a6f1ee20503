RECIPES = ["Tomato soup", "Leek soup", "Apple pie", "Pancakes", "Potato salad", "Soup with noodles", "Bean stew", "Green salad", "Plum cake", "Cheese on toast"]
READ = """() => {
  const shown = (e) => e.getClientRects().length > 0 && e.getBoundingClientRect().height > 0 && getComputedStyle(e).visibility === "visible";
  const items = [...document.querySelectorAll("#recipes li")];
  const text = (id) => document.getElementById(id).textContent.trim();
  return {
    items: items.map((e) => e.textContent.trim()),
    visible: items.filter(shown).map((e) => e.textContent.trim()),
    space: items.filter((e) => !shown(e) && e.getBoundingClientRect().height > 0).length,
    count: text("count"), countShown: shown(document.getElementById("count")),
    empty: shown(document.getElementById("empty")), message: text("empty"),
    value: document.getElementById("q").value,
  };
}"""
PARTS = """() => ({
  ids: ["q", "count", "empty", "recipes"].map((id) => document.querySelectorAll("#" + id).length),
  label: [...(document.querySelector("#q")?.labels ?? [])].map((e) => e.textContent.trim().replace(/:$/, "")),
  field: document.querySelector("#q")?.tagName,
  isAbove: !!document.querySelector("#q") && document.querySelector("#q").getBoundingClientRect().bottom
    <= (document.querySelector("#recipes")?.getBoundingClientRect().top ?? 0) + 1,
})"""


def claim(exam, page, typed, after):
    found = page.evaluate(READ)
    wanted = typed.strip().lower()
    expected = [recipe for recipe in RECIPES if wanted in recipe.lower()]
    exam.equal(found["items"], RECIPES, f"items of the list {after}")
    exam.equal(found["visible"], expected, f"visible recipes {after}")
    exam.equal(found["space"], 0, f"hidden recipes that take space {after}")
    exam.equal(found["count"], "1 recipe" if len(expected) == 1 else f"{len(expected)} recipes", f"text of #count {after}")
    exam.true(found["countShown"], f"#count is visible {after}")
    exam.equal(found["empty"], not expected, f"whether #empty is visible {after}")
    if not expected:
        exam.equal(found["message"], "No recipe found.", "text of #empty")
    return found


def check(exam):
    page = exam.page()
    parts = page.evaluate(PARTS)
    exam.equal(parts["ids"], [1, 1, 1, 1], "how many of #q, #count, #empty, #recipes")
    exam.equal(parts["label"], ["Filter recipes"], "label of #q")
    exam.equal(parts["field"], "INPUT", "tag of #q")
    exam.true(parts["isAbove"], "#q stands above the list")
    if exam.failed:
        return
    claim(exam, page, "", "at the start")
    fixed = ["SOUP ", "soup", "xyz", "pie", "  Salad", "n s", "cake"]
    for turn in range(len(fixed) + 8):
        if turn < len(fixed):
            text = fixed[turn]
        else:
            recipe = exam.random.choice(RECIPES)
            start = exam.random.randrange(0, len(recipe) - 2)
            text = recipe[start : start + exam.random.randrange(1, 6)]
            text = exam.random.choice([text, text.upper(), text.lower(), f" {text} ", text + "q"])
        page.click("#q")
        page.keyboard.press("Control+A")
        page.keyboard.press("Backspace")
        page.keyboard.type(text)
        claim(exam, page, text, f"after typing {text!r}")
        if turn % 4 == 0:
            page.keyboard.press("Escape")
            found = claim(exam, page, "", f"after {text!r} and Escape")
            exam.equal(found["value"], "", "the field after Escape")
        elif turn % 4 == 1:
            page.keyboard.press("Control+A")
            page.keyboard.press("Backspace")
            claim(exam, page, "", f"after {text!r} was deleted")
