"""errors: what stops a plan, a ledger or a submission.

LedgerTrouble       the ledger cannot be read or written: disk, lock or database. Trying again may help
Refused             it is not safe to go on; the text says why and what to do
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator


class LedgerTrouble(Exception):  # noqa: N818  # the world's
    pass


class Refused(Exception):  # noqa: N818  # a decision, not a mistake
    pass


@contextlib.contextmanager
def unsent() -> Iterator[None]:
    """Trouble in here says that nothing was sent."""
    try:
        yield
    except LedgerTrouble as error:
        raise LedgerTrouble(f"{error}; nothing was sent") from error
