PARSE = "JSON.parse(JSON.stringify(solution.parseSetCookie(header) ?? null))"


def cookie(name, value, **fields):
    return {"name": name, "value": value, "secure": False, "httpOnly": False} | fields


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    for header, expected in {
        'sid="a=1"; Path=/app; max-age=60; HttpOnly': cookie("sid", "a=1", path="/app", maxAge=60, httpOnly=True),
        "a=b": cookie("a", "b"),
        "a=": cookie("a", ""),
        'a=""': cookie("a", ""),
        "  a  =  b c  ;  Secure  ": cookie("a", "b c", secure=True),
        "a=b=c==": cookie("a", "b=c=="),
        "a=b;SECURE;httponly": cookie("a", "b", secure=True, httpOnly=True),
        "a=b; Domain=.Example.ORG": cookie("a", "b", domain="example.org"),
        "a=b; DOMAIN = sub.x.org": cookie("a", "b", domain="sub.x.org"),
        "a=b; Path=/Some/Where": cookie("a", "b", path="/Some/Where"),
        "a=b; Max-Age=-1": cookie("a", "b", maxAge=-1),
        "a=b; Max-Age=0": cookie("a", "b", maxAge=0),
        "a=b; Max-Age=1.5": cookie("a", "b"),
        "a=b; Max-Age=soon": cookie("a", "b"),
        "a=b; Max-Age=": cookie("a", "b"),
        "a=b; Max-Age=60s": cookie("a", "b"),
        "a=b; SameSite=lax": cookie("a", "b", sameSite="Lax"),
        "a=b; samesite=STRICT; Secure": cookie("a", "b", sameSite="Strict", secure=True),
        "a=b; SameSite=None": cookie("a", "b", sameSite="None"),
        "a=b; SameSite=Sometimes": cookie("a", "b"),
        "a=b; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Priority=High; Partitioned": cookie("a", "b"),
        "a=b;; ;Secure;": cookie("a", "b", secure=True),
        "theme=dark; path=/": cookie("theme", "dark", path="/"),
    }.items():
        ts.equal(PARSE, expected, header=header)
    for header in ("", "novalue", "novalue; Path=/; Max-Age=5", "=b", "  =b; Secure", ";a=b"):
        ts.equal("solution.parseSetCookie(header)", None, header=header)

    def cased(text):
        return exam.random.choice([text, text.lower(), text.upper()])

    for _ in range(20):
        name = exam.random.choice(["id", "theme", "_ga", "X-Token"])
        value = exam.random.choice(["1", "abc=", "x y", "dark", "%20"])
        expected, parts = cookie(name, value), []
        if exam.random.random() < 0.5:
            expected["path"] = exam.random.choice(["/", "/a/B"])
            parts.append(f"{cased('Path')}={expected['path']}")
        if exam.random.random() < 0.5:
            expected["domain"] = exam.random.choice(["x.org", "shop.example.com"])
            parts.append(f"{cased('Domain')}={exam.random.choice(['', '.'])}{cased(expected['domain'])}")
        if exam.random.random() < 0.5:
            expected["maxAge"] = exam.random.randrange(-5, 4000)
            parts.append(f"{cased('Max-Age')}={expected['maxAge']}")
        if exam.random.random() < 0.5:
            expected["sameSite"] = exam.random.choice(["Strict", "Lax", "None"])
            parts.append(f"{cased('SameSite')}={cased(expected['sameSite'])}")
        for flag, key in (("Secure", "secure"), ("HttpOnly", "httpOnly")):
            if exam.random.random() < 0.5:
                expected[key] = True
                parts.append(cased(flag))
        exam.random.shuffle(parts)
        shown = exam.random.choice([value, f'"{value}"'])
        ts.equal(PARSE, expected, header=exam.random.choice(["; ", ";"]).join([f"{name}={shown}", *parts]))
