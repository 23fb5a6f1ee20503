import math
import re

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
SMALL = {"a", "an", "and", "in", "of", "on", "the", "to"}
WORDS = "news of the week on a summer and an offer in june to all readers, vol. 3".split()


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def title(text):
    return " ".join(word if number and word in SMALL else word[:1].upper() + word[1:] for number, word in enumerate(text.lower().split()))


def long_date(iso):
    year, month, day = map(int, iso.split("-"))
    return f"{day} {MONTHS[month - 1]} {year}"


def minutes(text):
    return max(1, math.ceil(len(text.split()) / 200))


def check(exam):
    js = exam.javascript(text="src/text.js", dates="src/dates.js", helpers="src/helpers.js", archive="src/archive.js", mail="src/mail.js", feed="src/feed.js")
    js.equal("Object.keys(text).sort()", ["escapeXml", "readingMinutes", "slug", "title"])
    js.equal("Object.keys(dates).sort()", ["isBefore", "longDate"])
    js.equal("Object.keys(helpers).sort()", ["escapeXml", "isBefore", "longDate", "readingMinutes", "slug", "title"])
    for name, module in {"slug": "text", "title": "text", "readingMinutes": "text", "escapeXml": "text", "longDate": "dates", "isBefore": "dates"}.items():
        js.equal(f"helpers.{name} === {module}.{name}", True)
    left = re.sub(r"/\*.*?\*/|//[^\n]*", "", exam.text("src/helpers.js"), flags=re.S)
    left = re.sub(r"""export\s*\{[\w\s,]*\}\s*from\s*["']\./(text|dates)\.js["']\s*;?""", "", left)
    exam.equal(left.strip(), "", "what src/helpers.js holds besides its exports")

    # Without helpers.js everything else must still load.
    helpers = exam.folder / "src" / "helpers.js"
    helpers.write_text("throw new Error('helpers.js was imported');\n", encoding="utf-8")
    js = exam.javascript(text="src/text.js", dates="src/dates.js", archive="src/archive.js", mail="src/mail.js", feed="src/feed.js")
    js.equal("Object.keys(mail)", ["mail"])
    js.equal("Object.keys(archive).sort()", ["archive", "issuePath"])
    for month in range(1, 13):
        js.equal("dates.longDate(iso)", long_date(f"2026-{month:02}-09"), iso=f"2026-{month:02}-09")
    js.equal("[dates.isBefore('2026-01-01', '2026-01-02'), dates.isBefore('2026-01-01', '2026-01-01')]", [True, False])
    for word in sorted(SMALL):
        js.equal("text.title(t)", title(f"{word} {word} x"), t=f"{word} {word} x")
    for count in (0, 1, 199, 200, 201, 400, 401):
        js.equal("text.readingMinutes(t)", minutes("word " * count), t="word " * count)
    js.equal("text.slug('  Summer Sale 2026! ')", "summer-sale-2026")
    js.equal("Object.keys(feed)", ["feed"])
    js.equal("text.escapeXml(t)", "a &lt;b&gt; &amp;amp; c &amp; d", t="a <b> &amp; c & d")
    for _ in range(8):
        issues = [
            {"date": f"20{25 + number % 2}-{exam.random.randrange(1, 13):02}-{number + 10}", "title": " ".join(exam.random.sample(WORDS, 4)), "text": "so it is " * exam.random.randrange(150)}
            for number in range(4)
        ]
        today = exam.random.choice(issues)["date"]
        path = {issue["date"]: f"/archive/{issue['date']}-{slug(issue['title'])}.html" for issue in issues}
        past = sorted((issue["date"] for issue in issues if issue["date"] < today), reverse=True)
        js.equal("archive.archive(issues, today)", [f"{long_date(date)}: {path[date]}" for date in past], issues=issues, today=today)
        one = issues[0]
        js.equal("mail.mail(issue)", {"subject": f"{title(one['title'])} ({long_date(one['date'])})", "body": f"{one['text']}\n\n{minutes(one['text'])} min read\n{path[one['date']]}"}, issue=one)
        items = [f"<item>\n<title>{title(issue['title'])}</title>\n<link>https://news.example.org{path[issue['date']]}</link>\n<description>{issue['text']}</description>\n</item>" for issue in issues]
        js.equal("feed.feed('Ann & Ben', issues)", "\n".join(["<channel>", "<title>Ann &amp; Ben</title>", *items, "</channel>"]), issues=issues)
