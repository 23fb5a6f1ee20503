NAMES = ["Day", "Week", "Month"]
READ = """() => ({
  display: [...document.querySelectorAll(".panel")].map((e) => getComputedStyle(e).display),
  shown: [...document.querySelectorAll(".panel")].map((e) => getComputedStyle(e).visibility === "visible" && e.getBoundingClientRect().height > 0),
  tabs: [...document.querySelectorAll(".tab")].map((e) => {
    const s = getComputedStyle(e);
    return [s.paddingTop, s.paddingLeft, s.fontWeight, s.borderTopWidth, s.borderLeftWidth, s.borderBottomWidth];
  }),
  lines: [...document.querySelectorAll(".tab.active")].map((e) => [getComputedStyle(e).borderBottomStyle, getComputedStyle(e).borderBottomColor]),
})"""
CALM = """() => document.head.insertAdjacentHTML("beforeend", "<style>*, *::before, *::after { transition: none !important; animation: none !important }</style>")"""


def check(exam):
    page = exam.page(width=800, height=600)
    page.evaluate(CALM)

    def claim(chosen, after):
        found = page.evaluate(READ)
        is_chosen = [name == chosen for name in NAMES]
        exam.equal(found["display"], ["block" if one else "none" for one in is_chosen], f"display of the panels {after}")
        exam.equal(found["shown"], is_chosen, f"visible panels {after}")
        tabs = [["8px", "8px", "700", "0px", "0px", "3px"] if one else ["8px", "8px", "400", "0px", "0px", "0px"] for one in is_chosen]
        exam.equal(found["tabs"], tabs, f"padding (top, left), font-weight and borders (top, left, bottom) of the tabs {after}")
        exam.equal(found["lines"], [["solid", "rgb(10, 102, 194)"]], f"lower border of the active tab {after}")

    claim("Day", "at first")
    for name in ["Week", "Month", "Day", *(exam.random.choice(NAMES) for _ in range(5))]:
        page.evaluate("(name) => [...document.querySelectorAll('.tab')].find((e) => e.textContent === name).click()", name)
        claim(name, f"after a click on {name}")
