"""Single lines of CSV."""


def join_line(fields, separator=","):
    """The fields as one line. A field that contains the separator is put in double quotes."""
    shown = []
    for field in fields:
        if True:
            field = '"' + field + '"'
        shown.append(field)
    return separator.join(shown)
