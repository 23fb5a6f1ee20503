"""How often a user may call the service."""


class RateLimit:
    """At most `limit` calls of a user in any `window` seconds. Times are given, in seconds, and never go back."""

    def __init__(self, limit, window):
        self.limit = limit
        self.window = window
        self._calls = {}

    def allow(self, user, now):
        """Whether the user may call now; if so, the call is counted. A refused call is not counted.

        A call that is `window` seconds old, or older, does not count any more. Every user is counted alone.
        """
        calls = self._recent(user, now)
        if len(calls) >= self.limit:
            return False
        calls.append(now)
        return True

    def remaining(self, user, now):
        """How many more calls the user could make now."""
        return self.limit - len(self._calls.get(user, []))

    def reset(self, user):
        """Forget the calls of this user, and of no other."""
        self._calls.pop(user, None)

    def _recent(self, user, now):
        calls = [time for time in self._calls.get(user, []) if now - time < self.window]
        self._calls[user] = calls
        return calls
