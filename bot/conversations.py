"""Remember the latest conversations, one to a person and chat, within a bounded memory."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.assistant import Conversation

MOST_CONVERSATIONS = 1000


class Conversations:
    """The conversations used last; whoever has been silent longest is forgotten first."""

    def __init__(self, start: "Callable[[], Conversation]", most: int = MOST_CONVERSATIONS) -> None:
        self._start = start
        self._most = most
        self._kept: OrderedDict[Hashable, Conversation] = OrderedDict()

    def of(self, key: Hashable) -> "Conversation":
        """Return the conversation of a key, a new one where there is none."""
        if key not in self._kept:
            self._kept[key] = self._start()
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return self._kept[key]

    def passing(self) -> "Conversation":
        """Return a conversation that nobody remembers."""
        return self._start()
