"""An address book."""


class Contact:
    """A person or a company."""

    def __init__(self, first="", last="", middle="", company=None):
        self.first = first
        self.middle = middle
        self.last = last
        self.company = company
        self.changes = []

    def _touch(self, field):
        self.changes.append(field)

    def set_street(self, value):
        """Set the street; an empty text is refused."""
        if not value.strip():
            raise ValueError("street must not be empty")
        self.street = value.strip()
        self._touch("street")

    def clear_street(self):
        """Forget the street."""
        self.street = None
        self._touch("street")


    def set_city(self, value):
        """Set the city; an empty text is refused."""
        if not value.strip():
            raise ValueError("city must not be empty")
        self.city = value.strip()
        self._touch("city")

    def clear_city(self):
        """Forget the city."""
        self.city = None
        self._touch("city")


    def set_postal_code(self, value):
        """Set the postal code; an empty text is refused."""
        if not value.strip():
            raise ValueError("postal_code must not be empty")
        self.postal_code = value.strip()
        self._touch("postal_code")

    def clear_postal_code(self):
        """Forget the postal code."""
        self.postal_code = None
        self._touch("postal_code")


    def set_country(self, value):
        """Set the country; an empty text is refused."""
        if not value.strip():
            raise ValueError("country must not be empty")
        self.country = value.strip()
        self._touch("country")

    def clear_country(self):
        """Forget the country."""
        self.country = None
        self._touch("country")


    def set_phone(self, value):
        """Set the phone; an empty text is refused."""
        if not value.strip():
            raise ValueError("phone must not be empty")
        self.phone = value.strip()
        self._touch("phone")

    def clear_phone(self):
        """Forget the phone."""
        self.phone = None
        self._touch("phone")


    def set_email(self, value):
        """Set the email; an empty text is refused."""
        if not value.strip():
            raise ValueError("email must not be empty")
        self.email = value.strip()
        self._touch("email")

    def clear_email(self):
        """Forget the email."""
        self.email = None
        self._touch("email")


    def set_company(self, value):
        """Set the company; an empty text is refused."""
        if not value.strip():
            raise ValueError("company must not be empty")
        self.company = value.strip()
        self._touch("company")

    def clear_company(self):
        """Forget the company."""
        self.company = None
        self._touch("company")


    def set_department(self, value):
        """Set the department; an empty text is refused."""
        if not value.strip():
            raise ValueError("department must not be empty")
        self.department = value.strip()
        self._touch("department")

    def clear_department(self):
        """Forget the department."""
        self.department = None
        self._touch("department")


    def set_job_title(self, value):
        """Set the job title; an empty text is refused."""
        if not value.strip():
            raise ValueError("job_title must not be empty")
        self.job_title = value.strip()
        self._touch("job_title")

    def clear_job_title(self):
        """Forget the job title."""
        self.job_title = None
        self._touch("job_title")


    def set_birthday(self, value):
        """Set the birthday; an empty text is refused."""
        if not value.strip():
            raise ValueError("birthday must not be empty")
        self.birthday = value.strip()
        self._touch("birthday")

    def clear_birthday(self):
        """Forget the birthday."""
        self.birthday = None
        self._touch("birthday")


    def set_website(self, value):
        """Set the website; an empty text is refused."""
        if not value.strip():
            raise ValueError("website must not be empty")
        self.website = value.strip()
        self._touch("website")

    def clear_website(self):
        """Forget the website."""
        self.website = None
        self._touch("website")


    def set_note(self, value):
        """Set the note; an empty text is refused."""
        if not value.strip():
            raise ValueError("note must not be empty")
        self.note = value.strip()
        self._touch("note")

    def clear_note(self):
        """Forget the note."""
        self.note = None
        self._touch("note")

    def full_name(self):
        """First, middle and last name."""
        return f"{self.first} {self.middle} {self.last}"

    def display_name(self):
        """What a list of contacts shows."""
        return self.full_name()

    def initials(self):
        """The first letters of first and last name."""
        return "".join(part[0].upper() for part in (self.first, self.last) if part)


def sort_contacts(contacts):
    """By last, then first name, ignoring case."""
    return sorted(contacts, key=lambda contact: (contact.last.lower(), contact.first.lower()))
