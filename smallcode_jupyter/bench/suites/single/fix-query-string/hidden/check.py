from urllib.parse import quote, unquote


def parse(text):
    params = {}
    for part in text.removeprefix("?").split("&"):
        if part:
            name, _, value = (unquote(piece.replace("+", " ")) for piece in part.partition("="))
            params.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in params.items()}


def build(params):
    items = [(name, item) for name, value in params.items() for item in (value if isinstance(value, list) else [value])]
    return "&".join(f"{quote(name, safe=SAFE)}={quote(item, safe=SAFE)}" for name, item in items)


SAFE = "-_.!~*'()"


def random_query(random):
    parts = []
    for _ in range(random.randint(0, 6)):
        name = random.choice(["a", "b", "next", "x%20y", "t%3D"])
        value = "".join(random.choice(["=", "==", "v", "7", "+", "%26", "%3D", "?", "/"]) for _ in range(random.randint(0, 5)))
        parts.append(random.choice([name + "=" + value, name + "=" + value, name, ""]))
    return random.choice(["", "?"]) + "&".join(parts)


def check(exam):
    js = exam.javascript()
    texts = ["", "?", "a", "a=", "=b", "a=b=c", "a==", "a===b", "token=abc==&page=2", "next=/login?step=2", "?x+y=1+2&z=%2B", "a=1&a=2&a=3",
             "a=%3D&b=%26%3D=", "&&a=1&", "t%3Dx=1"]
    texts += [random_query(exam.random) for _ in range(35)]
    for text in texts:
        js.equal("solution.parseQuery(text)", parse(text), text=text)
        query = text.removeprefix("?")
        wanted = build(parse(query) | {"page": "3"})
        js.equal("solution.withParam(link, 'page', 3)", f"/p?{wanted}#h", link=f"/p?{query}#h")
        left = build({name: value for name, value in parse(query).items() if name not in ("a", "next")})
        js.equal("solution.withoutParams(link, 'a', 'next')", "/p" + (f"?{left}" if left else ""), link=f"/p?{query}")
    js.equal("solution.withParam('/a?sig=x=y', 'page', 3)", "/a?sig=x%3Dy&page=3")
    js.equal("solution.withParam('/a?page=1&b=2#top', 'page', 2)", "/a?page=2&b=2#top")
    js.equal("solution.buildQuery({ a: 1, b: ['x', 'y'], c: null, d: undefined, 'e f': '=&' })", "a=1&b=x&b=y&e%20f=%3D%26")
    js.equal("solution.splitLink('/a?b=1?c#d#e')", ["/a", "b=1?c", "d#e"])
    js.equal("solution.splitLink('/a')", ["/a", "", ""])
