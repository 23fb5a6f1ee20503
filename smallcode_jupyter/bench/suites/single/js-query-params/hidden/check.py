NAMES = ["q", "page", "tag", "sort", "size", "color"]
WORDS = ["tea", "10", "green", "x", "asc", "7up"]


def check(exam):
    js = exam.javascript()
    base = "https://x.org/s"
    for url, params, expected in [
        (base + "?q=tea&page=2#top", {"page": 3, "tag": ["a", "b"], "q": None}, base + "?page=3&tag=a&tag=b#top"),
        (base, {"a": 1}, base + "?a=1"),
        (base + "?a=1", {}, base + "?a=1"),
        (base + "?a=1#f", {"a": None}, base + "#f"),
        (base + "?a=1&a=2&b=3", {"a": 9}, base + "?b=3&a=9"),
        (base + "?a=1&a=2&b=3", {"a": []}, base + "?b=3"),
        (base + "?a=1&b=2", {"a": "x", "b": "y", "c": "z"}, base + "?a=x&b=y&c=z"),
        (base + "?b=1", {"a": 0, "b": False, "c": ""}, base + "?a=0&b=false&c="),
        (base, {"q": "R&D = 5"}, base + "?q=R%26D+%3D+5"),
        (base, {"q": "é"}, base + "?q=%C3%A9"),
        ("http://localhost:8080/a/b?x=1", {"y": [1, 2]}, "http://localhost:8080/a/b?x=1&y=1&y=2"),
    ]:
        js.equal("solution.withParams(url, params)", expected, url=url, params=params)
    js.equal("solution.withParams(url, { a: undefined })", base + "?b=2", url=base + "?a=1&b=2")
    for query, expected in {
        "?a=1&b=2&a=3": {"a": ["1", "3"], "b": "2"},
        "": {},
        "?a=": {"a": ""},
        "?name=R%26D+team&x=%C3%A9": {"name": "R&D team", "x": "é"},
        "?t=1&t=1&t=2#t=3": {"t": ["1", "1", "2"]},
    }.items():
        js.equal("({ ...solution.readParams(url) })", expected, url=base + query)
    for _ in range(20):
        pairs = [(exam.random.choice(NAMES), exam.random.choice(WORDS)) for _ in range(exam.random.randrange(0, 7))]
        end = exam.random.choice(["", "#end"])
        query = "&".join(f"{name}={word}" for name, word in pairs)
        url = base + ("?" + query if query else "") + end
        params = {}
        for name in exam.random.sample(NAMES, exam.random.randrange(0, 4)):
            some = exam.random.choices(WORDS, k=exam.random.randrange(0, 3))
            params[name] = exam.random.choice([None, exam.random.randrange(50), exam.random.choice(WORDS), some])
        left = list(pairs)
        for name, value in params.items():
            left = [pair for pair in left if pair[0] != name]
            left += [(name, str(one)) for one in (value if isinstance(value, list) else [value]) if one is not None]
        query = "&".join(f"{name}={word}" for name, word in left)
        expected = base + ("?" + query if query else "") + end
        js.equal("solution.withParams(url, params)", expected, url=url, params=params)
        read = {}
        for name, word in pairs:
            read.setdefault(name, []).append(word)
        read = {name: words if len(words) > 1 else words[0] for name, words in read.items()}
        js.equal("({ ...solution.readParams(url) })", read, url=url)
