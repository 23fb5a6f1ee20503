IDS = ["name", "email", "password", "age", "plan", "terms"]
LABELS = ["Full name", "Email", "Password", "Age", "Plan", "I accept the terms"]
READ = """(ids) => {
  const form = document.querySelector("form#signup");
  if (!form) return null;
  const own = (label) => [...label.childNodes].filter((n) => n.nodeName !== "SELECT").map((n) => n.textContent).join("")
    .trim().replace(/\\s+/g, " ").replace(/[:*\\s]+$/, "");
  const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility === "visible";
  return {
    order: [...form.elements].map((e) => e.id).filter((id) => ids.includes(id)),
    names: ids.map((id) => form.querySelector("#" + id)?.name ?? null),
    labels: ids.map((id) => [...(form.querySelector("#" + id)?.labels ?? [])].map((e) => shown(e) ? own(e) : "hidden")),
    types: ids.map((id) => form.querySelector("#" + id)?.type ?? null),
    options: [...form.querySelectorAll("#plan option")].map((e) => [e.textContent.trim(), e.value]),
    plan: form.querySelector("#plan")?.value ?? null,
    terms: form.querySelector("#terms")?.checked ?? null,
    submit: [...form.querySelectorAll("button, input[type=submit]")].filter((e) => e.type === "submit")
      .map((e) => (e.value || e.textContent).trim()),
    scripts: document.scripts.length,
    below: form.getBoundingClientRect().top >= document.querySelector("h1").getBoundingClientRect().bottom,
  };
}"""
LISTEN = """() => {
  window.sent = 0;
  document.querySelector("#signup").addEventListener("submit", (event) => { event.preventDefault(); window.sent += 1; });
}"""
GOOD = {"name": "Ann Lee", "email": "ann@example.org", "password": "correct horse", "age": "", "plan": "plus", "terms": True}


def enter(page, values, known):
    """Only what differs from what is there already."""
    for key in ("name", "email", "password", "age"):
        if values[key] != known.get(key, ""):
            page.fill(f"#{key}", values[key])
    if values["plan"] != known.get("plan"):
        page.select_option("#plan", values["plan"])
    page.set_checked("#terms", values["terms"])
    known.update(values)


def check(exam):
    page = exam.page()
    found = page.evaluate(READ, IDS)
    if found is None:
        exam.true(False, "there is no form#signup")
        return
    exam.equal(found["order"], IDS, "controls of the form, in their order")
    exam.equal(found["names"], IDS, "names of the controls")
    for key, label, labels in zip(IDS, LABELS, found["labels"]):
        exam.equal(labels, [label], f"visible labels of #{key}")
    exam.equal(found["types"], ["text", "email", "password", "number", "select-one", "checkbox"], "types of the controls")
    exam.equal(found["options"], [["Choose a plan", ""], ["Basic", "basic"], ["Plus", "plus"], ["Team", "team"]], "options of #plan")
    exam.equal([found["plan"], found["terms"]], ["", False], "#plan and #terms at first")
    exam.equal(found["submit"], ["Create account"], "submit buttons")
    exam.equal(found["scripts"], 0, "scripts in the page")
    exam.true(found["below"], "the form is below the heading")
    if exam.failed:
        return
    page.evaluate(LISTEN)
    known = {}

    def claim(is_valid, **changed):
        enter(page, GOOD | changed, known)
        before = page.evaluate("window.sent")
        page.locator("#signup").get_by_role("button", name="Create account").click()
        exam.equal(page.evaluate("window.sent") > before, is_valid, f"whether the form can be sent with {changed or 'all filled in but age'}")

    claim(True)
    for key, empty in {"name": "", "email": "", "password": "", "plan": "", "terms": False}.items():
        claim(False, **{key: empty})
    claim(False, email="ann.example.org")
    claim(False, password="1234567")
    claim(True, password="12345678")
    for age, is_valid in {"15": False, "16": True, "99": True, "100": False, "20.5": False}.items():
        claim(is_valid, age=age)
    for _ in range(4):
        age, length = exam.random.randrange(1, 120), exam.random.randrange(3, 14)
        plan = exam.random.choice(["basic", "plus", "team"])
        claim(16 <= age <= 99 and length >= 8, age=str(age), password="p" * length, plan=plan)
    page.fill("#name", "")
    page.click("#name")
    page.keyboard.type("x" * 45)
    exam.equal(page.input_value("#name"), "x" * 40, "the name after typing 45 letters")
