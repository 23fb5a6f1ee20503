ON, OFF = ("on", "true", "yes", "1"), ("off", "false", "no", "0")


class Wrong(Exception):
    pass


def text(env, key, fallback=None):
    if found := env.get(key, "").strip():
        return found
    if fallback is None:
        raise Wrong(key, "missing", f"{key} is not set")
    return fallback


def port(env, key, fallback=None):
    found = text(env, key, fallback if fallback is None else str(fallback))
    if not (found.isascii() and found.isdigit() and 1 <= int(found) <= 65535):
        raise Wrong(key, "invalid", f"{key} is not a port: {found}")
    return int(found)


def switch(env, key, fallback=False):
    found = text(env, key, "on" if fallback else "off").lower()
    if found not in ON + OFF:
        raise Wrong(key, "invalid", f"{key} is not a switch: {found}")
    return found in ON


def config(env):
    return {"host": text(env, "HOST"), "port": port(env, "PORT", 8080), "debug": switch(env, "DEBUG"),
            "origins": [part.strip() for part in text(env, "ORIGINS", "*").split(",")]}


def outcome(function, *args):
    try:
        return ["value", function(*args)]
    except Wrong as wrong:
        key, reason, message = wrong.args
        said = f"Please set {key}." if reason == "missing" else f"Please correct {key}: {message}."
        return ["error", "ConfigError", key, reason, message, said, True]


def check(exam):
    ts = exam.typescript(types="types.ts")
    ts.run("""space.outcome = (f, ...args) => {
      try { return ["value", f(...args)]; } catch (e) {
        if (!(e instanceof solution.ConfigError)) return ["other", String(e)];
        return ["error", e.name, e.key, e.reason, e.message, solution.explain(e), e instanceof Error];
      }
    };
    space.thrown = (value) => { try { return ["value", solution.explain(value)]; } catch (e) { return ["thrown", e === value]; } };""")
    for env in ({}, {"A": ""}, {"A": "  "}, {"A": " x "}, {"A": "0"}):
        ts.equal("outcome(solution.readText, env, 'A')", outcome(text, env, "A"), env=env)
        ts.equal("outcome(solution.readText, env, 'A', 'b')", outcome(text, env, "A", "b"), env=env)
    ts.equal("outcome(solution.readText, {}, 'A', '')", ["value", ""])
    for found in ("abc", "80", " 80 ", "0", "1", "65535", "65536", "-1", "1e3", "8.0", "", "0x10", "008"):
        ts.equal("outcome(solution.readPort, { PORT: found }, 'PORT')", outcome(port, {"PORT": found}, "PORT"), found=found)
        ts.equal("outcome(solution.readPort, { P2: found }, 'P2', 443)", outcome(port, {"P2": found}, "P2", 443), found=found)
    ts.equal("outcome(solution.readPort, {}, 'PORT', 0)", outcome(port, {}, "PORT", 0))
    for found in (*ON, *OFF, "YES", "Off", "maybe", "", " on ", "2", "TRUE!"):
        ts.equal("outcome(solution.readSwitch, { D: found }, 'D')", outcome(switch, {"D": found}, "D"), found=found)
        ts.equal("outcome(solution.readSwitch, { D: found }, 'D', true)", outcome(switch, {"D": found}, "D", True), found=found)
    for _ in range(25):
        env = {"HOST": exam.random.choice(["", "db.local", " x "]), "PORT": exam.random.choice(["", "80", "99999", str(exam.random.randint(1, 70000))]),
               "DEBUG": exam.random.choice(["", "on", "NO", "nope"]), "ORIGINS": exam.random.choice(["", "a, b", "a", " a ,b,"])}
        for key in exam.random.sample(list(env), exam.random.randint(0, 2)):
            del env[key]
        ts.equal("outcome(solution.readConfig, env)", outcome(config, env), env=env)
    for value in ("new Error('x')", "new TypeError('HOST is not set')", "'text'", "7", "null", "undefined", "({ key: 'A', reason: 'missing' })"):
        ts.equal(f"thrown({value})", ["thrown", True])
    ts.equal("(() => { const e = new solution.ConfigError('K', 'invalid', 'odd'); return [e.name, e.key, e.reason, e.message, e instanceof Error]; })()",
             ["ConfigError", "K", "invalid", "odd", True])
