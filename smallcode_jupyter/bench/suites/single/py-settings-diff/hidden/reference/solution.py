"""What changed between two settings files."""


def changes(old: dict, new: dict) -> list[str]:
    """One text for every key that was added, removed or changed, sorted by key."""
    found = []
    for key in sorted(old.keys() | new.keys()):
        if key not in old:
            found.append(f"+ {key} = {new[key]}")
        elif key not in new:
            found.append(f"- {key} = {old[key]}")
        elif old[key] != new[key]:
            found.append(f"~ {key}: {old[key]} -> {new[key]}")
    return found
