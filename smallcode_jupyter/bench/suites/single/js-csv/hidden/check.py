PIECES = ["Ann", "x", " ", "7", ",", '"', "ß", ";", "'", "a b"]


def cell(text):
    return '"' + text.replace('"', '""') + '"' if "," in text or '"' in text else text


def check(exam):
    js = exam.javascript()
    write = "solution.toCsv(rows, columns)"
    for rows, columns, expected in [
        ([{"name": "Ann", "note": "x, y"}, {"name": "Bo", "note": 'a "b" c'}], ["name", "note"], 'name,note\nAnn,"x, y"\nBo,"a ""b"" c"'),
        ([], ["a"], "a"),
        ([], ["a", "b"], "a,b"),
        ([{"a": "", "b": "0"}], ["b", "a"], "b,a\n0,"),
        ([{"a": '"', "b": ","}], ["a", "b"], 'a,b\n"""",","'),
        ([{"a": "1", "b": "2", "c": "3"}], ["c", "a"], "c,a\n3,1"),
        ([{"a b": " x "}], ["a b"], "a b\n x "),
    ]:
        js.equal(write, expected, rows=rows, columns=columns)
    for _ in range(25):
        columns = exam.random.sample(["name", "mail", "note", "city", "a b"], exam.random.randrange(1, 5))
        rows = [
            {name: "".join(exam.random.choices(PIECES, k=exam.random.randrange(0, 5))) for name in columns}
            for _ in range(exam.random.randrange(0, 6))
        ]
        expected = "\n".join([",".join(columns), *(",".join(map(cell, row.values())) for row in rows)])
        js.equal(write, expected, rows=rows, columns=columns)
