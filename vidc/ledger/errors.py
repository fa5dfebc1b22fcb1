"""errors: what stops a plan, a ledger or a submission.

LedgerTrouble       the ledger cannot be read or written: disk, lock or database. Trying again may help
Refused             it is not safe to go on; the text says why and what to do
"""

from __future__ import annotations


class LedgerTrouble(Exception):  # noqa: N818  # the world's
    pass


class Refused(Exception):  # noqa: N818  # a decision, not a mistake
    pass
