MEASURE = """() => {
  const rect = (e) => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const cards = [...document.querySelectorAll("#tours > .tour")];
  const img = cards[0].querySelector("img").getBoundingClientRect();
  const style = getComputedStyle(cards[0]);
  return {
    section: rect(document.querySelector("#tours")),
    cards: cards.map(rect),
    img: [img.left, img.width, img.height],
    style: [style.paddingTop, style.paddingRight, style.paddingBottom, style.paddingLeft, style.borderTopWidth,
            style.borderLeftStyle, style.borderBottomColor, style.borderTopLeftRadius],
  };
}"""
COUNT = """(n) => {
  const section = document.querySelector("#tours");
  const first = section.firstElementChild;
  while (section.children.length > n) section.lastElementChild.remove();
  while (section.children.length < n) section.append(first.cloneNode(true));
}"""


def near(one, other):
    return abs(one - other) <= 1


def check(exam):
    page = exam.page(scripts=False)
    spread = exam.random.randrange
    for turn, width in enumerate([1000, 1200, 800, spread(700, 900), spread(900, 1500), spread(900, 1500)]):
        count = 4 if turn < 3 else spread(4, 9)
        page.set_viewport_size({"width": width, "height": 700})
        page.evaluate(COUNT, count)
        found = page.evaluate(MEASURE)
        what = f"{count} tours in a window of {width}px"
        left, top, right, _ = found["section"]
        size = (right - left - 2 * 16 - 2 * 16) / 3
        bottom = top
        for start in range(0, count, 3):
            row = found["cards"][start : start + 3]
            for place, card in enumerate(row):
                x = left + 16 + place * (size + 16)
                exam.true(near(card[0], x) and near(card[2], x + size), f"{what}: tour {start + place + 1} should span {x:.0f} to {x + size:.0f}px, got {card[0]:.0f} to {card[2]:.0f}")
                exam.true(near(card[1], bottom + 16), f"{what}: tour {start + place + 1} should start at {bottom + 16:.0f}px, got {card[1]:.0f}")
            bottom = max(card[3] for card in row)
        x, wide, high = found["img"]
        exam.true(near(x, left + 29) and near(wide, size - 26), f"{what}: the picture should be {size - 26:.0f}px wide, is {wide:.0f}")
        exam.true(near(high, wide / 2), f"{what}: the picture of 400 by 200 is shown as {wide:.0f} by {high:.0f}")
    exam.equal(found["style"], ["12px"] * 4 + ["1px", "solid", "rgb(208, 208, 208)", "8px"], "padding, border and radius of .tour")
