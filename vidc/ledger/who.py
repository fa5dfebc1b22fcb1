"""who: names a process so that another can tell whether it still runs."""

from __future__ import annotations

import os
import sys
from functools import cache


def me() -> str:
    """This process: machine, process id and when it started. Process ids come again, starts do not."""
    return f"{machine()} {os.getpid()} {_started(os.getpid())}"


def has_ended(owner: str) -> bool:
    """Whether a process is known to have ended. One of another machine is never known to have: its lease tells."""
    try:
        where, pid, started = owner.split(" ")
        number = int(pid)
    except ValueError:
        return False
    if where != machine() or not sys.platform.startswith("linux"):
        return False
    return _started(number) != started


def shown(owner: str) -> str:
    """A process as a person reads it."""
    parts = owner.split(" ")
    return f"process {parts[1]}" if len(parts) == 3 else owner


@cache
def machine() -> str:
    """This machine since it started, and the namespace in which its process ids count."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            boot = file.read().strip()
        return f"{boot}/{os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        from uuid import getnode

        return f"{getnode():x}"


def _started(pid: int) -> str:
    """The clock tick at which a process started; empty where there is none, or where it has ended and is not buried."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]
