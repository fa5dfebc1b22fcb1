"""fixing: repairs that need no choice, made in the text of a spec until there is none left to make.

A repair is made where it is the only one that its finding offers, where what it writes follows from the spec (no length
that is estimated or chosen), and where compiling again shows that it does what it promises. So what a fix may do is not
a list of names but what it is seen to do:

- Its finding is gone, and no pass of the compiler ends earlier than before.
- Where there was a job, it must be the same as before, and nothing may have come but notes.
- Where there was none, an error stood in its way, and there is no job to keep: nobody could have paid for what the spec
  said. Then only errors are mended, since what a warning costs cannot be seen. What an error hid may come to light,
  since an error leaves out what it speaks of: below a `traks` nothing was looked at. But it must stand elsewhere than
  what the repairs wrote, and nothing that takes part in it may stand there. A repair that makes a finding of its own,
  even a lesser one, is left to the author, also where that is seen only after others were made: then all is begun
  again without it. Once there is a job, the rule above holds.

Harm that an error hides which nothing here mends is not seen. The lint that follows shows it when that is mended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from vidc.compile import Compiled
from vidc.diag.finding import Finding
from vidc.passes.emit import emit
from vidc.record import record
from vidc.source import Source

from .consequences import Consequences, Key, Offer, Text, offered

TRIES = 400
"""Limit: so many sets of repairs are tried in a text. The same text is always treated the same: what one run leaves,
the next one leaves too, unless `more` says that the tries were not enough."""

Compile: TypeAlias = Callable[[Source], Compiled]


@record
class Made:
    """A repair that was made: the finding's name, and what was done."""

    name: str
    title: str


@record
class Fixed:
    """`text`: the whole text with the repairs made. `repairs`: in the order in which they came to light. `more`:
    whether there may be others to make."""

    text: str
    repairs: list[Made]
    more: bool = False


def fixed(source: Source, compiled: Compile) -> Fixed:
    """Make every repair that needs no choice."""
    made = compiled(source)
    repairs: list[Made] = []
    left = TRIES
    while left > 0:
        mending = _Mending(made, compiled, left)
        after, kept = mending.best()
        if not kept:
            return Fixed(made.source.text, repairs, more=mending.left <= 0)
        repairs += [Made(offer.finding[0], offer.title) for offer in kept]
        made, left = after, mending.left
    return Fixed(made.source.text, repairs, more=True)


class _Harmful(Exception):  # noqa: N818  # named as what is the case
    """Of the repairs that were kept some do harm after all."""


class _Mending:
    """Which repairs of a text do what they promise. All that are seen are tried at once, with those that come to light
    by them; those that do harm are barred, and looked for in halves where nobody knows which."""

    def __init__(self, made: Compiled, compiled: Compile, left: int) -> None:
        self.made = made
        self.job = _job(made)
        self.compiled = compiled
        self.left = left
        self.barred: set[tuple[Key, str]] = set()

    def best(self) -> tuple[Compiled, list[Offer]]:
        """What comes of them, and those that were made."""
        while True:
            self.after, kept = self.made, list[Offer]()
            try:
                while self.left > 0 and (fresh := self._fresh(kept)):
                    kept = self._grown(kept, fresh)
            except _Harmful:
                continue
            return self.after, kept

    def _fresh(self, kept: list[Offer]) -> list[Offer]:
        """What is offered besides and not barred, in terms of the text as it was at first."""
        text = Text(self.made.source.text, kept)
        found = (offered(finding, text, self.made.source) for finding in _mendable(self.after, self.job))
        return _apart([one for one in found if one is not None and (one.finding, one.title) not in self.barred])

    def _grown(self, kept: list[Offer], more: list[Offer]) -> list[Offer]:
        """Those that are kept and as many more as go with them."""
        if self.left <= 0 or not more:
            return kept
        self.left -= 1
        tried = kept + more
        text = Text(self.made.source.text, tried)
        source = self.made.source
        seen = Consequences(self.made, self.compiled(Source(source.path, text.text, source.file)), tried, text)
        harm = self._harm(seen)
        if harm is not None and not harm:
            self.after = seen.after
            return tried
        if harm is None and len(more) > 1:
            middle = len(more) // 2
            return self._grown(self._grown(kept, more[:middle]), more[middle:])
        harmful = [tried[number] for number in harm] if harm else more
        self.barred |= {(one.finding, one.title) for one in harmful}
        if any(one is other for one in harmful for other in kept):
            raise _Harmful
        return self._grown(kept, [one for one in more if (one.finding, one.title) not in self.barred])

    def _harm(self, seen: Consequences) -> set[int] | None:
        """Which of the repairs do harm, none of them if all may be made; None where one does, nobody knows which. Of
        those that a finding speaks of, that is the one that came to light last."""
        if not seen.is_legible:
            return None
        blamed = {max(numbers) for numbers in map(seen.of, seen.come) if numbers}
        if blamed or self.job is None:
            return blamed
        return None if seen.come or _job(seen.after) != self.job else set()


def _mendable(made: Compiled, job: Any) -> Iterator[Finding]:
    """The findings with one repair, whose edits are all in the file itself; without a job, only errors."""
    for finding in made.findings:
        if len(finding.words.repairs) != 1 or (job is None and finding.severity != "error"):
            continue
        repair = finding.words.repairs[0]
        if repair.edits and repair.sure and all(edit.span.source is made.source for edit in repair.edits):
            yield finding


def _apart(offers: list[Offer]) -> list[Offer]:
    """Those whose edits do not touch one another, the first in the text before the others."""
    kept: list[Offer] = []
    taken: list[tuple[int, int]] = []
    for offer in sorted(offers, key=lambda one: min(edit.span.start for edit in one.edits)):
        spans = [(edit.span.start, edit.span.end) for edit in offer.edits]
        if all(end < first or last < start for start, end in spans for first, last in taken):
            kept.append(offer)
            taken += spans
    return kept


def _job(made: Compiled) -> Any:
    """What the service would take; None where an error stands in the way. A draft has it too: a variable that waits
    for its value is the same before and after."""
    broken = made.spec is None or any(finding.severity == "error" for finding in made.findings)
    return None if made.spec is None or broken else emit(made.spec).data


def difference(path: str, old: str, new: str) -> str:
    """What the fixes change, as a unified diff that `patch` and `git apply` read."""
    from difflib import unified_diff

    lines = unified_diff(old.splitlines(True), new.splitlines(True), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
