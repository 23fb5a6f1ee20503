"""What would be sent."""

from mailing.audience import recipients
from mailing.letter import Letter
from mailing.reader import read_contacts


def dry_run(text: str, letter: Letter) -> list[dict[str, str]]:
    """One mail for each recipient in an exported list, as it would be sent."""
    return [
        {"to": contact.email, "subject": letter.subject, "text": letter.render(contact)}
        for contact in recipients(read_contacts(text))
    ]
