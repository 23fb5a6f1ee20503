def draft(text="Hi", *remarks):
    return {"state": "draft", "text": text, "remarks": list(remarks)}


def review(text="Hi", *remarks, reviewer="Jo"):
    return {"state": "review", "text": text, "remarks": list(remarks), "reviewer": reviewer}


def published(text="Hi", editor="Jo"):
    return {"state": "published", "text": text, "editor": editor}


def edit(text="Ho"):
    return {"type": "edit", "text": text}


def submit(reviewer="Jo"):
    return {"type": "submit", "reviewer": reviewer}


def reject(remark="too short"):
    return {"type": "reject", "remark": remark}


APPROVE = {"type": "approve"}
SET_UP = """
space.freeze = (value) => {
  if (value && typeof value === "object") { Object.values(value).forEach(freeze); Object.freeze(value); }
  return value;
};
"""
NEXT = "solution.nextArticle(freeze(article), freeze(event))"
STAYS = "(() => { const given = freeze(article); return solution.nextArticle(given, freeze(event)) === given; })()"


def step(article, event):
    """The next article, or None where the event is not allowed."""
    match article["state"], event["type"]:
        case "draft", "edit":
            return {**article, "text": event["text"]}
        case "draft", "submit" if article["text"].strip():
            return review(article["text"], *article["remarks"], reviewer=event["reviewer"])
        case "review", "reject":
            return draft(article["text"], *article["remarks"], event["remark"])
        case "review", "approve":
            return published(article["text"], article["reviewer"])
        case "published", "edit":
            return draft(event["text"])
    return None


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    ts.run(SET_UP.replace("forEach(freeze)", "forEach((item) => space.freeze(item))"))
    for article, event, expected in [
        (draft(), submit(), review()),
        (draft("Hi", "a", "b"), submit("Al"), review("Hi", "a", "b", reviewer="Al")),
        (draft("Hi", "a"), edit("Ho"), draft("Ho", "a")),
        (draft("Hi", "a"), edit(""), draft("", "a")),
        (review("Hi", "a"), reject("b"), draft("Hi", "a", "b")),
        (review("Hi", "a", reviewer="Al"), APPROVE, published("Hi", "Al")),
        (published(), edit("Ho"), draft("Ho")),
    ]:
        ts.equal(NEXT, expected, article=article, event=event)
    for article, event in [
        (draft(), reject()),
        (draft(), APPROVE),
        (draft(""), submit()),
        (draft(" \n\t "), submit()),
        (review(), edit()),
        (review(), submit("Al")),
        (published(), submit()),
        (published(), reject()),
        (published(), APPROVE),
    ]:
        ts.equal(NEXT, article, article=article, event=event)
        ts.equal(STAYS, True, article=article, event=event)
    words = ["one", "two", "", "  ", "three"]
    for _ in range(6):
        article = draft(exam.random.choice(words))
        for _ in range(8):
            word = exam.random.choice(words)
            event = exam.random.choice([edit(word), submit(word), submit(word), reject(word), APPROVE])
            after = step(article, event)
            if after is None:
                ts.equal(STAYS, True, article=article, event=event)
            else:
                ts.equal(NEXT, after, article=article, event=event)
                article = after
