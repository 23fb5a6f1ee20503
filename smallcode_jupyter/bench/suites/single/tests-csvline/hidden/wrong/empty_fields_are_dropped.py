"""Single lines of CSV."""


def join_line(fields, separator=","):
    """The fields as one line. A field that contains the separator is put in double quotes."""
    shown = []
    for field in fields:
        if separator in field:
            field = '"' + field + '"'
        if field:
            shown.append(field)
    return separator.join(shown)
