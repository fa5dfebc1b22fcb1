"""plan_text: a plan as a person reads it, like a diff: what is added costs, everything else does not."""

from __future__ import annotations

from vidc.clock import INF, Length
from vidc.diag.cells import width, wrap
from vidc.diag.sink import brief, clean

from .budget import Rate, minutes
from .plan import Plan, PlannedJob, total

SIGNS = {"create": "+", "copy": "=", "reuse": "=", "in flight": "~", "unknown": "?", "failed": "!", "deleted": "!"}
COLORS = {"+": "32", "~": "36", "?": "33", "!": "31"}


def render(plan: Plan, *, columns: int = 80, color: bool = False, rate: Rate | None = None) -> str:
    """One entry for each spec, and what all that is sent costs together."""
    widths = [width(clean(job.spec)) for job in plan.jobs]
    room = max((taken for taken in widths if taken <= columns // 2), default=0)
    lines = [line for job in plan.jobs for line in _job(job, room, columns, color)]
    notes = [line for note in plan.notes for line in ("", *wrap(f"note: {note}", columns))]
    return "\n".join([*lines, "", *_total(plan, columns, rate), *notes, ""])


def _job(job: PlannedJob, room: int, columns: int, color: bool) -> list[str]:
    """The spec, what becomes of it and why: in one line where that fits, else folded."""
    sign, spec, what = SIGNS[job.action], clean(job.spec), f"{job.action:9}{_cost(job)}"
    why = brief(reason(job))
    first, *rest = [spec] if width(spec) <= columns - 2 else wrap(spec, columns - 2)
    lines = [f"{sign} {first}", *(f"  {line}" for line in rest)]
    padded = f"{lines[-1]}{' ' * max(room - width(spec), 0)}  {what}"
    if width(padded.rstrip()) <= columns and not rest:
        lines = [padded]
    else:
        lines.append(f"    {what}")
    # A cost ends its line, so that the eye can run down them.
    if job.action != "create" and width(f"{lines[-1]}  {why}") <= columns:
        lines[-1] += f"  {why}"
    elif why:
        lines += [f"    {line}" for line in wrap(why, columns - 4)]
    lines = [line.rstrip() for line in lines]
    if color and sign in COLORS:
        lines[0] = f"\x1b[{COLORS[sign]}m{lines[0]}\x1b[0m"
    return lines


def reason(job: PlannedJob) -> str:
    """Why that becomes of a job, and what a person can do about it."""
    return f"{job.why}; --again sends it again" if job.action in ("failed", "deleted") else job.why


def _cost(job: PlannedJob) -> str:
    """What has no cost by its nature needs none said; a copy might be taken for paid twice."""
    return f"  {bounds(job.length)}" if job.action in ("create", "copy") else ""


def bounds(length: Length) -> str:
    """`1.2 min (at most 1.6 min)`, or the one length that it has."""
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
