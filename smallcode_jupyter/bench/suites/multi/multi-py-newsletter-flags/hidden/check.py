SETUP = """
from mailing.send import dry_run
from mailing.letter import Letter
from mailing.reader import read_contacts, parse_flag
from mailing.audience import recipients, unique
from mailing.contacts import Contact
from mailing.summary import by_domain, summary
letter = Letter("News", "Body.")
"""
HEAD = "email,name,subscribed,bounced\n"


def mail(to, name):
    return {"to": to, "subject": "News", "text": f"Dear {name},\n\nBody."}


def expected(rows):
    seen, mails = set(), []
    for email, name, subscribed, bounced in rows:
        to = email.strip()
        if not to or to.lower() in seen:
            continue
        seen.add(to.lower())
        yes = [flag.strip().lower() in {"yes", "true", "1"} for flag in (subscribed, bounced)]
        if yes == [True, False]:
            mails.append(mail(to, (name.split() or ["reader"])[0]))
    return mails


def check(exam):
    py = exam.python(SETUP, folders=("src",))
    for flag in ("yes", "Yes", "YES", " yes", "true", "TRUE ", "1", " 1 "):
        py.equal("parse_flag(text)", True, text=flag)
    for flag in ("no", "No", "", " ", "0", "false", "n", "unknown", "2", "y", "-"):
        py.equal("parse_flag(text)", False, text=flag)
    ask = "dry_run(text, letter)"
    py.equal(ask, [], text=HEAD + "ann@example.org,Ann Lee,no,\n")
    py.equal(ask, [], text=HEAD + "ann@example.org,Ann Lee,,\n")
    py.equal(ask, [mail("ann@example.org", "Ann")], text=HEAD + "ann@example.org,Ann Lee,yes,no\n")
    py.equal(ask, [], text=HEAD + "ann@example.org,Ann Lee,yes,True\n")
    twice = HEAD + "Ann@Example.org,Ann Lee,yes,\nann@example.org ,Ann,yes,\nbo@example.org,Bo,yes,\n"
    py.equal(ask, [mail("Ann@Example.org", "Ann"), mail("bo@example.org", "Bo")], text=twice)
    py.equal(ask, [mail("bo@x.org", "Bo")], text=HEAD + " bo@x.org ,Bo,1,0\nBO@X.ORG,Bob,1,0\n")
    py.equal(ask, [], text=HEAD + "ann@example.org,Ann Lee,no,\nANN@example.org,Ann Lee,yes,\n")
    py.equal(ask, [mail("c@x.org", "reader")], text=HEAD + "c@x.org,,yes,\n")
    py.equal(ask, [mail("c@x.org", "reader")], text=HEAD + "c@x.org,   ,yes,\n")
    py.equal(ask, [], text=HEAD + "  ,Ann,yes,\n")
    py.equal("[c.email for c in unique([Contact('A@x.org', '', True, False), Contact('a@x.org', '', True, False)])]", ["A@x.org"])
    py.equal("Contact('a@x.org', 'Kim van Dyk', True, False).greeting_name", "Kim")
    for _ in range(20):
        rows = []
        for _ in range(exam.random.randrange(1, 9)):
            email = exam.random.choice(["a@x.org", "A@x.org", " a@X.org", "b@x.org", "b@x.org ", "c@x.org", "C@X.ORG", ""])
            name = exam.random.choice(["Ann Lee", "Bo", "", " ", "Cy de Vries"])
            flags = [exam.random.choice(["yes", "YES", "no", "", "0", "1", " true", "maybe"]) for _ in range(2)]
            rows.append([email, name, flags[0], exam.random.choice([flags[1], "", "no"])])
        text = HEAD + "".join(",".join(row) + "\n" for row in rows)
        py.equal(ask, expected(rows), text=text)
        people = len({row[0].strip().lower() for row in rows} - {""})
        py.equal("summary(read_contacts(text))['people']", people, text=text)
        py.equal("summary(read_contacts(text))['recipients']", len(expected(rows)), text=text)
        py.equal("sum(by_domain(read_contacts(text)).values())", people, text=text)
