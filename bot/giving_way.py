"""Let the processes that the bot starts leave the processor to the people whom it answers."""

import os
import sys
from contextlib import suppress

_NICENESS = 10
"""About a tenth of a busy processor is left to them; nobody waits for a build without end."""


def give_way(pid: int) -> None:
    """Lower the priority of a process that has just been started, where the system knows priorities.

    It has to be of our session: where sessions share a processor evenly (Linux "autogroup"), priorities say nothing
    from one to another.
    """
    if sys.platform != "win32":
        with suppress(OSError):  # it has ended, or may not be made to wait less than we do
            os.setpriority(os.PRIO_PROCESS, pid, _NICENESS)
