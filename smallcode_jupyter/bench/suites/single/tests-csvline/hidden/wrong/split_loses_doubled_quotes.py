"""Single lines of CSV."""


def join_line(fields, separator=","):
    """The fields as one line.

    A field that contains the separator or a double quote is put in double quotes, and quotes in it are doubled.
    """
    shown = []
    for field in fields:
        if separator in field or '"' in field:
            field = '"' + field.replace('"', '""') + '"'
        shown.append(field)
    return separator.join(shown)


def split_line(line, separator=","):
    """The fields of one line; the reverse of join_line.

    Empty fields are kept, also at the end; an empty line is one empty field. Blanks are kept.
    A quote that is not closed raises ValueError.
    """
    fields, field, quoted, at = [], "", False, 0
    while at < len(line):
        letter = line[at]
        if letter == '"' and quoted and line[at + 1 : at + 2] == '"':
            at += 1
        elif letter == '"':
            quoted = not quoted
        elif letter == separator and not quoted:
            fields.append(field)
            field = ""
        else:
            field += letter
        at += 1
    if quoted:
        raise ValueError("a quote is not closed")
    return [*fields, field]
