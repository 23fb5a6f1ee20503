"""How often a user may call the service."""


class RateLimit:
    """At most `limit` calls of each user."""

    def __init__(self, limit):
        self.limit = limit
        self.calls = {}

    def allow(self, user):
        """Whether the user may call once more; if so, the call is counted. Every user is counted alone."""
        used = self.calls.get(user, 0)
        if used >= self.limit:
            return False
        self.calls[user] = used + 1
        return True

    def reset(self, user):
        """Forget the calls of this user."""
        self.calls.get(user, None)
