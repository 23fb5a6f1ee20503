"""Numbers about the list, for the board."""

from mailing.audience import recipients, unique
from mailing.contacts import Contact


def summary(contacts: list[Contact]) -> dict[str, int]:
    """How many rows, people and recipients there are, and how many people bounce."""
    people = unique(contacts)
    return {
        "rows": len(contacts),
        "people": len(people),
        "recipients": len(recipients(contacts)),
        "bounced": sum(1 for contact in people if contact.bounced),
    }


def by_domain(contacts: list[Contact]) -> dict[str, int]:
    """People by the domain of their address, in lower case, the largest first."""
    counts: dict[str, int] = {}
    for contact in unique(contacts):
        domain = contact.email.rpartition("@")[2].strip().lower()
        counts[domain] = counts.get(domain, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
