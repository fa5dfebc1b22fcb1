"""faults: what goes wrong on purpose, how often, and by which seed.

A fault is written `KIND[@WHERE]:HOW_OFTEN`:

    429:0.1             each post of a job is refused with 429 with a probability of 0.1
    no-answer:1/3       every third is done, and the connection closed without an answer
    torn@get:#2         the second GET is answered by half
    fail:1/10           every tenth job that is accepted fails
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from re import fullmatch

BEFORE = {"dropped": "the connection is closed and nothing done"}
AFTER = {
    "no-answer": "it is done, and the connection closed without an answer",
    "torn": "it is done, and half of the answer sent",
    "garbled": "it is done, and answered with what is no JSON",
    "hang": "it is done, and never answered",
}
JOBS = {
    "slow": "the job takes twenty times as long",
    "fail": "the job fails",
    "lost-callback": "the job's callback is not posted",
}
WHERE = ("post", "get", "delete", "any")
"""Which requests: posts of jobs (unless another is named), GETs, DELETEs, or every one of the API."""


class NoFault(ValueError):  # noqa: N818  # named as the sentence reads
    """A text that is no fault; its text says what would be."""


@dataclass(slots=True)
class Fault:
    """One kind of fault and when it strikes: at `share` of `whole` (exactly), with `probability`, or at number `only`.

    `count` is how many were asked so far."""

    kind: str
    where: str
    share: int = 0
    whole: int = 0
    probability: float = 0.0
    only: int = 0
    count: int = 0
    random: Random = field(default_factory=Random)

    def strikes(self) -> bool:
        self.count += 1
        if self.only:
            return self.count == self.only
        if self.whole:
            return self.count * self.share // self.whole > (self.count - 1) * self.share // self.whole
        return self.random.random() < self.probability


def read_fault(text: str, seed: int = 0) -> Fault:
    """The fault that a text describes; `NoFault` where it describes none."""
    name, _, often = text.rpartition(":")
    kind, _, where = name.partition("@")
    if not _is_kind(kind):
        raise NoFault(
            f"`{kind or text}` is no kind of fault: it is a status from 300 to 599, `accepted-` and a status, or "
            + ", ".join(f"`{each}`" for each in (*BEFORE, *AFTER, *JOBS))
        )
    if where and (where not in WHERE or kind in JOBS):
        raise NoFault(
            f"`@{where}` is not where `{kind}` can strike: " + ("a job" if kind in JOBS else ", ".join(WHERE))
        )
    fault = Fault(kind, where or ("job" if kind in JOBS else "post"), random=Random(f"{seed} {text}"))
    return _timed(fault, often)


def _is_kind(kind: str) -> bool:
    return kind in BEFORE or kind in AFTER or kind in JOBS or fullmatch(r"(accepted-)?[345]\d\d", kind) is not None


def _timed(fault: Fault, often: str) -> Fault:
    """The fault with its turns: a probability, a share or one number."""
    if match := fullmatch(r"#([1-9]\d{0,8})", often):
        fault.only = int(match[1])
    elif (match := fullmatch(r"(\d{1,9})/([1-9]\d{0,8})", often)) and int(match[1]) <= int(match[2]):
        fault.share, fault.whole = int(match[1]), int(match[2])
    elif fullmatch(r"0?\.\d{1,9}|[01](\.0{1,9})?", often):
        fault.probability = float(often)
    else:
        raise NoFault(f"`{often}` is not how often: write a probability (`0.1`), a share (`1/3`) or one number (`#2`)")
    return fault


class Faults:
    """All that may go wrong. Every fault counts every request that it might have struck, so that one fault's turns do
    not depend on another's."""

    def __init__(self, texts: tuple[str, ...] = (), seed: int = 0) -> None:
        self.all = [read_fault(text, seed) for text in texts]

    def of_request(self, where: str) -> str | None:
        """The kind of fault that strikes this request: the first that does, in the order given."""
        struck = [fault.kind for fault in self.all if fault.where in (where, "any") and fault.strikes()]
        return struck[0] if struck else None

    def of_job(self) -> frozenset[str]:
        """The faults that a job accepted now has before it."""
        return frozenset(fault.kind for fault in self.all if fault.where == "job" and fault.strikes())
