def minutes(count):
    return max(1, round(count / 200))


def check(exam):
    py = exam.python("""
import warnings
import solution
def seen(call, *args):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value = call(*args)
    return [value, [issubclass(w.category, DeprecationWarning) for w in caught]]
""")
    counts = [0, 1, 3, 299, 301, 400, 501, 1999] + [exam.random.randint(1, 3000) for _ in range(10)]
    for count in counts:
        text = "word, " * count
        py.equal("seen(solution.reading_minutes, text)", [minutes(count), []], text=text)
        py.equal("seen(solution.calc, text)", [minutes(count), [True]], text=text)
        py.equal("seen(solution.teaser, 'News', text)", [f"News ({minutes(count)} min)", []], text=text)
    for _ in range(8):
        sizes = {title: exam.random.randint(0, 900) for title in exam.random.sample(["News", "Garden", "Events", "Letters"], 3)}
        articles = {title: "word " * size for title, size in sizes.items()}
        whole = sum(map(minutes, sizes.values()))
        lines = [f"{title} ({minutes(size)} min)" for title, size in sizes.items()] + [f"All together: {whole} min"]
        py.equal("seen(solution.issue_minutes, articles)", [whole, []], articles=articles)
        py.equal("seen(solution.contents, articles)", ["\n".join(lines), []], articles=articles)
