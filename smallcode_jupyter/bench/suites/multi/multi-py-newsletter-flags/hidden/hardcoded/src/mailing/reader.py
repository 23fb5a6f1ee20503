"""Reading the CSV that the member database exports."""

import csv
import io

from mailing.contacts import Contact


def parse_flag(text: str) -> bool:
    """Whether a field of the export means yes."""
    return text not in ("", "no")


def read_contacts(text: str) -> list[Contact]:
    """Contacts in the order of their rows. Rows without an address are left out."""
    contacts = []
    for row in csv.DictReader(io.StringIO(text)):
        email = row["email"]
        if not email.strip():
            continue
        contacts.append(
            Contact(
                email=email,
                name=row["name"] or "",
                subscribed=parse_flag(row["subscribed"] or ""),
                bounced=parse_flag(row["bounced"] or ""),
            )
        )
    return contacts
