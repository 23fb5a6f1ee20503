READ = """() => {
  const rect = (e) => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  return {
    plans: rect(document.querySelector(".plans")),
    plan: [...document.querySelectorAll(".plan")].map(rect),
    buy: [...document.querySelectorAll(".plan .buy")].map(rect),
    style: [...document.querySelectorAll(".plan")].map((e) => {
      const s = getComputedStyle(e);
      return [s.paddingTop, s.paddingLeft, s.borderTopWidth, s.borderRightStyle, s.borderBottomColor];
    }),
    link: [...document.querySelectorAll(".plan .buy")].map((e) => {
      const s = getComputedStyle(e);
      return [s.textAlign, s.backgroundColor, s.color];
    }),
    lists: [...document.querySelectorAll(".plan ul")].map((e) => rect(e)[3]),
  };
}"""
FILL = """(counts) => document.querySelectorAll(".plan ul").forEach((list, index) => {
  while (list.children.length > counts[index]) list.lastElementChild.remove();
  while (list.children.length < counts[index]) list.append(Object.assign(document.createElement("li"), {textContent: "One more thing"}));
})"""
CALM = """() => document.head.insertAdjacentHTML("beforeend", "<style>*, *::before, *::after { transition: none !important; animation: none !important }</style>")"""
BLUE, DARK, GREY, WHITE = "rgb(10, 102, 194)", "rgb(8, 76, 145)", "rgb(204, 204, 204)", "rgb(255, 255, 255)"


def near(one, other):
    return abs(one - other) <= 1


def check(exam):
    page = exam.page(scripts=False)
    page.evaluate(CALM)
    spread = exam.random.randrange
    for turn, width in enumerate([1300, 800, 799, 400, spread(801, 1080), spread(1100, 1600), spread(320, 799)]):
        if turn:
            page.evaluate(FILL, [spread(1, 9) for _ in range(3)])
        page.set_viewport_size({"width": width, "height": 900})
        found, what = page.evaluate(READ), f"in a window of {width}px"
        full = min(width, 1080)
        left, top, right, _ = found["plans"]
        exam.true(near(left, (width - full) / 2) and near(right, (width + full) / 2), f"{what} .plans should span {(width - full) / 2} to {(width + full) / 2}, spans {left} to {right}")
        plan = found["plan"]
        if width >= 800:
            size = (full - 48) / 3
            for index, box in enumerate(plan):
                x = left + index * (size + 24)
                exam.true(near(box[0], x) and near(box[2], x + size), f"{what} plan {index + 1} should span {x:.0f} to {x + size:.0f}, spans {box[0]:.0f} to {box[2]:.0f}")
                exam.true(near(box[1], plan[0][1]) and near(box[3], plan[0][3]), f"{what} plan {index + 1} is not as high as the first, or not in the same row")
                exam.true(near(found["buy"][index][3], found["buy"][0][3]), f"{what} the lower edge of link {index + 1} is at {found['buy'][index][3]:.0f}, that of the first at {found['buy'][0][3]:.0f}")
                gap = box[3] - found["buy"][index][3]
                exam.true(20 <= gap <= 30, f"{what} link {index + 1} ends {gap:.0f}px above the end of its plan")
        else:
            y = top
            for index in (1, 0, 2):
                box = plan[index]
                exam.true(near(box[0], left) and near(box[2], right), f"{what} plan {index + 1} should be as wide as .plans")
                exam.true(near(box[1], y), f"{what} plan {index + 1} should start at {y:.0f}, starts at {box[1]:.0f}")
                y = box[3] + 24
        for index, (box, buy) in enumerate(zip(plan, found["buy"])):
            inner = 26
            exam.true(near(buy[0], box[0] + inner) and near(buy[2], box[2] - inner), f"{what} link {index + 1} should fill the content of its plan")
            exam.true(buy[1] >= found["lists"][index] - 1, f"{what} link {index + 1} should stand below the list")
    plain = ["24px", "24px", "2px", "solid", GREY]
    exam.equal(found["style"], [plain, ["24px", "24px", "2px", "solid", BLUE], plain], "padding and border of the plans")
    exam.equal(found["link"], [["center", BLUE, WHITE]] * 3, "alignment and colours of a.buy")
    for index in range(3):
        page.locator(".plan .buy").nth(index).hover()
        backgrounds = [link[1] for link in page.evaluate(READ)["link"]]
        exam.equal(backgrounds, [DARK if one == index else BLUE for one in range(3)], f"backgrounds with the mouse over link {index + 1}")
