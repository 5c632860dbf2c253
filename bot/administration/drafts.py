"""Remember the files that wait for their administrator's word, and where their previews stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.administration.incoming import Incoming
from bot.administration.offers import Offer


@dataclass(slots=True)
class Draft:
    """A file that was read and is not published yet."""

    person: int
    file: Path
    pages: bool = False
    """It is made of photos."""
    given: Mapping[str, str] = field(default_factory=dict)
    """What the administrator corrected."""
    offer: Offer | None = None
    """The buttons under its latest preview."""
    shown_in: tuple[int, ...] = ()
    """The numbers of the messages of that preview."""
    busy: bool = False
    """It is being read or published, so that nothing else can be done with it."""

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file.name


class Drafts:
    """The drafts of all administrators, oldest first."""

    def __init__(self, incoming: Incoming) -> None:
        self._incoming = incoming
        self._kept: list[Draft] = []

    def keep(self, draft: Draft) -> None:
        """Remember a draft."""
        self._kept.append(draft)

    def forget(self, draft: Draft) -> None:
        """Forget a draft and remove its file."""
        if draft in self._kept:
            self._kept.remove(draft)
        self._incoming.discard(draft.file)

    def meant(self, person: int, answered: int | None) -> Draft | None:
        """Return the draft whose preview stands in the message that a person answers; their latest for no message."""
        own = [draft for draft in reversed(self._kept) if draft.person == person]
        return next((draft for draft in own if answered is None or answered in draft.shown_in), None)
