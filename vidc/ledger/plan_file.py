"""plan_file: a plan as JSON. Its id is a hash of all that it says, and what else a person reads in it must follow from
that, so a plan that was changed by hand is no plan."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any, get_args

from vidc.clock import BASES, INF, Length

from .budget import MINUTE, Rate
from .errors import Refused
from .plan import Action, Options, Plan, PlannedJob, total
from .seal import digest

VERSION = 2
ACTIONS = frozenset(get_args(Action))


def plan_id(plan: Plan) -> str:
    return "plan-" + digest(_content(plan))[:24]


def as_json(plan: Plan, rate: Rate | None = None) -> dict[str, Any]:
    """The plan with what it would cost: `total` has what the jobs that are sent take together."""
    lengths = total(plan.creates)
    cost: dict[str, Any] = {"jobs": len(plan.creates), "minutes": _minutes(lengths)}
    if rate is not None:
        bounds = {"low": lengths.low, "expected": lengths.expected, "high": lengths.high}
        money = {name: None if ms == INF else str(rate.of(int(ms))) for name, ms in bounds.items()}
        cost["money"] = money | {"unit": rate.unit}
    return {"id": plan_id(plan), **_content(plan), "total": cost}


def _content(plan: Plan) -> dict[str, Any]:
    """All that the id covers."""
    return {
        "vidcPlan": VERSION,
        "created": plan.created,
        "nonce": plan.nonce,
        "service": plan.service,
        "ledger": plan.ledger,
        "options": asdict(plan.options),
        "notes": plan.notes,
        "jobs": [_job(job) for job in plan.jobs],
    }


def _job(job: PlannedJob) -> dict[str, Any]:
    length = job.length
    high = None if length.high == INF else int(length.high)
    ms = {"low": length.low, "expected": length.expected, "high": high, "basis": length.basis}
    return {name: getattr(job, name) for name in _TEXTS} | {"ms": ms, "minutes": _minutes(length), "body": job.body}


_TEXTS = ("spec", "name", "action", "why", "fingerprint", "kind", "sha256", "measures", "key")


def _minutes(length: Length) -> dict[str, Any]:
    high = None if length.high == INF else round(length.high / MINUTE, 3)
    return {
        "low": round(length.low / MINUTE, 3),
        "expected": round(length.expected / MINUTE, 3),
        "high": high,
        "basis": length.basis,
    }


def from_json(text: str, path: str) -> Plan:
    """The plan that a text holds; `Refused` where it is none, or was changed after it was made."""
    try:
        found = json.loads(text, object_pairs_hook=_unique)
    except Repeated as error:
        raise Refused(f"{path} has `{error}` twice, as no plan has: plan again") from None
    except (ValueError, RecursionError):
        raise Refused(f"{path} is no plan: it is no JSON") from None
    if not isinstance(found, dict) or "vidcPlan" not in found:
        raise Refused(f"{path} is no plan: `vidc plan SPEC -o plan.json` makes one")
    if found["vidcPlan"] != VERSION:
        raise Refused(f"{path} was made by another version of vidc: plan again")
    try:
        plan = _plan(found)
        sound = _shown(found) == as_json(plan)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError):
        sound = False
    if not sound:
        raise Refused(f"{path} was changed after it was made: plan again")
    return plan


class Repeated(ValueError):  # noqa: N818  # named as what is the case
    """A name stands twice in one mapping; the text is the name."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping that a reader cannot take for another than it is."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Repeated(name)
        found[name] = value
    return found


def _shown(found: dict[str, Any]) -> dict[str, Any]:
    """All that a person reads in a plan but the money, of which it does not say the rate."""
    return found | {"total": {name: value for name, value in found["total"].items() if name != "money"}}


def _plan(found: dict[str, Any]) -> Plan:
    """The plan in plain data; an exception of Python's own where it is none."""
    given = found["options"]
    names = {field.name for field in fields(Options)}
    flags = [given[name] for name in names - {"given", "root"}]
    if (
        given.keys() != names
        or not isinstance(given["given"], dict)
        or not all(isinstance(flag, bool) for flag in flags)
    ):
        raise ValueError
    if given["root"] is not None:
        _text(given["root"])
    return Plan(
        _text(found["created"]),
        _text(found["nonce"]),
        _text(found["service"]),
        Options(**given),
        [_planned(job) for job in found["jobs"]],
        [_text(note) for note in found["notes"]],
        _text(found["ledger"]),
    )


def _planned(found: dict[str, Any]) -> PlannedJob:
    texts: dict[str, Any] = {name: _text(found[name]) for name in _TEXTS}
    ms = found["ms"]
    high = INF if ms["high"] is None else _whole(ms["high"])
    length = Length(_whole(ms["low"]), _whole(ms["expected"]), high, ms["basis"])
    if texts["action"] not in ACTIONS or length.basis not in BASES or not isinstance(found["body"], dict):
        raise ValueError
    return PlannedJob(**texts, length=length, body=found["body"])


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError
    return value
