def minutes(count):
    return max(1, (count + 199) // 200)


def teaser(title, count):
    return f"{title} ({minutes(count)} minute{'' if minutes(count) == 1 else 's'})"


def check(exam):
    py = exam.python("""
import warnings
import solution
def seen(call, *args):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value = call(*args)
    return [value, [[issubclass(w.category, DeprecationWarning), str(w.message)] for w in caught]]
""")
    warned = [[True, "calc is deprecated, use reading_minutes"]]
    counts = [0, 1, 3, 199, 200, 201, 400, 401, 1999] + [exam.random.randint(1, 3000) for _ in range(10)]
    for count in counts:
        text = "word, " * count
        py.equal("seen(solution.reading_minutes, text)", [minutes(count), []], text=text)
        py.equal("seen(solution.calc, text)", [minutes(count), warned], text=text)
        py.equal("seen(solution.calc, text)", [minutes(count), warned], text=text)
        py.equal("seen(solution.teaser, 'News', text)", [teaser("News", count), []], text=text)
    py.equal("solution.reading_minutes(text='x')", 1)
    py.equal("solution.calc(text='x')", 1)
    for _ in range(8):
        sizes = {title: exam.random.randint(0, 900) for title in exam.random.sample(["News", "Garden", "Events", "Letters"], 3)}
        articles = {title: "word " * size for title, size in sizes.items()}
        whole = sum(map(minutes, sizes.values()))
        lines = [teaser(title, size) for title, size in sizes.items()] + [f"All together: {whole} min"]
        py.equal("seen(solution.issue_minutes, articles)", [whole, []], articles=articles)
        py.equal("seen(solution.contents, articles)", ["\n".join(lines), []], articles=articles)
    py.equal("solution.top_words('b a b c a d')", ["a", "b", "c"])
    py.equal("solution.words(\"It's 5 o'clock\")", ["it's", "5", "o'clock"])
