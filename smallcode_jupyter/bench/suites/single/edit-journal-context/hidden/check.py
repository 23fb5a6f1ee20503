def check(exam):
    py = exam.python("""
import solution
class Trouble(ValueError): pass
KINDS = {kind.__name__: kind for kind in (KeyError, ValueError, RuntimeError, Trouble, KeyboardInterrupt, ZeroDivisionError)}
def use(path, first, second, failure=None, drop=False):
    journal = solution.Journal(path)
    caught = dropped = same = None
    try:
        with journal as inner:
            same = inner is journal
            for number in first:
                inner.add("row", id=number)
            if first:
                inner.flush()
            for number in second:
                inner.add("late", id=number)
            if drop:
                dropped = inner.discard()
            if failure:
                raise KINDS[failure]("why")
    except BaseException as error:
        caught = type(error).__name__
    return [same, dropped, caught, journal.closed, solution.read_journal(path), len(journal.pending)]
""")
    py.equal("use('a.log', [], [1])", [True, None, None, True, [{"event": "late", "id": 1}], 0])
    py.equal("use('a.log', [], [])", [True, None, None, True, [{"event": "late", "id": 1}], 0])
    failed = {"event": "failed", "error": "KeyError"}
    py.equal("use('b.log', [1], [2, 3], 'KeyError')", [True, None, "KeyError", True, [{"event": "row", "id": 1}, failed], 0])
    py.equal("use('c.log', [], [], 'Trouble')", [True, None, "Trouble", True, [{"event": "failed", "error": "Trouble"}], 0])
    py.equal("use('d.log', [1], [2, 3], None, True)", [True, 2, None, True, [{"event": "row", "id": 1}], 0])
    for index in range(15):
        first = [exam.random.randint(1, 99) for _ in range(exam.random.randint(0, 4))]
        second = [exam.random.randint(1, 99) for _ in range(exam.random.randint(0, 4))]
        failure = exam.random.choice([None, "KeyError", "ValueError", "RuntimeError", "Trouble", "KeyboardInterrupt", "ZeroDivisionError"])
        drop = exam.random.random() < 0.3
        written = [{"event": "row", "id": number} for number in first]
        if failure:
            written.append({"event": "failed", "error": failure})
        elif not drop:
            written += [{"event": "late", "id": number} for number in second]
        py.equal("use(path, first, second, failure, drop)", [True, len(second) if drop else None, failure, True, written, 0],
                 path=f"run{index}.log", first=first, second=second, failure=failure, drop=drop)
    py.run("j = solution.Journal('plain.log')\nj.add('a', x=1)\nj.add('b')")
    py.equal("j.pending", [{"event": "a", "x": 1}, {"event": "b"}])
    py.equal("solution.read_journal('plain.log')", [])
    py.equal("[j.flush(), j.flush()]", [2, 0])
    py.equal("[j.add('a'), j.discard(), j.discard(), j.pending, j.closed]", [None, 1, 0, [], False])
    py.equal("[j.add('a', deep=[1, {}]), j.close(), j.close(), j.closed]", [None, None, None, True])
    py.raises("ValueError", "j.add('c')", says="the journal is closed")
    py.raises("ValueError", "j.__enter__()", says="the journal is closed")
    py.equal("solution.count_events('plain.log')", {"a": 2, "b": 1})
    py.equal("open('plain.log').read()", '{"event": "a", "x": 1}\n{"event": "b"}\n{"deep": [1, {}], "event": "a"}\n')
    py.run("k = solution.Journal('twice.log')")
    py.raises("ZeroDivisionError", "[k.__enter__() is k, k.__exit__(None, None, None), 1 // 0]")
    py.raises("ValueError", "k.__enter__()", says="the journal is closed")
