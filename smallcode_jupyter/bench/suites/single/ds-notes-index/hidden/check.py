SETUP = '''
import solution

def play(steps):
    index = solution.NoteIndex()
    seen = []
    for name, *values in steps:
        result = getattr(index, name)(*values)
        seen.append(None if name == "add" else result)
    return seen
'''
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def words_of(text):
    return "".join(letter if letter in LETTERS else " " for letter in text.lower()).split()


def model(steps):
    notes, seen = [], []
    for name, *values in steps:
        result = None
        if name == "add":
            notes = [note for note in notes if note[0] != values[0]] + [(values[0], words_of(values[1]))]
        elif name == "remove":
            result = any(note[0] == values[0] for note in notes)
            notes = [note for note in notes if note[0] != values[0]]
        elif name == "search":
            wanted = words_of(values[0])
            result = sorted(note[0] for note in notes if wanted and all(word in note[1] for word in wanted))
        elif name == "count":
            result = len([note for note in notes if values[0].lower() in note[1]])
        else:
            result = sorted({word for note in notes for word in note[1] if word.startswith(values[0].lower())})
        seen.append(result)
    return seen


def compare(exam, py, steps):
    got = py.value("play(steps)", steps=steps)
    expected = model(steps)
    if not isinstance(got, list):
        exam.true(False, f"{steps}: {got!r}"[:300])
        return
    for index, (one, other) in enumerate(zip(got, expected)):
        if one != other or type(one) is not type(other):
            exam.equal(one, other, f"after {steps[: index + 1][-6:]}")
            return
    exam.equal(len(got), len(expected), "steps played")


VOCABULARY = ["milk", "Milk", "MILKMAN", "egg", "eggs", "cow", "2024", "a1", "A1", "the", "to", "do", "todo", "Note"]
GLUE = [" ", ", ", "-", "\n", ". ", "_", "'", " / ", "\t"]


def sentence(exam, most):
    words = [exam.random.choice(VOCABULARY) for _ in range(exam.random.randrange(1, most + 1))]
    return "".join(word + exam.random.choice(GLUE) for word in words)


def check(exam):
    py = exam.python(SETUP)
    first = [["add", "n1", "Buy milk, eggs"], ["add", "n2", "Milk the cow"]]
    compare(exam, py, first + [["search", "MILK"], ["search", "eggs milk"], ["search", "mil"], ["words_with", "e"], ["count", "milk"]])
    compare(exam, py, [["search", "milk"], ["words_with", ""], ["remove", "n1"], ["count", "milk"]])
    compare(exam, py, first + [["search", ""], ["search", " ,.- "], ["search", "milk milk"], ["search", "milk dog"]])
    compare(exam, py, first + [["add", "n1", "Feed the dog"], ["search", "milk"], ["search", "the"], ["words_with", ""], ["count", "eggs"]])
    compare(exam, py, first + [["remove", "n2"], ["remove", "n2"], ["search", "milk"], ["count", "MILK"], ["words_with", "c"], ["words_with", "M"]])
    compare(exam, py, [["add", "b", "Don't panic_now (42)"], ["search", "don t"], ["search", "don't"], ["search", "panic"], ["search", "panic_now"], ["count", "42"], ["words_with", ""]])
    compare(exam, py, [["add", "b", "x x x"], ["add", "a", "X-ray"], ["add", "c", "x"], ["search", "x"], ["count", "x"], ["words_with", "X"]])
    compare(exam, py, [["add", "b", ""], ["remove", "b"], ["remove", "b"], ["add", "c", "..."], ["search", "c"], ["words_with", ""]])
    for _ in range(20):
        steps = []
        for _ in range(40):
            name = exam.random.choice(["add"] * 4 + ["remove", "search", "search", "count", "words_with"])
            note = exam.random.choice(["n1", "n2", "n3", "n10", "a"])
            steps.append({
                "add": ["add", note, sentence(exam, 6)],
                "remove": ["remove", note],
                "search": ["search", sentence(exam, 2)],
                "count": ["count", exam.random.choice(VOCABULARY)],
                "words_with": ["words_with", exam.random.choice(VOCABULARY)[: exam.random.randrange(0, 3)]],
            }[name])
        compare(exam, py, steps)
