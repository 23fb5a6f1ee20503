"""What changed between two settings files."""


def changes(old: dict, new: dict) -> list[str]:
    """One text for every key that was added, removed or changed, sorted by key."""
    raise NotImplementedError
