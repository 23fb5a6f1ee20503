KINDS = ("string", "number", "boolean")
TEXTS = {
    "string": ["web", " a b ", "0", "false"],
    "number": ["80", " -1.5 ", "0", "1e3", "soon", "12px", "NaN", "Infinity"],
    "boolean": ["true", "NO", " Yes ", "1", "0", "False", "on", "2"],
}
BOOLEANS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def read(text, kind):
    if kind == "string":
        return text
    if kind == "boolean":
        return BOOLEANS.get(text.lower())
    return float(text) if text not in ("soon", "12px", "NaN", "Infinity") else None


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    load = "solution.loadSettings(schema, env)"
    port, host, debug = {"type": "number", "default": 80}, {"type": "string"}, {"type": "boolean"}
    for schema, env, expected in [
        ({"PORT": port, "HOST": host}, {"HOST": " web "}, {"PORT": 80, "HOST": "web"}),
        ({"PORT": port}, {"PORT": "8080", "OTHER": "x"}, {"PORT": 8080}),
        ({"PORT": port}, {"PORT": "   "}, {"PORT": 80}),
        ({"PORT": port}, {"PORT": " 0 "}, {"PORT": 0}),
        ({"PORT": port}, {"PORT": "-2.5"}, {"PORT": -2.5}),
        ({}, {"A": "1"}, {}),
        ({"N": {"type": "number", "default": 0}}, {}, {"N": 0}),
        ({"S": {"type": "string", "default": ""}}, {}, {"S": ""}),
        ({"B": {"type": "boolean", "default": False}}, {"B": ""}, {"B": False}),
        ({"B": {"type": "boolean", "default": True}}, {"B": "no"}, {"B": False}),
        ({"S": {"type": "string", "default": "x"}}, {"S": "0"}, {"S": "0"}),
    ]:
        ts.equal(load, expected, schema=schema, env=env)
    ts.equal("solution.loadSettings(schema, { PORT: undefined })", {"PORT": 80}, schema={"PORT": port})
    for text, value in {
        "true": True,
        "YES": True,
        "1": True,
        "False": False,
        "no": False,
        " 0 ": False,
    }.items():
        ts.equal(load, {"DEBUG": value}, schema={"DEBUG": debug}, env={"DEBUG": text})

    def fails(message, schema, env):
        code = f"(() => {{ try {{ {load}; }} catch (error) {{ return [error instanceof Error, error.message]; }} }})()"
        ts.equal(code, [True, message], schema=schema, env=env)

    fails("HOST: missing", {"HOST": host}, {})
    fails("HOST: missing", {"HOST": host, "PORT": port}, {"HOST": " \t"})
    fails("PORT: not a number", {"PORT": port}, {"PORT": "80a"})
    fails("PORT: not a number", {"PORT": port}, {"PORT": "Infinity"})
    fails("DEBUG: not a boolean", {"DEBUG": debug}, {"DEBUG": "on"})
    fails(
        "Z: missing\nDEBUG: not a boolean\nPORT: not a number",
        {"Z": host, "DEBUG": debug, "HOST": host, "PORT": port},
        {"PORT": "x", "HOST": "web", "DEBUG": "maybe"},
    )
    for _ in range(25):
        schema, env, expected, problems = {}, {}, {}, []
        for name in exam.random.sample(["PORT", "HOST", "DEBUG", "LIMIT", "USER", "CACHE"], 4):
            kind = exam.random.choice(KINDS)
            schema[name] = {"type": kind}
            default = exam.random.choice(
                {"string": ["", "d"], "number": [0, 5], "boolean": [True, False]}[kind]
            )
            if exam.random.random() < 0.7:
                schema[name]["default"] = default
            text = exam.random.choice([*TEXTS[kind], "", None])
            if kind != "string" and exam.random.random() < 0.6:
                text = exam.random.choice(TEXTS[kind][:3])
            if text is not None:
                env[name] = text
            text = (text or "").strip()
            value = read(text, kind) if text else schema[name].get("default")
            expected[name] = value
            if value is None:
                problems.append(f"{name}: not a {kind}" if text else f"{name}: missing")
        if problems:
            fails("\n".join(problems), schema, env)
        else:
            ts.equal(load, expected, schema=schema, env=env)
