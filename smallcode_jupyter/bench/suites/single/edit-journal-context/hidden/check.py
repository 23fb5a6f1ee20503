def check(exam):
    py = exam.python("""
import solution
KINDS = {kind.__name__: kind for kind in (KeyError, ValueError, RuntimeError, ZeroDivisionError)}
def use(path, ids, failure=None):
    journal = solution.Journal(path)
    caught = same = None
    try:
        with journal as inner:
            same = inner is journal
            for number in ids:
                journal.add("row", id=number)
            if failure:
                raise KINDS[failure]("why")
    except Exception as error:
        caught = type(error).__name__
    return [same, caught, journal.closed, solution.read_journal(path), len(journal.pending)]
""")
    row, failed = {"event": "row", "id": 1}, {"event": "failed"}
    py.equal("use('a.log', [1])", [True, None, True, [row], 0])
    py.equal("use('a.log', [1])", [True, None, True, [row, row], 0])
    py.equal("use('b.log', [1], 'KeyError')", [True, "KeyError", True, [row, failed], 0])
    py.equal("use('c.log', [], 'ValueError')", [True, "ValueError", True, [failed], 0])
    py.equal("use('d.log', [])", [True, None, True, [], 0])
    for index in range(20):
        ids = [exam.random.randint(1, 99) for _ in range(exam.random.randint(0, 4))]
        failure = exam.random.choice([None, None, "KeyError", "ValueError", "RuntimeError", "ZeroDivisionError"])
        written = [{"event": "row", "id": number} for number in ids] + [failed] * bool(failure)
        py.equal("use(path, ids, failure)", [True, failure, True, written, 0], path=f"run{index}.log", ids=ids, failure=failure)
    py.run("j = solution.Journal('plain.log')\nj.add('a', x=1)\nj.add('b')")
    py.equal("j.pending", [{"event": "a", "x": 1}, {"event": "b"}])
    py.equal("[j.close(), j.closed, j.pending]", [None, True, []])
    py.raises("ValueError", "j.add('c')", says="the journal is closed")
    py.equal("solution.read_journal('plain.log')", [{"event": "a", "x": 1}, {"event": "b"}])
