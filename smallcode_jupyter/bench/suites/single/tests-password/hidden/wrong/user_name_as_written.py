"""Is a new password good enough?"""

FEWEST_CHARACTERS = 10


def problems(password, username=""):
    """What is wrong with a new password: a list of texts, empty if it is good.

    In this order, each at most once:

    - "too short" if it has fewer than 10 characters,
    - "no digit" if there is no digit in it,
    - "no capital" if there is no capital letter in it,
    - "contains the user name" if the user name is in it, in capitals or not. Without a user name this is not checked.
    """
    found = []
    if len(password) < FEWEST_CHARACTERS:
        found.append("too short")
    if not any(letter.isdigit() for letter in password):
        found.append("no digit")
    if not any(letter.isupper() for letter in password):
        found.append("no capital")
    if username and username in password:
        found.append("contains the user name")
    return found
