def cookie(name, value, path="/", secure=False):
    return {"name": name, "value": value, "path": path, "secure": secure}


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    code = "solution.parseSetCookie(header)"
    for header, expected in {
        "sid=a1; HttpOnly; Path=/App; Secure": cookie("sid", "a1", "/App", True),
        "a=b; Path=/x; Secure": cookie("a", "b", "/x", True),
        "a=b": cookie("a", "b"),
        "theme=dark": cookie("theme", "dark"),
        "a=": cookie("a", ""),
        "a=b; Secure": cookie("a", "b", secure=True),
        "a=b; HttpOnly": cookie("a", "b"),
        "theme=dark; Path=/": cookie("theme", "dark"),
        "a=b; Secure; Path=/x/y": cookie("a", "b", "/x/y", True),
        "a=b; Max-Age=60; Domain=x.org": cookie("a", "b"),
        "a=Secure; Path=/p": cookie("a", "Secure", "/p"),
        "a=b; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/z": cookie("a", "b", "/z"),
    }.items():
        ts.equal(code, expected, header=header)
    for _ in range(20):
        name, value = (
            exam.random.choice(["id", "theme", "_ga", "X-Token"]),
            exam.random.choice(["1", "", "dark", "%20"]),
        )
        expected, parts = cookie(name, value), []
        if exam.random.random() < 0.6:
            expected["path"] = exam.random.choice(["/", "/a/B", "/shop"])
            parts.append(f"Path={expected['path']}")
        if exam.random.random() < 0.5:
            expected["secure"] = True
            parts.append("Secure")
        parts += exam.random.sample(["HttpOnly", "Max-Age=5", "SameSite=Lax"], exam.random.randrange(0, 3))
        exam.random.shuffle(parts)
        ts.equal(code, expected, header="; ".join([f"{name}={value}", *parts]))
