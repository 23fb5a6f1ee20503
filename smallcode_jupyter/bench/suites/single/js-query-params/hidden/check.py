NAMES = ["q", "page", "tag", "sort", "size", "color"]
WORDS = ["tea", "10", "green", "x", "asc", "7up"]


def check(exam):
    js = exam.javascript()
    base = "https://x.org/s"
    for query, expected in {
        "?tag=tea&page=2&tag=green": {"tag": ["tea", "green"], "page": "2"},
        "": {},
        "?": {},
        "?a=1": {"a": "1"},
        "?a=1&a=2&a=3": {"a": ["1", "2", "3"]},
        "?name=R%26D+team&x=%C3%A9": {"name": "R&D team", "x": "é"},
        "?t=1&t=1&t=2#t=3": {"t": ["1", "1", "2"]},
        "#top": {},
    }.items():
        js.equal("({ ...solution.readParams(url) })", expected, url=base + query)
    for _ in range(20):
        pairs = [
            (exam.random.choice(NAMES), exam.random.choice(WORDS)) for _ in range(exam.random.randrange(0, 7))
        ]
        read = {}
        for name, word in pairs:
            read.setdefault(name, []).append(word)
        read = {name: words if len(words) > 1 else words[0] for name, words in read.items()}
        query = "&".join(f"{name}={word}" for name, word in pairs)
        url = base + ("?" + query if query else "") + exam.random.choice(["", "#end"])
        js.equal("({ ...solution.readParams(url) })", read, url=url)
