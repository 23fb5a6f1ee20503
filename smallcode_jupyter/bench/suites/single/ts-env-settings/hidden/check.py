def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    code = "solution.numberSetting(env, name, fallback)"
    for env, name, fallback, expected in [
        ({"PORT": "8080"}, "PORT", 80, 8080),
        ({}, "PORT", 80, 80),
        ({"PORT": ""}, "PORT", 80, 80),
        ({"PORT": "0"}, "PORT", 80, 0),
        ({"PORT": "-2.5"}, "PORT", 80, -2.5),
        ({"LIMIT": "1e3", "PORT": "1"}, "LIMIT", 7, 1000),
        ({"PORT": "1"}, "LIMIT", 0, 0),
        ({"LIMIT": ""}, "LIMIT", 0, 0),
        ({"LIMIT": ""}, "LIMIT", -1, -1),
    ]:
        ts.equal(code, expected, env=env, name=name, fallback=fallback)
    ts.equal("solution.numberSetting({ PORT: undefined }, 'PORT', 9)", 9)

    def fails(env, name, fallback):
        call = f"(() => {{ try {{ {code}; }} catch (error) {{ return [error instanceof Error, error.message]; }} }})()"
        ts.equal(call, [True, f"{name}: not a number"], env=env, name=name, fallback=fallback)

    fails({"PORT": "12px"}, "PORT", 80)
    fails({"PORT": "8080", "LIMIT": "soon"}, "LIMIT", 80)
    fails({"A": "1,5"}, "A", 0)
    for _ in range(20):
        name = exam.random.choice(["PORT", "LIMIT", "RETRIES", "TIMEOUT"])
        text = exam.random.choice(["80", "-1.5", "0", "443", "soon", "12px", "80 81", "", None])
        env, fallback = {"OTHER": "5"} | ({} if text is None else {name: text}), exam.random.randrange(-5, 100)
        if text in ("soon", "12px", "80 81"):
            fails(env, name, fallback)
        else:
            ts.equal(code, float(text) if text else fallback, env=env, name=name, fallback=fallback)
