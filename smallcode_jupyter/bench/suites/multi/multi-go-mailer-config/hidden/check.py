import json

DURATIONS = {"30s": 30000, "10s": 10000, "1m30s": 90000, "500ms": 500, "1.5s": 1500, "2m": 120000}
SHOWN = {30000: "30s", 10000: "10s", 90000: "1m30s", 500: "500ms", 1500: "1.5s", 120000: "2m0s"}
DEFAULTS = {"host": "localhost", "port": 25, "from": "noreply@example.org", "retries": 2, "timeout": 10000}
BAD = {"port": ("x", "0", "65536", "2.5"), "retries": ("6", "-1", "two", "1.0"), "timeout": ("30", "0s", "-5s", "soon")}


def answer(settings):
    host, port, sender, retries, timeout = (settings[name] for name in DEFAULTS)
    plan = [f"attempt {number}: {host}:{port}, {SHOWN[timeout]}" for number in range(1, retries + 2)]
    text = f"host: {host}\nport: {port}\nfrom: {sender}\nretries: {retries}\ntimeout: {SHOWN[timeout]}\n"
    return [host, port, sender, retries, timeout, plan, text, "10s", f"From: {sender}\r\nTo: a@example.org\r\nSubject: Hello there\r\n\r\nBody\r\n"]


def check(exam):
    questions = []

    def ask(expected, text, env=None):
        questions.append(({"Text": text, "Env": env}, expected))

    ask(answer(DEFAULTS), "")
    ask(answer(DEFAULTS), "# nothing\n\n", {"HOME": "/root", "PORT": "99", "MAILER_COLOR": "red", "mailer_port": "7"})
    ask(answer(DEFAULTS), "", {f"MAILER_{name.upper()}": "" for name in DEFAULTS})
    ask(answer({**DEFAULTS, "retries": 0}), "retries=0")
    ask(answer({**DEFAULTS, "retries": 5, "from": "a=b@example.org"}), "retries = 5\nfrom = a=b@example.org")
    ask("bad line: host", "host")
    ask("unknown setting: color", "color = red")
    ask("unknown setting: Retries", "Retries = 1")
    for name, values in BAD.items():
        for value in values:
            ask(f"bad value for {name}: {value}", f"{name} = {value}")
            ask(f"bad value for {name}: {value}", "host = there", {f"MAILER_{name.upper()}": value})

    def draw(name):
        match name:
            case "port":
                return (number := exam.random.randrange(1, 65536)), str(number)
            case "retries":
                return (number := exam.random.randrange(6)), str(number)
            case "timeout":
                text = exam.random.choice(sorted(DURATIONS))
                return DURATIONS[text], text
        text = exam.random.choice(("mail", "smtp.example.org", "a@example.org"))
        return text, text

    for _ in range(25):
        settings, lines, env = dict(DEFAULTS), [], {"PATH": "/bin"}
        for name in exam.random.sample(sorted(DEFAULTS), exam.random.randrange(6)):
            settings[name], text = draw(name)
            lines.append(f"{name}{exam.random.choice((' = ', '=', '= '))}{text}")
        for name in exam.random.sample(sorted(DEFAULTS), exam.random.randrange(6)):
            settings[name], env[f"MAILER_{name.upper()}"] = draw(name)
        ask(answer(settings), "\n".join(lines), env)
    program = exam.go("driver.go", at="examdriver/main.go")
    for (question, expected), line in zip(questions, program.lines([json.dumps(question) for question, _ in questions])):
        exam.equal(json.loads(line), expected, str(question))
