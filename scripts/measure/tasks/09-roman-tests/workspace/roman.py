"""Roman numerals."""

_VALUES = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)


def to_roman(number):
    """The numeral of an integer from 1 to 3999. Raises ValueError for others."""
    if not 1 <= number <= 3999:
        raise ValueError("only 1 to 3999")
    parts = []
    for value, letters in _VALUES:
        count, number = divmod(number, value)
        parts.append(letters * count)
    return "".join(parts)


def from_roman(text):
    """The integer of a numeral in capitals. Raises ValueError for text that is no proper numeral."""
    number, position = 0, 0
    for value, letters in _VALUES:
        while text.startswith(letters, position):
            number += value
            position += len(letters)
    if position != len(text) or not text or to_roman(number) != text:
        raise ValueError("no Roman numeral")
    return number
