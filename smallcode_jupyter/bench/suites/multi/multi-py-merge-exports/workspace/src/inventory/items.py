"""What lies on the shelves."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """A kind of article; the price is in cents."""

    code: str
    name: str
    count: int
    cents: int
    hidden: bool = False


def parse_items(text: str) -> list[Item]:
    """Items from lines such as "A1;Hammer;3;1250"; a code with a leading "!" is hidden."""
    items = []
    for line in text.splitlines():
        if line.strip():
            code, name, count, cents = (part.strip() for part in line.split(";"))
            items.append(Item(code.lstrip("!"), name, int(count), int(cents), code.startswith("!")))
    return items
