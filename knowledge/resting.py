"""Leave a service alone that fails again and again, so that nobody waits for what will not come.

After some failures in a row it rests. When the rest is over one try is let through and all others still go without;
each such try begins a rest that is twice as long, until one works. Libraries that do this rest equally long each time,
and let everybody through after the first rest.
"""

import time
from threading import Lock

_FIRST_S = 30.0
_LONGEST_S = 300.0


class Resting:
    """What one service may be asked; any number of threads may use it at once."""

    def __init__(self, *, failures: int, first_s: float = _FIRST_S, longest_s: float = _LONGEST_S) -> None:
        """Take how many failures in a row begin a rest, and how long the first and the longest are."""
        self._most = failures
        self._first_s = first_s
        self._longest_s = longest_s
        self._lock = Lock()
        self._failures = 0
        self._rest_s = first_s
        self._until = 0.0

    @property
    def rests(self) -> bool:
        """The service is left alone now; what asks for this alone takes nobody's try."""
        return self._failures >= self._most and time.monotonic() < self._until

    def lets_through(self) -> bool:
        """Tell whether the service may be asked; whoever is let through should say what came of it."""
        with self._lock:
            if self._failures < self._most:
                return True
            if self.rests:
                return False
            # Begun now, the next rest also holds where nobody tells what came of this try.
            self._rest_s = min(2 * self._rest_s, self._longest_s)
            self._until = time.monotonic() + self._rest_s
            return True

    def failed(self) -> None:
        """Note that the service did not do its work."""
        with self._lock:
            self._failures += 1
            if self._failures >= self._most:
                self._until = time.monotonic() + self._rest_s

    def worked(self) -> None:
        """Note that the service did its work: it is asked again, by everybody."""
        with self._lock:
            self._failures = 0
            self._rest_s = self._first_s
