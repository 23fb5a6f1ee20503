"""The letter itself."""

from dataclasses import dataclass

from mailing.contacts import Contact


@dataclass(frozen=True)
class Letter:
    """A subject and a body, without a greeting."""

    subject: str
    body: str

    def render(self, contact: Contact) -> str:
        """The text for one person."""
        return f"Dear {contact.greeting_name},\n\n{self.body}"
