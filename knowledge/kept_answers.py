"""Keep what editions answered to the questions that they were tried with: an edition does not change."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.editions import published_editions
from knowledge.embeddings import EditionEmbeddings
from knowledge.evaluate import Question
from knowledge.sources import cache_folder, code_fingerprint
from knowledge.trial import Trial

Trials = Mapping[str, Trial]
"""How questions were answered, by their keys."""


def keys(questions: Sequence[Question]) -> tuple[str, ...]:
    """Return what each question's answer is kept under: all that it depends on but the edition and the program.

    That is the question itself, and where it stands in a chat all of the chat.
    """
    return tuple(
        _sha256("".join(other.model_dump_json() for other in questions if other.chat == question.chat), question)
        if question.chat
        else _sha256("", question)
        for question in questions
    )


def _sha256(chat: str, question: Question) -> str:
    return hashlib.sha256(f"{chat}\n{question.model_dump_json()}".encode()).hexdigest()


class _Kept(BaseModel):
    """What an edition answered."""

    model_config = ConfigDict(frozen=True)

    program: str
    """Fingerprint of the program that answered."""
    trials: dict[str, Trial]


class KeptAnswers:
    """What the editions answered, a file for each; they may be deleted at any time."""

    def __init__(self, data_dir: Path, embeddings: EditionEmbeddings) -> None:
        self._data_dir = data_dir
        self._folder = cache_folder(data_dir) / "answers"
        self._program = f"{code_fingerprint()} {embeddings.name}"

    def of(self, edition_id: str) -> Trials:
        """Return what this program is known to have answered from an edition."""
        try:
            kept = _Kept.model_validate_json(self._path(edition_id).read_bytes())
        except (FileNotFoundError, ValidationError):
            return {}
        return kept.trials if kept.program == self._program else {}

    def keep(self, edition_id: str, trials: Trials) -> None:
        """Keep what an edition answered, and forget those of editions that are gone."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(edition_id)
        new = path.with_suffix(".new")
        new.write_text(_Kept(program=self._program, trials=dict(trials)).model_dump_json(), encoding="utf-8")
        new.replace(path)
        editions = {edition.name for edition in published_editions(self._data_dir)} | {edition_id}
        for other in self._folder.iterdir():
            if other.stem not in editions:
                other.unlink()

    def _path(self, edition_id: str) -> Path:
        return self._folder / f"{edition_id}.json"
