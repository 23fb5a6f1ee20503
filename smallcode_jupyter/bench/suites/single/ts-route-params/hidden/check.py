from urllib.parse import quote

WORDS = ["a b", "x", "50%", "ä/ö", "a?b=c&d", "#1", "...", "it's", "(1)", "日本", "10", "a+b"]


def encoded(text):
    return quote(text, safe="-_.!~*'()")


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    build = "solution.buildPath(pattern, params)"
    match = "solution.matchPath(pattern, path)"
    for pattern, params, path in [
        ("/tags/:tag", {"tag": "a b"}, "/tags/a%20b"),
        ("/users/:id/posts/:postId", {"id": 7, "postId": "x"}, "/users/7/posts/x"),
        ("/about", {}, "/about"),
        ("/", {}, "/"),
        ("/:lang/about/", {"lang": "de"}, "/de/about/"),
        ("/a/:id/b/:idea", {"id": "1", "idea": "2"}, "/a/1/b/2"),
        ("/f/:name", {"name": "a/b?c"}, "/f/a%2Fb%3Fc"),
        ("/n/:n", {"n": 0}, "/n/0"),
        ("/at/10:30/:x", {"x": "y"}, "/at/10:30/y"),
        ("/p/:x", {"x": "$& $1"}, "/p/%24%26%20%241"),
    ]:
        ts.equal(build, path, pattern=pattern, params=params)
        ts.equal(match, {name: str(value) for name, value in params.items()}, pattern=pattern, path=path)
    ts.raises("Error", build, pattern="/a/:x", params={"x": ""})
    ts.raises("Error", build, pattern="/a/:x/:y", params={"x": 1, "y": ""})
    for pattern, path in [
        ("/tags/:tag", "/tags/"),
        ("/tags/:tag", "/tags"),
        ("/tags/:tag", "/tags/a/b"),
        ("/tags/:tag", "/tags/a/"),
        ("/tags/:tag", "/Tags/a"),
        ("/tags/:tag", "tags/a"),
        ("/tags/:tag", ""),
        ("/a.c/:x", "/abc/1"),
        ("/users/:id/posts/:postId", "/users/7/post/1"),
        ("/users/:id/posts/:postId", "/users//posts/1"),
        ("/about", "/about/"),
        ("/about", "/abou"),
    ]:
        ts.equal(match, None, pattern=pattern, path=path)
    for _ in range(20):
        pattern, path, params = "", "", {}
        for name in exam.random.sample(["id", "tag", "year", "file"], exam.random.randrange(0, 4)):
            fixed = exam.random.choice(["", "/list", "/v1.0", "/a-b"])
            word = exam.random.choice(WORDS)
            pattern, path, params[name] = f"{pattern}{fixed}/:{name}", f"{path}{fixed}/{encoded(word)}", word
        ts.equal(build, path, pattern=pattern, params=params)
        ts.equal(match, params, pattern=pattern, path=path)
        ts.equal(match, None, pattern=pattern, path=path + "/more")
