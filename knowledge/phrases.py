"""Word the sentences that stand around quotes: `data/phrases.toml`, in Vietnamese and English."""

import tomllib
from dataclasses import dataclass
from importlib import resources
from string import Template


@dataclass(frozen=True, slots=True)
class Phrases:
    """The sentences of one language."""

    sentences: dict[str, str]

    def say(self, sentence: str, /, **values: object) -> str:
        """Fill in a sentence; KeyError where the sentence or one of its values is missing."""
        return Template(self.sentences[sentence]).substitute(values)


def load_phrases() -> dict[bool, Phrases]:
    """Load both languages; the key tells whether it is English."""
    text = resources.files("knowledge").joinpath("data", "phrases.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return {False: Phrases(tables["vi"]), True: Phrases(tables["en"])}
