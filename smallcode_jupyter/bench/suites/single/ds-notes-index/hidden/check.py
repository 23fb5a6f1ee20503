SETUP = '''
import solution

def find(notes, words):
    index = solution.NoteIndex()
    for note_id, text in notes:
        index.add(note_id, text)
    return [[index.search(word), index.count(word)] for word in words]
'''
VOCABULARY = ["milk", "milkman", "egg", "eggs", "cow", "2024", "a1", "the", "to", "do", "todo", "note"]
GLUE = [" ", "  ", "\n", " ", "\t"]


def compare(exam, py, notes, words):
    got = py.value("find(notes, words)", notes=notes, words=words)
    if not isinstance(got, list) or len(got) != len(words):
        exam.true(False, f"{notes}: {got!r}"[:300])
        return
    for word, one in zip(words, got):
        found = sorted(note_id for note_id, text in notes if word in text.split())
        exam.equal(one, [found, len(found)], f"[search, count] of {word!r} in {notes}"[:300])


def check(exam):
    py = exam.python(SETUP)
    first = [["n1", "buy milk and eggs"], ["n2", "milk the cow"]]
    compare(exam, py, first, ["milk", "mil", "eggs", "cow", "dog", "the"])
    compare(exam, py, [], ["milk"])
    compare(exam, py, [["b", "x x x"], ["a", "x y"], ["c", "x"], ["d", ""]], ["x", "y", "z"])
    compare(exam, py, [["z", "one\ntwo"], ["y", "  two\tthree "]], ["one", "two", "three"])
    for _ in range(8):
        notes = []
        for number in range(exam.random.randrange(1, 7)):
            words = [exam.random.choice(VOCABULARY) for _ in range(exam.random.randrange(1, 7))]
            notes.append([f"{exam.random.choice('abc')}{number}", "".join(word + exam.random.choice(GLUE) for word in words)])
        compare(exam, py, notes, [exam.random.choice(VOCABULARY) for _ in range(4)])
