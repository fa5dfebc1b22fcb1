"""Runs as a program: forks processes that apply intents, and kills them with SIGKILL after a random time.

    python -m crash.nursery LEDGER URL KILLS SEED

Prints how many were killed while they worked. Forking is quick, so many die in little time.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time

from vidc.colossyan.client import Client
from vidc.colossyan.service import Service
from vidc.ledger.errors import LedgerTrouble
from vidc.ledger.ledger import open_ledger
from vidc.ledger.send import Stopped, send


def work(address: str, url: str) -> None:
    ledger = open_ledger(address)
    ledger.recover()
    keys = [row.key for row in ledger.intents() if row.state == "planned"]
    try:
        with Client(Service(url)) as client:
            send(ledger, client, keys)
    except (Stopped, LedgerTrouble):
        pass
    left = any(row.state == "planned" for row in ledger.intents())
    ledger.close()
    os._exit(7 if left else 0)


def main(address: str, url: str, kills: int, seed: int) -> None:
    import httpx  # noqa: F401  # loaded once, before the forks
    import psycopg  # noqa: F401

    chance = random.Random(seed)
    killed, done = 0, False
    while not done:
        child = os.fork()
        if child == 0:
            try:
                work(address, url)
            finally:
                os._exit(9)
        if killed < kills:
            time.sleep(chance.uniform(0.02, 0.25))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            killed += 1
        else:
            assert os.WEXITSTATUS(status) in (0, 7), status
            done = os.WEXITSTATUS(status) == 0
    print(killed)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
