"""plan_text: a plan as a person reads it, like a diff: what is added costs, everything else does not."""

from __future__ import annotations

from vidc.clock import INF, Length
from vidc.diag.cells import width, wrap
from vidc.diag.sink import brief, clean

from .budget import Rate, minutes
from .plan import Plan, PlannedJob, total

SIGNS = {"create": "+", "reuse": "=", "in flight": "~", "unknown": "?", "failed": "!", "deleted": "!"}
COLORS = {"+": "32", "~": "36", "?": "33", "!": "31"}
_AGAIN = "; --again sends it again"


def render(plan: Plan, *, columns: int = 80, color: bool = False, rate: Rate | None = None) -> str:
    """One entry for each spec, and what all that is sent costs together."""
    room = max((width(clean(job.spec)) for job in plan.jobs), default=0)
    lines = [line for job in plan.jobs for line in _job(job, min(room, columns // 2), columns, color)]
    return "\n".join([*lines, "", *_total(plan, columns, rate), ""])


def _job(job: PlannedJob, room: int, columns: int, color: bool) -> list[str]:
    sign = SIGNS[job.action]
    spec = clean(job.spec)
    head = f"{sign} {spec}{' ' * max(room - width(spec), 0)}  {job.action:9}"
    if job.action == "create":
        head += f"  {bounds(job.length)}"
    why = brief(job.why + (_AGAIN if job.action in ("failed", "deleted") else ""))
    said = f"{head}  {why}".rstrip() if job.action != "create" else head
    if job.action != "create" and width(said) <= columns:
        lines = [said]
    else:
        lines = [head.rstrip(), *(f"    {line}" for line in wrap(why, columns - 4) if why)]
    if color and sign in COLORS:
        lines[0] = f"\x1b[{COLORS[sign]}m{lines[0]}\x1b[0m"
    return lines


def bounds(length: Length) -> str:
    """`1.2 min (0.9 to 1.6)`, or the one length that it has."""
    if length.low == length.high:
        return minutes(length.expected)
    if length.high == INF and length.expected == 0:
        return "a length that is not known"
    most = "no bound known" if length.high == INF else f"at most {minutes(length.high)}"
    return f"{minutes(length.expected)} ({most})"


def _total(plan: Plan, columns: int, rate: Rate | None) -> list[str]:
    creates = plan.creates
    if not creates:
        said = "Nothing to send: this costs nothing."
    else:
        length = total(creates)
        said = f"{len(creates)} {'job' if len(creates) == 1 else 'jobs'} to send: {bounds(length)}"
        if rate is not None:
            said += f", {rate.shown(length.expected)}"
            said += f" (at most {rate.shown(length.high)})" if length.high not in (INF, length.expected) else ""
        said += "."
    blocked = len(plan.blocked)
    if blocked:
        said += f" {blocked} {'waits' if blocked == 1 else 'wait'} for a person's word."
    return wrap(said, columns)
