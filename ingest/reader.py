"""The process that opens foreign files: confined first, it reads job after job from standard input.

`python -m ingest.reader <bytes of memory>` is started by `ingest.reading` alone, in a folder with the files. Nothing
but its answers comes out, so whatever a file does to a parser ends here.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb
from typing import TextIO

from ingest import texts
from ingest.confinement import confine
from ingest.errors import BrokenFileError, TooMuchMemoryError, UnreadableFileError
from ingest.messages import Job, Message, Pages, Read, Ready, refusal
from ingest.read import read_all

Answer = Callable[[Message], None]


def main(memory: int) -> None:
    """Confine this process, then read files until there are no more jobs."""
    stream = _own_output()

    def answer(message: Message) -> None:
        stream.write(f"{message.model_dump_json()}\n")
        stream.flush()

    answer(Ready(offline=confine(memory)))
    for line in sys.stdin:
        _read(Job.model_validate_json(line), answer)


def _own_output() -> TextIO:
    """Keep standard output for answers: what a library prints goes nowhere."""
    stream = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return stream


def _read(job: Job, answer: Answer) -> None:
    path = Path(job.file)
    message: Message
    try:
        message = Read(readings=read_all(path, job.given, lambda done, whole: answer(Pages(done=done, whole=whole))))
    except UnreadableFileError as error:
        # A parser may have hidden in its own words that there was no memory left.
        message = refusal(TooMuchMemoryError(path) if _lacked_memory(error) else error)
    except MemoryError:
        message = refusal(TooMuchMemoryError(path))
    except Exception as error:  # noqa: BLE001 - a parser's failure on a foreign file is a verdict on the file
        reason = texts.PARSER_FAILED.format(error=type(error).__name__)
        message = refusal(BrokenFileError(path, reason=reason), _fault(error))
    answer(message)


def _lacked_memory(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, MemoryError):
        error = error.__cause__ or error.__context__
    return error is not None


def _fault(error: Exception) -> str:
    """Return where in the code an error arose, without any words of the file."""
    frame = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"


if __name__ == "__main__":
    main(int(sys.argv[1]))
