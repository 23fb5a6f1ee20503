"""What the kitchen should look at before the page goes out."""


def warnings(dishes: list[dict]) -> list[str]:
    """One line for each dish without a price, and for each name that comes again."""
    lines = []
    seen = set()
    for dish in dishes:
        if dish["cents"] == 0:
            lines.append(f"{dish['name']} has no price")
        if dish["name"].lower() in seen:
            lines.append(f"{dish['name']} is there twice")
        seen.add(dish["name"].lower())
    return lines
