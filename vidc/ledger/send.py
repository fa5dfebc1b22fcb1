"""send: sends planned intents, each once. The claim is on disk before a byte leaves, the answer before the next."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vidc.colossyan.answers import Ticket
from vidc.colossyan.client import Client
from vidc.colossyan.errors import Barred, Doubtful, Interrupted, NotSent, Rejected, ServiceError, Throttled

from .errors import LedgerTrouble
from .intent import Intent
from .ledger import Ledger

MAX_DOUBTS = 2
"""After so many doubts in a row the run stops: each further one would have to be settled by a person."""

NOTE_S = (0.0, 1.0, 4.0, 15.0)
"""Seconds to wait before each try to note an answer."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one intent: its state now, and why where it is not `submitted`. `stray`: the job that it was
    accepted as, where it is another's by now."""

    intent: Intent
    state: str
    reason: str = ""
    stray: str = ""


class Stopped(Exception):  # noqa: N818  # the run's end, with its cause
    """The run ended early; `cause` is why. What was not sent is still planned. The text says what `tell` did not hear:
    what is left, or nothing."""

    def __init__(self, cause: ServiceError | LedgerTrouble, text: str) -> None:
        super().__init__(text)
        self.cause = cause


def send(ledger: Ledger, client: Client, keys: Iterable[str], tell: Callable[[Sent], None] = lambda _: None) -> None:
    """Send each of the intents that is planned; those that another process took are left to it.

    `tell` hears of each that was sent. `Stopped` where going on would do no good.
    """
    doubts = 0
    left = list(dict.fromkeys(keys))
    while left:
        intent = _claimed(ledger, left.pop(0))
        if intent is None:
            continue
        sent, stop = _send_one(ledger, client, intent, tell)
        tell(sent)
        doubts = doubts + 1 if isinstance(stop, Doubtful) else 0
        if stop is not None and (not isinstance(stop, Doubtful) or doubts == MAX_DOUBTS):
            raise Stopped(stop, _untried(len(left)))


def _untried(number: int) -> str:
    if not number:
        return ""
    return f"stopped: {number} {'job was' if number == 1 else 'jobs were'} not tried; the same command goes on"


def _claimed(ledger: Ledger, key: str) -> Intent | None:
    """Claim an intent. Where it is in doubt whether that was noted, nothing was sent yet: it is given back."""
    claim = secrets.token_hex(8)
    try:
        return ledger.claim(key, claim)
    except LedgerTrouble as error:
        with contextlib.suppress(LedgerTrouble):
            ledger.report("not-sent", key, claim, reason="the ledger failed before it was sent")
        raise LedgerTrouble(f"{error}; what was not said to be sent was not") from error


def _send_one(
    ledger: Ledger, client: Client, intent: Intent, tell: Callable[[Sent], None]
) -> tuple[Sent, ServiceError | None]:
    """What became of a claimed intent, and the failure where it may be the next one's too. `tell` hears of a doubt that
    an interruption leaves."""
    try:
        ticket = client.create_job(
            intent.body.encode(), template=intent.kind == "template", ready=lambda: _still(ledger, intent)
        )
    except (NotSent, Throttled) as error:
        return _noted(ledger, intent, "not-sent", str(error)), error
    except Rejected as error:
        return _noted(ledger, intent, "refused", str(error)), error if isinstance(error, Barred) else None
    except Doubtful as error:
        return _noted(ledger, intent, "doubt", str(error)), error
    except BaseException as error:
        event, reason = _ended(error)
        with contextlib.suppress(LedgerTrouble):
            tell(Sent(intent, ledger.report(event, intent.key, intent.claim, reason=reason), reason))
        raise
    return _accepted(ledger, intent, ticket), None


def _ended(error: BaseException) -> tuple[str, str]:
    """What becomes of an intent when the process ends while it is sent, and why."""
    match error:
        case Interrupted():
            return "not-sent", "interrupted before it was sent"
        case KeyboardInterrupt():
            return "doubt", "interrupted while it was sent"
    return "doubt", f"{type(error).__name__} while it was sent"


def _still(ledger: Ledger, intent: Intent) -> None:
    """A machine that slept may wake up with a claim that others take for lost."""
    if ledger.clock.wall() > intent.lease - 120:
        raise NotSent("the claim is too old to be used")


def _noted(ledger: Ledger, intent: Intent, event: str, reason: str) -> Sent:
    try:
        return Sent(intent, _report(ledger, intent, event, reason=reason), reason)
    except LedgerTrouble as error:
        raise LedgerTrouble(f"{error}; of {intent.spec} it could not note: {reason}") from error


def _accepted(ledger: Ledger, intent: Intent, ticket: Ticket) -> Sent:
    """Note the answer. Where the ledger cannot, say the ids, so that a person can."""
    try:
        _report(ledger, intent, "accepted", job_id=ticket.job_id, video_id=ticket.video_id)
        now = ledger.row(intent.key)
        stray = "" if now.job_id == ticket.job_id or now.state == "unknown" else ticket.job_id
        return Sent(intent, now.state, now.reason, stray)
    except (LedgerTrouble, KeyboardInterrupt) as error:
        why = str(error) or "interrupted before the answer was noted"
        advice = f"`vidc resolve {intent.key} --adopt {ticket.job_id} {ticket.video_id or 'VIDEO_ID'}`"
        raise LedgerTrouble(f"{why}; {intent.spec} was accepted: once that can be noted, {advice}") from error


def _report(ledger: Ledger, intent: Intent, event: str, **said: str) -> str:
    """Note what was learned, again and again where the ledger cannot: it is worth more than the time."""
    for wait in NOTE_S:
        ledger.clock.sleep(wait)
        try:
            return ledger.report(event, intent.key, intent.claim, **said)
        except LedgerTrouble as error:
            trouble = error
    raise trouble
