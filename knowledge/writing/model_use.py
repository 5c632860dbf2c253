"""What asking a model cost and what came of it: names, numbers and times for logs and charts, never a word of text."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ModelUse:
    """The use that one answer made of a model."""

    model: str
    prompt: str
    """The prompts that were used, with the first letters of their SHA-256: `answer@1f2e3d4c`."""
    calls: int = 0
    """Requests that were sent, failed ones too."""
    tokens_in: int = 0
    tokens_out: int = 0
    took_ms: float = 0.0
    kept: int = 0
    """Statements that stood verification."""
    dropped: Mapping[str, int] = field(default_factory=dict)
    """How many statements did not, by reason."""
    quoted: int = 0
    """Statements of the answer in whose place their quotes stand; they are counted as dropped as well."""
    retried: bool = False
    """The model was told what had failed, and wrote again."""
    failure: str | None = None
    """Why there is no answer of the model: `timeout`, `unavailable`, `resting` (it failed several times in a row),
    `refused`, `unreadable`, `spent`, `unverified` (no statement stood), `not_answered` (it wrote none); None where
    there is one."""
