"""Start a Python module as a process of its own, and leave nothing of it behind, whatever happens."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence

from bot.giving_way import give_way

_LONGEST_LINE = 64 * 2**20
_GRACE_S = 3.0
_HAS_GROUPS = os.name == "posix"
_SECRETS = ("TELEGRAM_BOT_TOKEN",)
"""What the bot knows and its children need not."""


@contextlib.asynccontextmanager
async def child_process(
    module: str, arguments: Sequence[str], environment: Mapping[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `python -m module` in a group of its own; its standard output is to be read, it gets no input.

    At the end, also when this is cancelled, all that still runs of the group is ended.
    """
    known = {name: value for name, value in os.environ.items() if name not in _SECRETS}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        limit=_LONGEST_LINE,
        env={**known, **(environment or {})},
        process_group=0,
    )
    give_way(process.pid)
    try:
        yield process
    finally:
        await asyncio.shield(_end(process))


async def _end(process: asyncio.subprocess.Process) -> None:
    """End what still runs of a group: asked to first, so that it can put files back; then by force."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT if _HAS_GROUPS else signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _GRACE_S)
    with contextlib.suppress(ProcessLookupError):
        if _HAS_GROUPS:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    await process.wait()
