IDS = ["name", "email", "password", "age"]
LABELS = ["Full name", "Email", "Password", "Age"]
READ = """(ids) => {
  const form = document.querySelector("form#signup");
  if (!form) return null;
  const own = (label) => label.textContent.trim().replace(/\\s+/g, " ").replace(/[:*\\s]+$/, "");
  const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility === "visible";
  return {
    order: [...form.elements].map((e) => e.id).filter((id) => ids.includes(id)),
    labels: ids.map((id) => [...(form.querySelector("#" + id)?.labels ?? [])].map((e) => shown(e) ? own(e) : "hidden")),
    types: ids.map((id) => form.querySelector("#" + id)?.type ?? null),
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
GOOD = {"name": "Ann Lee", "email": "ann@example.org", "password": "correct horse", "age": ""}


def enter(page, values, known):
    """Only what differs from what is there already."""
    for key in IDS:
        if values[key] != known.get(key, ""):
            page.fill(f"#{key}", "")
            page.click(f"#{key}")
            page.keyboard.type(values[key])
    known.update(values)


def check(exam):
    page = exam.page()
    found = page.evaluate(READ, IDS)
    if found is None:
        exam.true(False, "there is no form#signup")
        return
    exam.equal(found["order"], IDS, "fields of the form, in their order")
    for key, label, labels in zip(IDS, LABELS, found["labels"]):
        exam.equal(labels, [label], f"visible labels of #{key}")
    exam.equal(found["types"], ["text", "email", "password", "number"], "types of the fields")
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
    for key in ("name", "email", "password"):
        claim(False, **{key: ""})
    claim(False, email="ann.example.org")
    claim(False, password="1234567")
    claim(True, password="12345678")
    for age, is_valid in {"15": False, "16": True, "99": True, "100": False}.items():
        claim(is_valid, age=age)
    for _ in range(5):
        age, length = exam.random.randrange(1, 120), exam.random.randrange(3, 14)
        claim(16 <= age <= 99 and length >= 8, age=str(age), password="p" * length)
