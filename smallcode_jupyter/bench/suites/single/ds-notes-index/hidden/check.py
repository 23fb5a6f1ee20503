SETUP = '''
import solution

def find(notes, words):
    index = solution.NoteIndex()
    for note_id, text in notes:
        index.add(note_id, text)
    return [[index.search(word), index.count(word)] for word in words]
'''
VOCABULARY = ["milk", "Milk", "MILKMAN", "egg", "eggs", "Cow", "2024", "a1", "A1", "the", "to", "do", "todo", "Note"]
GLUE = [" ", "  ", "\n", " ", "\t"]


def compare(exam, py, notes, words):
    got = py.value("find(notes, words)", notes=notes, words=words)
    if not isinstance(got, list) or len(got) != len(words):
        exam.true(False, f"{notes}: {got!r}"[:300])
        return
    for word, one in zip(words, got):
        found = sorted(note_id for note_id, text in notes if word.lower() in text.lower().split())
        exam.equal(one, [found, len(found)], f"[search, count] of {word!r} in {notes}"[:300])


def check(exam):
    py = exam.python(SETUP)
    first = [["n1", "Buy milk and eggs"], ["n2", "Milk the cow"]]
    compare(exam, py, first, ["MILK", "mil", "eggs", "cow", "dog", "The"])
    compare(exam, py, [], ["milk"])
    compare(exam, py, [["b", "x x x"], ["a", "X y"], ["c", "x"], ["d", ""]], ["x", "X", "y"])
    compare(exam, py, [["z", "One\ntwo"], ["y", "  two\tthree "]], ["one", "two", "three"])
    for _ in range(8):
        notes = []
        for number in range(exam.random.randrange(1, 7)):
            words = [exam.random.choice(VOCABULARY) for _ in range(exam.random.randrange(1, 7))]
            notes.append([f"{exam.random.choice('abc')}{number}", "".join(word + exam.random.choice(GLUE) for word in words)])
        compare(exam, py, notes, [exam.random.choice(VOCABULARY) for _ in range(4)])
