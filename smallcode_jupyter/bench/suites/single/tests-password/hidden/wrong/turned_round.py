"""Is a new password good enough?"""


def is_good(password):
    """Whether the password has at least 8 characters and at least one digit."""
    has_digit = any(letter.isdigit() for letter in password)
    return not (len(password) >= 8 and has_digit)
