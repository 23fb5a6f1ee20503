"""Shows how files would be renamed."""


def rename_plan(names: list[str], prefix: str) -> list[str]:
    """A line "OLD -> NEW" for each name."""
    raise NotImplementedError
