"""Proof: with which verdict a finding of time holds, and the words for it."""

from __future__ import annotations

from functools import lru_cache

from vidc.clock import INF, roughly, show
from vidc.diag.finding import Amount, Condition, Label, Place, Repair, Severity, Verdict, Words
from vidc.record import record
from vidc.source import Span

shown = lru_cache(maxsize=10_000)(show)
"""`show`, remembered: the same few times stand in most findings of a spec."""


@record
class Proof:
    """With which verdict a finding holds, when, and by how much.

    `condition` is empty where the verdict is `always`. `expected`: it happens at the expected lengths. `unknown`: the
    track that it depends on of whose length nothing is known, if there is one.
    """

    verdict: Verdict
    expected: bool
    condition: tuple[Condition, ...] = ()
    amount: Amount | None = None
    unknown: str = ""

    @property
    def severity(self) -> Severity | None:
        """None: the one that the problem was declared with."""
        if self.verdict == "always":
            return None
        return "warning" if self.expected else "note"

    @property
    def when(self) -> str:
        """The condition as the end of a message."""
        return f" if {' and '.join(map(_said, self.condition))}" if self.condition else ""

    @property
    def by(self) -> str:
        """How much, before a noun or an adverb: `1.2 s `, `about 1.2 s `, `up to 3.0 s `; empty where not known."""
        amount = self.amount
        if amount is None or self.unknown:
            return ""
        if amount.low == amount.high:
            return f"{shown(amount.expected)} "
        if amount.expected:
            return f"about {shown(roughly(amount.expected))} "
        return f"up to {shown(roughly(amount.high))} " if amount.high != INF else ""


_COMPARED = {">": "longer than {}", "<": "shorter than {}", ">=": "{} or longer", "<=": "{} or shorter"}
_DIFFERENT = {
    ">": "more than {} longer than",
    ">=": "at least {} longer than",
    "<": "less than {} longer than",
    "<=": "at most {} longer than",
}


_AGAINST = {">": "longer than", ">=": "as long as or longer than", "<": "shorter than", "<=": "no longer than"}


def _said(condition: Condition) -> str:
    """`a` is longer than 3.0 s; `a` is more than 1.0 s longer than `b`."""
    longer, shorter = condition.of, condition.less
    if not shorter and condition.ms == 0 and condition.op == "<=":
        return f"`{longer}` has no length"
    if not shorter:
        return f"`{longer}` is {_COMPARED[condition.op].format(shown(condition.ms))}"
    if condition.ms == 0:
        return f"`{longer}` is {_AGAINST[condition.op]} `{shorter}`"
    if condition.ms < 0:
        mirrored = {">": "<", ">=": "<=", "<": ">", "<=": ">="}[condition.op]
        return f"`{shorter}` is {_DIFFERENT[mirrored].format(shown(-condition.ms))} `{longer}`"
    return f"`{longer}` is {_DIFFERENT[condition.op].format(shown(condition.ms))} `{shorter}`"


def help_of(repairs: tuple[Repair, ...], otherwise: str = "") -> str:
    """The two smallest repairs as help."""
    return ", or ".join(repair.title for repair in repairs[:2]) or otherwise


def judged(
    message: str,
    at: Place,
    proof: Proof,
    labels: tuple[Label, ...],
    conflict: tuple[Span, ...],
    repairs: tuple[Repair, ...],
    otherwise: str,
    cuts: bool = False,
) -> Words:
    """An error where it is always so; then it has a conflict and repairs. `otherwise`: the help where none is found.
    `cuts`: where it is no error, content is paid for that is not seen."""
    return Words(
        message,
        at,
        labels,
        help_of(repairs, _found_out(proof.unknown) if proof.unknown else otherwise),
        proof.severity,
        proof.verdict,
        proof.condition,
        proof.amount,
        conflict,
        repairs,
        proof.expected,
        cuts and proof.expected and proof.verdict == "maybe",
    )


def cut(message: str, at: Place, proof: Proof, labels: tuple[Label, ...], help: str, cuts: bool = True) -> Words:
    """What goes wrong at the expected lengths or others. `cuts`: then content is paid for that is not seen."""
    return Words(
        message,
        at,
        labels,
        _found_out(proof.unknown) if proof.unknown else help,
        proof.severity,
        proof.verdict,
        proof.condition,
        proof.amount,
        (),
        (),
        proof.expected,
        cuts and proof.expected,
    )


def _found_out(unknown: str) -> str:
    """What to do about a length of which nothing is known, before anything else."""
    return f"say how long `{unknown}` is in its `intrinsicDuration`, or measure it: `vidc measure`"


def lost_words(words: str) -> str:
    return f", cutting off `{words}`" if words else ""
