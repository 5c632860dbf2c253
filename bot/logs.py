"""Write logs that carry ids, sizes and times, and never a person's words or a token."""

import logging
import sys
import traceback
from types import TracebackType

from knowledge.documents import Answer
from knowledge.writing.model_use import ModelUse

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_QUIETER = {
    "httpx": logging.WARNING,  # at INFO it writes every address, and the token is part of the address
    "httpcore": logging.WARNING,
    "alembic": logging.WARNING,  # at INFO it tells at every start that there was nothing to do
    "telegram": logging.CRITICAL,  # below that it writes whole updates; its errors come to bot.failures
}
_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def write_logs(*secrets: str, level: int = logging.INFO) -> None:
    """Log to stderr from now on, with `secrets` blotted out wherever they turn up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet(secrets))
    root = logging.getLogger()
    root.setLevel(level)
    root.handlers[:] = [handler]
    logging.raiseExceptions = False  # where a line cannot be written, it would be printed with all it quotes
    for name, quieter in _QUIETER.items():
        logging.getLogger(name).setLevel(quieter)


def line_of(answer: Answer, use: ModelUse | None, edition: str, took_ms: float) -> str:
    """Return what the log says of an answer: how it was made and what that took."""
    line = f"{answer.status} by {answer.engine} in {took_ms:.0f} ms, edition {edition or '-'}"
    if use is None:
        return line
    dropped = ", ".join(f"{count} {reason}" for reason, count in use.dropped.items()) or "0"
    return (
        f"{line}; model {use.model}, prompt {use.prompt}, {use.calls} calls, {use.tokens_in}+{use.tokens_out} tokens, "
        f"{use.took_ms:.0f} ms, kept {use.kept}, dropped {dropped}, quoted {use.quoted}, failure {use.failure or '-'}"
    )


class _Discreet(logging.Formatter):
    """Blots out secrets, and prints exceptions without their messages, which may quote a person's words."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__(_FORMAT)
        self._secrets = tuple(filter(None, secrets))

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return line

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802 - the library's name
        _, error, _ = ei
        return _trace(error) if error else ""


def _trace(error: BaseException) -> str:
    """Return where an error and its causes arose, and what kinds they are."""
    parts = [
        *traceback.format_tb(error.__traceback__),
        f"{type(error).__module__}.{type(error).__qualname__}",
    ]
    if cause := error.__cause__ or error.__context__:
        parts = [_trace(cause), "\nwhich led to:\n", *parts]
    return "".join(parts)
