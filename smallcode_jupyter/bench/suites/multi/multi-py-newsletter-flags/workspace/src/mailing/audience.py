"""Who gets a letter."""

from mailing.contacts import Contact


def unique(contacts: list[Contact]) -> list[Contact]:
    """Each person once, the first row wins."""
    seen = set()
    kept = []
    for contact in contacts:
        if contact.key not in seen:
            seen.add(contact.key)
            kept.append(contact)
    return kept


def recipients(contacts: list[Contact]) -> list[Contact]:
    """Subscribed people whose mail does not bounce, each once."""
    return [contact for contact in unique(contacts) if contact.subscribed and not contact.bounced]
