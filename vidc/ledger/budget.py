"""budget: whether a plan may cost what it might, and what would cost less."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Literal

from vidc.clock import INF

from .errors import Refused
from .plan import Plan, PlannedJob, total

MINUTE = 60_000


def check_budget(plan: Plan, max_minutes: Decimal | None, by: Literal["high", "expected"]) -> None:
    """`Refused` where the jobs that a plan sends may take more minutes than that, with the cheaper way."""
    jobs = plan.creates
    if max_minutes is None or not jobs:
        return
    most = int(max_minutes * MINUTE)
    taken = total(jobs)
    cost = taken.high if by == "high" else taken.expected
    if cost <= most:
        return
    limit = f"--max-minutes {max_minutes}"
    if cost == INF:
        open_ended = [job for job in jobs if job.length.high == INF]
        raise Refused(
            f"how long {_named(open_ended)} may become is not known, so {limit} cannot hold it: "
            f"`vidc measure {open_ended[0].spec}` measures its media; or state `intrinsicDuration`; "
            f"or --budget-by expected ({minutes(taken.expected)})"
        )
    ways = [] if by == "expected" or taken.expected > most else ["--budget-by expected fits it"]
    left_out = _left_out(jobs, most, by)
    if len(left_out) < len(jobs):
        ways.append(f"without {_named(left_out)} it fits")
    advice = f": {'; or '.join(ways)}" if ways else ": every job alone is more than that"
    which = "may cost" if by == "high" else "is expected to cost"
    raise Refused(f"the plan {which} {minutes(cost)}, which is more than {limit}{advice}")


def _left_out(jobs: list[PlannedJob], most: int, by: str) -> list[PlannedJob]:
    """The fewest jobs without which the others fit."""

    def cost(job: PlannedJob) -> int | float:
        return job.length.high if by == "high" else job.length.expected

    rest = sum(map(cost, jobs))
    left = []
    for job in sorted(jobs, key=cost, reverse=True):
        if rest <= most:
            break
        rest -= cost(job)
        left.append(job)
    return left


def _named(jobs: list[PlannedJob]) -> str:
    names = [job.spec for job in jobs]
    return " and ".join(names) if len(names) < 3 else f"{names[0]}, {names[1]} and {len(names) - 2} more"


def minutes(ms: int | float) -> str:
    """Minutes as a person reads them: `0 min`, `0.05 min`, `12.3 min`, `unbounded`; a little is not shown as none."""
    if ms == INF:
        return "unbounded"
    if not ms:
        return "0 min"
    return f"{ms / MINUTE:.1f} min" if ms >= MINUTE else f"{max(ms / MINUTE, 0.01):.2f} min"


class Rate:
    """Money for each minute, as a person gave it: `3.50 EUR`, `2`."""

    def __init__(self, text: str) -> None:
        number, _, unit = text.strip().partition(" ")
        try:
            self.price = Decimal(number)
        except InvalidOperation:
            raise ValueError(f"{text!r} is no price; it looks like `3.50 EUR`") from None
        if not self.price.is_finite() or self.price < 0:
            raise ValueError(f"{text!r} is no price; it looks like `3.50 EUR`")
        self.unit = unit.strip()

    def of(self, ms: int) -> Decimal:
        return (self.price * ms / MINUTE).quantize(Decimal("0.01"))

    def shown(self, ms: int | float) -> str:
        return "unbounded" if ms == INF else f"{self.of(int(ms))} {self.unit}".rstrip()
