def parsed(text):
    found = []
    for line in text.splitlines():
        if line[:1].isdigit():
            found.append([line])
        elif found:
            found[-1].append(line)
    return found


def merged(texts):
    return sorted((message for text in texts for message in parsed(text)), key=lambda message: message[0])


def random_log(random):
    lines = ["  left over"] * random.randint(0, 1)
    for _ in range(random.randint(0, 6)):
        lines.append(f"08:{random.randint(0, 9):02d} job {random.randint(1, 99)}")
        lines += [f"  at line {random.randint(1, 99)}"] * random.choice([0, 0, 1, 2])
    return "\n".join(lines) + random.choice(["", "\n"])


def check(exam):
    py = exam.python()
    cases = [["08:00 started\n08:09 failed\n  at line 7", "08:05 ready"], [], [""], ["no time here\n"], ["08:00 warm \n\n"],
             ["08:01 x", "08:00 y\n\n tail\n"], ["head\n08:01 one\nmore\nmore\n08:02 two\n"]]
    cases += [[random_log(exam.random) for _ in range(3)] for _ in range(15)]
    for texts in cases:
        py.equal("solution.merge_logs(texts)", merged(texts), texts=texts)
        py.equal("solution.merged_text(texts)", "\n".join("\n".join(message) for message in merged(texts)), texts=texts)
        for text in texts:
            py.equal("solution.parse_log(text)", parsed(text), text=text)
