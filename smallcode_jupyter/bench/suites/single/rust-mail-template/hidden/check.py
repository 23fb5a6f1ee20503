import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]

VALUES = [["name", "Ann"], ["day", "May 3"], ["code", "{x}"], ["empty", ""], ["n", "1"], ["n", "2"]]


def _expected(template, values):
    known, out, at = dict(values), "", 0
    while at < len(template):
        if template[at : at + 2] in ("{{", "}}"):
            out, at = out + template[at], at + 2
        elif template[at] == "}":
            return "stray brace"
        elif template[at] == "{":
            end = template.find("}", at)
            if end < 0:
                return "unclosed brace"
            name, bar, text = template[at + 1 : end].partition("|")
            name = name.strip()
            if name not in known and not bar:
                return f"unknown name: {name}"
            out, at = out + known.get(name, text), end + 1
        else:
            out, at = out + template[at], at + 1
    return [out]


def _template(random):
    pieces = ["Hi ", "{name}", "{ day }", "{code}", "{n}", "{{", "}}", ", ", "\n", "{empty}", "{title|Dr. }", "{name|you}", "{ city |}", "100 %", "é",
              "{empty|x}", "{{name}}"]
    wrong = ["{city}", "{ Name }"]
    parts = [random.choice(pieces) for _ in range(random.randrange(1, 12))]
    if random.random() < 0.3:
        parts.insert(random.randrange(len(parts) + 1), random.choice(wrong))
    if random.random() < 0.2:
        parts.append(random.choice([" {name", " } end", " { open"]))
    return "".join(parts)


def check(exam):
    random = exam.random
    templates = ["Hi { name }!", "{title|Dr. }{name}", "{{name}}", "{city}", "", "plain text", "{name}{name}", "{code}", "{n}", "{empty}", "{empty|x}",
                 "{name|x}", "{city|}", "{city| a b }", "{city|a|b}", "{ city |x}", "{ name |x}", "{{}}", "{{{name}}}", "}}{{", "{name", "a {", "a } b", "}",
                 "{name} }", "{city} }", "} {city}", "{ city }", "{name} {", "two\nlines {day}", "{Name}", "{{ {name} }}", "{name}}}", "ü {name} ß"]
    templates += [_template(random) for _ in range(40)]
    requests = [[template, *(part for pair in VALUES for part in pair)] for template in templates]
    requests.append(["{name|nobody}, {n|0}"])
    wanted = [_expected(template, VALUES) for template in templates] + [["nobody, 0"]]
    for request, found, value in zip(requests, _ask(exam, requests), wanted):
        exam.equal(found, value, f"render({request[0]!r})")
