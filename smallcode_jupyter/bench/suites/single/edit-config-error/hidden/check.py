def text(env, key):
    if found := env.get(key, "").strip():
        return ["value", found]
    return ["error", key, f"{key} is not set", True]


def port(env, key):
    kind, found, *_ = got = text(env, key)
    if kind == "error":
        return got
    if not (found.isdigit() and 1 <= int(found) <= 65535):
        return ["error", key, f"{key} is not a port: {found}", True]
    return ["value", int(found)]


def switch(env, key):
    kind, found, *_ = got = text(env, key)
    if kind == "error":
        return got
    return ["value", found == "on"] if found in ("on", "off") else ["error", key, f"{key} is not a switch: {found}", True]


def check(exam):
    ts = exam.typescript(types="types.ts")
    ts.run("""space.outcome = (f, ...args) => {
      try { return ["value", f(...args)]; } catch (e) {
        if (!(e instanceof solution.ConfigError)) return ["other", String(e)];
        return ["error", e.key, e.message, e instanceof Error];
      }
    };""")
    for env in ({}, {"A": ""}, {"A": "  "}, {"A": " x "}, {"A": "0"}, {"A": "on"}, {"A": " off "}, {"A": "maybe"}, {"A": "1"}):
        ts.equal("outcome(solution.readText, env, 'A')", text(env, "A"), env=env)
        ts.equal("outcome(solution.readSwitch, env, 'A')", switch(env, "A"), env=env)
    for found in ("abc", "80", " 80 ", "0", "1", "65535", "65536", "-1", "8.5", ""):
        ts.equal("outcome(solution.readPort, { PORT: found }, 'PORT')", port({"PORT": found}, "PORT"), found=found)
    for _ in range(25):
        key = exam.random.choice(["HOST", "PORT", "DEBUG"])
        env = {key: exam.random.choice(["", "db.local", " x ", "80", "99999", "on", "off", str(exam.random.randint(1, 70000))])} if exam.random.random() < 0.8 else {}
        ts.equal("[solution.readText, solution.readPort, solution.readSwitch].map((f) => outcome(f, env, key))",
                 [text(env, key), port(env, key), switch(env, key)], env=env, key=key)
    ts.equal("(() => { const e = new solution.ConfigError('K', 'odd'); return [e.key, e.message, e instanceof Error]; })()", ["K", "odd", True])
