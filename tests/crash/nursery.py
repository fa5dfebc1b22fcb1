"""Runs as a program: forks processes that run `vidc apply PLAN`, and kills them with SIGKILL after a random time.

    python -m crash.nursery KILLS SEED LOG PLAN...

Prints how many were killed while they worked. Forking is quick, so many die in little time. LOG gets what they print.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time

from vidc.cli.app import app
from vidc.ledger.ledger import open_ledger
from vidc.ledger.place import ledger_address

FIRST_S, LATER_S = 0.25, 0.05
"""The longest life of a process that takes a plan in, and of one that goes on with it."""


def born(plan: str, log: int) -> int:
    """The process id of a new `vidc apply`."""
    child = os.fork()
    if child == 0:
        os.dup2(log, 1)
        os.dup2(log, 2)
        sys.argv = ["vidc", "apply", plan]
        code = 9
        try:
            code = app()
        finally:
            sys.stdout.flush()
            os._exit(code)
    return child


def states() -> dict[str, str]:
    """What is in the ledger."""
    ledger = open_ledger(ledger_address(os.environ.get("VIDC_LEDGER")))
    rows = {row.key: row.state for row in ledger.intents()}
    ledger.close()
    return rows


def applied(plan: str, kills: int, chance: random.Random, log: int) -> int:
    """How many died before all of a plan was sent."""
    killed, now = 0, states()
    before = len(now)
    while len(now) == before or "planned" in now.values():
        child = born(plan, log)
        if killed < kills:
            time.sleep(chance.uniform(0, FIRST_S if len(now) == before else LATER_S))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) in (0, 3, 4), status
        now = states()
    return killed


def main(kills: int, seed: int, log: str, plans: list[str]) -> None:
    import httpx  # noqa: F401  # loaded once, before the forks
    import psycopg  # noqa: F401

    import vidc.cli.apply
    import vidc.ledger.apply  # noqa: F401

    chance = random.Random(seed)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    killed = 0
    for number, plan in enumerate(plans, 1):
        killed += applied(plan, kills * number // len(plans) - killed, chance, written)
    print(killed)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
