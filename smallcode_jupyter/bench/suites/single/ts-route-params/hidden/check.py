from urllib.parse import quote

WORDS = ["a b", "x", "50%", "ä/ö", "a?b=c&d", "#1", "...", "it's", "(1)", "日本", "10", "a+b", "$& $1"]


def encoded(text):
    return quote(text, safe="-_.!~*'()")


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    code = "solution.buildPath(pattern, params)"
    for pattern, params, path in [
        ("/users/:id/posts/:postId", {"id": 7, "postId": "x"}, "/users/7/posts/x"),
        ("/tags/:tag", {"tag": "a b"}, "/tags/a%20b"),
        ("/about", {}, "/about"),
        ("/", {}, "/"),
        ("/:lang/about", {"lang": "de"}, "/de/about"),
        ("/a/:id/b/:name", {"id": "1", "name": "2"}, "/a/1/b/2"),
        ("/f/:name", {"name": "a/b?c"}, "/f/a%2Fb%3Fc"),
        ("/n/:n", {"n": 0}, "/n/0"),
        ("/p/:x", {"x": "y", "other": "z"}, "/p/y"),
    ]:
        ts.equal(code, path, pattern=pattern, params=params)
    for _ in range(20):
        pattern, path, params = "", "", {}
        for name in exam.random.sample(["id", "tag", "year", "file"], exam.random.randrange(1, 4)):
            fixed = exam.random.choice(["", "/list", "/v1.0", "/a-b"])
            word = exam.random.choice(WORDS)
            pattern, path, params[name] = f"{pattern}{fixed}/:{name}", f"{path}{fixed}/{encoded(word)}", word
        ts.equal(code, path, pattern=pattern, params=params)
