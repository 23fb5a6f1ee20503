PIECES = ["Ann", "x", " ", "7", ",", '"', "\n", "ß", ";", "'", "a b", "\r\n"]


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


def needs_quotes(text):
    return any(sign in text for sign in ',"\r\n')


def check(exam):
    js = exam.javascript()
    parse = "solution.parseCsv(text)"
    for text, expected in [
        ('name,note\nAnn,"a ""b"", c"\n', [{"name": "Ann", "note": 'a "b", c'}]),
        ("", []),
        ("\n\n", []),
        ("a,b", []),
        ("a,b\n", []),
        ("a,b\n1,2", [{"a": "1", "b": "2"}]),
        ("a,b\r\n1,2\r\n3,4\r\n", [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]),
        ("\na\n\n1\n\r\n2\n\n", [{"a": "1"}, {"a": "2"}]),
        ("a,b,c\n1\n", [{"a": "1", "b": "", "c": ""}]),
        ("a,b\n1,2,3,4\n", [{"a": "1", "b": "2"}]),
        ("a,b\n,\n", [{"a": "", "b": ""}]),
        ('a,b\n"line 1\nline 2",x\n', [{"a": "line 1\nline 2", "b": "x"}]),
        ('a,b\n"line 1\r\n\r\nline 2",x\n', [{"a": "line 1\r\n\r\nline 2", "b": "x"}]),
        ('a,b\n"","x"\n', [{"a": "", "b": "x"}]),
        ('a,b\n"""",""""""\n', [{"a": '"', "b": '""'}]),
        ('"last, first",b\nx,"y"', [{"last, first": "x", "b": "y"}]),
        ("a,b\n  1 , 2\n", [{"a": "  1 ", "b": " 2"}]),
        ("a\n \n", [{"a": " "}]),
    ]:
        js.equal(parse, expected, text=text)
    for text in ('a,b\n"1,2\n', '"', 'a\n"x""\n'):
        js.raises("SyntaxError", parse, text=text)
    write = "solution.toCsv(rows, columns)"
    for rows, columns, expected in [
        ([{"a": 1, "b": "x,y"}], ["a", "b"], 'a,b\n1,"x,y"\n'),
        ([], ["a", "b"], "a,b\n"),
        ([{"a": None, "b": 0, "c": False}], ["c", "b", "a"], "c,b,a\nfalse,0,\n"),
        ([{"a": 'say "hi"'}, {"b": 1}], ["a"], 'a\n"say ""hi"""\n\n'),
        ([{"a": "x\ny", "b": "x\ry"}], ["a", "b"], 'a,b\n"x\ny","x\ry"\n'),
        ([{"a,b": " x "}], ["a,b"], '"a,b"\n x \n'),
    ]:
        js.equal(write, expected, rows=rows, columns=columns)
    for _ in range(25):
        columns = exam.random.sample(["name", "mail", "note", "city", "a b"], exam.random.randrange(2, 5))
        rows = [
            {name: "".join(exam.random.choices(PIECES, k=exam.random.randrange(0, 5))) for name in columns}
            for _ in range(exam.random.randrange(0, 6))
        ]
        end = exam.random.choice(["\n", "\r\n"])
        lines = [
            ",".join(
                quoted(cell) if needs_quotes(cell) or exam.random.random() < 0.3 else cell
                for cell in row.values()
            )
            for row in rows
        ]
        text = end.join([",".join(columns), *lines]) + exam.random.choice(["", end])
        js.equal(parse, rows, text=text)
        expected = "".join(
            ",".join(quoted(cell) if needs_quotes(cell) else cell for cell in cells) + "\n"
            for cells in [columns, *(list(row.values()) for row in rows)]
        )
        js.equal(write, expected, rows=rows, columns=columns)
