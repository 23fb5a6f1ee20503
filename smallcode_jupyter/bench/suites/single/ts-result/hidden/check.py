def good(value):
    return {"ok": True, "value": value}


def bad(error):
    return {"ok": False, "error": error}


SET_UP = """
space.shown = (result) => result.ok ? result : { ok: false, error: [result.error instanceof Error, result.error.name, result.error.message] };
"""


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    ts.run(SET_UP)
    for value in (5, 0, "", None, False, [1, 2], {"a": 1}):
        ts.equal("solution.attempt(() => value)", good(value), value=value)
    for code, error in {
        "() => { throw new Error('no price'); }": [True, "Error", "no price"],
        "() => { throw new RangeError('too dear'); }": [True, "RangeError", "too dear"],
        "() => JSON.parse(')')": [True, "SyntaxError", None],
        "() => { throw 'just text'; }": [True, "Error", "just text"],
        "() => { throw 42; }": [True, "Error", "42"],
        "() => { throw null; }": [True, "Error", "null"],
        "() => { throw undefined; }": [True, "Error", "undefined"],
    }.items():
        if error[2] is None:
            ts.equal(f"shown(solution.attempt({code})).error.slice(0, 2)", error[:2])
        else:
            ts.equal(f"shown(solution.attempt({code}))", bad(error))
    ts.equal("(() => { const e = new Error('x'); return solution.attempt(() => { throw e; }).error === e; })()", True)
    for value in (0, 1, -7):
        ts.equal("solution.mapResult(result, (n) => n * 2 + 1)", good(value * 2 + 1), result=good(value))
    for error in ("bad line", "", 0, None):
        ts.equal("solution.mapResult(result, () => { throw new Error('called'); })", bad(error), result=bad(error))
        ts.equal("solution.valueOr(result, 'fallback')", "fallback", result=bad(error))
    ts.raises("TypeError", "solution.mapResult({ ok: true, value: 1 }, () => { throw new TypeError('on') })", says="on")
    ts.equal("(() => { const r = { ok: true, value: 1 }; solution.mapResult(r, (n) => n + 1); return r; })()", good(1))
    for value in (5, 0, "", False, None):
        ts.equal("solution.valueOr(result, 'fallback')", value, result=good(value))
    example = [good(1), bad("bad line"), good(2)]
    ts.equal("solution.partition(results)", {"values": [1, 2], "errors": ["bad line"]}, results=example)
    ts.equal("solution.partition([])", {"values": [], "errors": []})
    for _ in range(15):
        results = [
            exam.random.choice([good, bad])(exam.random.choice([0, 1, "", "x", None, False, [3]]))
            for _ in range(exam.random.randrange(0, 10))
        ]
        expected = {
            "values": [one["value"] for one in results if one["ok"]],
            "errors": [one["error"] for one in results if not one["ok"]],
        }
        ts.equal("solution.partition(Object.freeze(results))", expected, results=results)
