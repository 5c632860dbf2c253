"""Have `python -m ingest` do the work in a process of its own, and hear how far it is and what came of it.

Whatever a file or a build does, it ends with that process: the bot only reads its lines of JSON, ends it when it says
nothing for too long, and has a sentence for the administrator in every case.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.administration import texts
from bot.administration.child_process import child_process
from bot.administration.results import Gate, Line, Refused, Step

_log = logging.getLogger(__name__)
Result = TypeVar("Result", bound=BaseModel)
Tell = Callable[[Step], None]


class IngestFailedError(Exception):
    """The work was not done; `str()` is the sentence for the administrator."""


class GateRefusedError(IngestFailedError):
    """Questions that were answered right before would now be answered wrong; nothing was published."""

    def __init__(self, sentence: str, gate: Gate) -> None:
        super().__init__(sentence)
        self.gate = gate


async def ingest(
    arguments: Sequence[str], data_dir: Path, expected: type[Result], tell: Tell, *, silence_s: float
) -> Result:
    """Run one command of `ingest` and return its result.

    `tell` is called with every step of its progress. The command is ended when it says nothing for `silence_s` seconds,
    and when this is cancelled. Raises `GateRefusedError` where the questions refuse, else `IngestFailedError`.
    """
    last: Line | None = None
    environment = {"DATA_DIR": str(await asyncio.to_thread(data_dir.absolute))}
    async with child_process("ingest", [*arguments, "--json"], environment) as process:
        try:
            async for line in _lines(process, silence_s):
                last = line
                if line.progress:
                    tell(line.progress)
            code = await asyncio.wait_for(process.wait(), silence_s)
        except TimeoutError:
            _log.error("ingest %s says nothing and is ended", arguments[0])
            raise IngestFailedError(texts.WORK_HANGS) from None
    if last and last.error:
        raise _refusal(last.error, arguments)
    if last is None or last.result is None or code:
        _log.error("ingest %s ended with code %s and without a result", arguments[0], code)
        raise IngestFailedError(texts.WORK_BROKE)
    return expected.model_validate(last.result)


async def _lines(process: asyncio.subprocess.Process, silence_s: float) -> AsyncIterator[Line]:
    """Read what the command says; TimeoutError where it says nothing for too long."""
    assert process.stdout  # noqa: S101 - every child's output is to be read
    while True:
        try:
            line = await asyncio.wait_for(process.stdout.readline(), silence_s)
        except ValueError:  # longer than any line of its own
            return
        if not line:
            return
        with contextlib.suppress(ValidationError):
            yield Line.model_validate_json(line)


def _refusal(error: Refused, arguments: Sequence[str]) -> IngestFailedError:
    sentence = error.sentence
    for argument in arguments:  # a clerk knows a file by its name, not by where the bot keeps it
        if Path(argument).is_absolute():
            sentence = sentence.replace(argument, Path(argument).name)
    return GateRefusedError(sentence, error.gate) if error.gate else IngestFailedError(sentence)
