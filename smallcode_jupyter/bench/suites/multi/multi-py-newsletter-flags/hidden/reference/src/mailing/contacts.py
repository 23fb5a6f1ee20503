"""People on the list."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Contact:
    """One row of the exported list."""

    email: str
    name: str
    subscribed: bool
    bounced: bool

    @property
    def key(self) -> str:
        """The same for all rows of one person."""
        return self.email.strip().lower()

    @property
    def greeting_name(self) -> str:
        """How a letter calls this person: the first name."""
        words = self.name.split()
        return words[0] if words else "reader"
