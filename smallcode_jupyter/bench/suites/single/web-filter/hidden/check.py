RECIPES = ["Tomato soup", "Leek soup", "Apple pie", "Pancakes", "Potato salad", "Soup with noodles", "Bean stew", "Green salad"]
READ = """() => {
  const items = [...document.querySelectorAll("#recipes li")];
  return {
    items: items.map((e) => e.textContent.trim()),
    shown: items.filter((e) => e.getBoundingClientRect().height > 0).map((e) => e.textContent.trim()),
    fields: document.querySelectorAll("input#q").length,
  };
}"""


def claim(exam, page, typed, after):
    found = page.evaluate(READ)
    expected = [recipe for recipe in RECIPES if typed.lower() in recipe.lower()]
    exam.equal(found["items"], RECIPES, f"items of the list {after}")
    exam.equal(found["shown"], expected, f"displayed recipes {after}")


def check(exam):
    page = exam.page()
    exam.equal(page.evaluate(READ)["fields"], 1, "fields #q")
    if exam.failed:
        return
    claim(exam, page, "", "at the start")
    fixed = ["SOUP", "soup", "xyz", "pie", "Salad", "an"]
    for turn in range(len(fixed) + 6):
        if turn < len(fixed):
            text = fixed[turn]
        else:
            recipe = exam.random.choice(RECIPES).split()[0]
            start = exam.random.randrange(0, len(recipe) - 2)
            text = recipe[start : start + exam.random.randrange(1, 5)]
            text = exam.random.choice([text, text.upper(), text.lower(), text + "q"])
        page.focus("#q")
        page.keyboard.press("Control+A")
        page.keyboard.press("Backspace")
        page.keyboard.type(text)
        claim(exam, page, text, f"after typing {text!r}")
        if turn % 3 == 0:
            page.keyboard.press("Control+A")
            page.keyboard.press("Backspace")
            claim(exam, page, "", f"after {text!r} was deleted")
