"""Take from a process what reading a foreign file does not need: memory without end, the network, its orphanhood."""

import ctypes
import os
import signal
import sys
from contextlib import suppress

from ingest.limits import MEGABYTE

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
"""`CLONE_NEWUSER` and `CLONE_NEWNET` of <linux/sched.h>; Python has `os.unshare` from 3.12 on."""
_DEATH_SIGNAL = 1
"""`PR_SET_PDEATHSIG` of <linux/prctl.h>."""
_LARGEST_FILE = 200 * MEGABYTE


def confine(memory: int) -> bool:
    """Bound this process and those it starts, and return whether they are cut off from the network.

    Call it before anything starts a thread: a process of several threads may not leave its namespace. Where the
    system has no such bounds (Windows has none, macOS not all), those of the process that started this one remain.
    """
    _die_with_parent()
    _bound(memory)
    return _leave_network()


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)


def _bound(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415 - Windows has no such module
    except ImportError:
        return
    bounds = {resource.RLIMIT_DATA: memory, resource.RLIMIT_FSIZE: _LARGEST_FILE, resource.RLIMIT_CORE: 0}
    for kind, bound in bounds.items():
        with suppress(ValueError, OSError):  # a lower bound was set from outside
            resource.setrlimit(kind, (bound, bound))


def _leave_network() -> bool:
    """Move to a network without any connection, as root by right, else by becoming root of a namespace of one's own."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    unshare = getattr(libc, "unshare", None)
    if unshare is None:
        return False
    owner, group = os.geteuid(), os.getegid()
    if unshare(_NEW_NETWORK) == 0:
        return True
    if unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    _keep_names(owner, group)
    return True


def _keep_names(owner: int, group: int) -> None:
    """Be the same user inside the namespace; without it files seem to belong to nobody."""
    for name, line in {"setgroups": "deny", "uid_map": f"{owner} {owner} 1", "gid_map": f"{group} {group} 1"}.items():
        with suppress(OSError), open(f"/proc/self/{name}", "w", encoding="ascii") as table:  # noqa: PTH123 - no path of ours
            table.write(line)
