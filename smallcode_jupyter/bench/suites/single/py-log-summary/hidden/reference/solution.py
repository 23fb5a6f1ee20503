"""A service's log in a few words."""


def count_errors(text: str) -> dict[str, int]:
    """How many ERROR lines each component has."""
    counts: dict[str, int] = {}
    for line in text.splitlines():
        words = line.split()
        if len(words) >= 4 and words[2] == "ERROR":
            component = words[3].rstrip(":")
            counts[component] = counts.get(component, 0) + 1
    return counts
