import re

LEVELS = ["DEBUG", "INFO", "WARN", "ERROR"]


def parsed(text, service):
    found = []
    for line in text.splitlines():
        if match := re.fullmatch(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (DEBUG|INFO|WARN|ERROR) (.*)", line):
            found.append([match[1], service, match[2], match[3], []])
        elif found:
            found[-1][4].append(line)
    return found


def merged(logs):
    entries = [entry for service in sorted(logs) for entry in parsed(logs[service], service)]
    return sorted(entries, key=lambda entry: entry[0])


def text_of(logs, level):
    chosen = [entry for entry in merged(logs) if LEVELS.index(entry[2]) >= LEVELS.index(level)]
    return "\n".join("\n".join([" ".join(entry[:4]), *entry[4]]) for entry in chosen)


def counted(logs):
    counts = {}
    for entry in merged(logs):
        counts[entry[2]] = counts.get(entry[2], 0) + 1
    return counts


def random_log(random):
    lines = ["  left over"] * random.randint(0, 1)
    for _ in range(random.randint(0, 6)):
        lines.append(f"2025-03-01 08:00:{random.randint(0, 9):02d} {random.choice(LEVELS)} job {random.randint(1, 99)}")
        lines += [f"  at line {random.randint(1, 99)}"] * random.choice([0, 0, 1, 2])
    return "\n".join(lines) + random.choice(["", "\n"])


def check(exam):
    py = exam.python()
    fields = "[[e.time, e.service, e.level, e.message, e.more] for e in %s]"
    api = "2025-03-01 08:00:00 INFO started\n2025-03-01 08:00:09 ERROR boom\n  at line 7"
    example = {"api": api, "db": "2025-03-01 08:00:05 INFO ready"}
    cases = [example, {}, {"a": ""}, {"a": "no time here\n"}, {"a": "2025-03-01 08:00:00 WARN \n\n"},
             {"b": "2025-03-01 08:00:00 INFO x", "a": "2025-03-01 08:00:00 INFO y\n\n tail\n"},
             {"z": "head\n2025-03-01 08:00:01 DEBUG one\nmore\nmore\n2025-03-01 08:00:02 NOTICE two\n"}]
    cases += [{name: random_log(exam.random) for name in exam.random.sample(["api", "db", "web", "mail"], 3)} for _ in range(15)]
    for logs in cases:
        py.equal(fields % "solution.merge_logs(logs)", merged(logs), logs=logs)
        py.equal("solution.count_levels(logs)", counted(logs), logs=logs)
        for level in ("DEBUG", "WARN", "ERROR"):
            py.equal("solution.merged_text(logs, level)", text_of(logs, level), logs=logs, level=level)
        for name, text in logs.items():
            py.equal(fields % "solution.parse_log(text, name)", parsed(text, name), text=text, name=name)
    py.equal("solution.merged_text(logs)", text_of(example, "DEBUG"), logs=example)
