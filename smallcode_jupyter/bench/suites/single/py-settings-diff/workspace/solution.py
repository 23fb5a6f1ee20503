"""What changed between two settings files."""


def changes(old: dict, new: dict) -> dict[str, list[str]]:
    """The keys that were added, removed or changed."""
    raise NotImplementedError
