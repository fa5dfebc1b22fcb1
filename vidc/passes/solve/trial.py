"""trial: changes that are solved again before they are offered as repairs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from vidc.diag.finding import Repair
from vidc.ir.graph import SceneNode, TrackNode
from vidc.record import record

from .case import Case
from .changes import (
    END_GAP,
    REFERENCE_ID,
    SCENE,
    START_GAP,
    Change,
    Changes,
    Texts,
    changed,
    changed_track,
    edits_of,
    title_of,
)
from .judge import expected
from .place import fields_of, hold_of, window
from .size import Size, Trouble, is_over_constrained, is_sized, size
from .table import EVERYTHING, KINDS

OFFERED = 3
"""How many repairs a finding shows."""

FREE = 32
"""So many tracks are solved again for the findings of a scene's tracks, and as many as it has; eight times that for
those of the scene itself: the work stays linear. What is over is repaired by one track's own fields only."""

ERRORS = frozenset(("never-visible", "empty-window"))
"""Findings of tracks that are errors where they always hold."""

Candidates: TypeAlias = Iterable[Changes]
"""The changes to try, the one to prefer first."""


@record
class Outcome:
    """What is wrong after a change: errors as (name, index of the track), and how many warnings more than before."""

    errors: frozenset[tuple[str, int]]
    warnings: int


NOTHING: frozenset[tuple[str, int]] = frozenset()
FAILED = Outcome(frozenset((("unsolved", SCENE),)), 0)


def survey(node: SceneNode, transitions: tuple[int, int]) -> Outcome:
    """Solve a scene and say what is wrong with it. `transitions`: ms of those into it and out of it, 0 for none."""
    errors = {("over-constrained", index) for index, item in enumerate(node.tracks) if is_over_constrained(item)}
    sized = size(node)
    if isinstance(sized, Trouble):
        return Outcome(frozenset(errors | {(sized.name or "unsolved", SCENE)}), 0)
    length = sized.length
    if length.high <= 0:
        return Outcome(frozenset(errors | {("zero-scene", SCENE)}), 0)
    errors |= {("overlong-transition", SCENE) for ms in transitions if ms and ms >= length.high}
    warnings = sum(length.high > ms >= length.expected for ms in transitions if ms) + (length.expected <= 0)
    warnings += talked_over(node, sized)
    for index, item in enumerate(node.tracks):
        found = survey_track(item, sized, index)
        errors |= found.errors
        warnings += found.warnings
    return Outcome(frozenset(errors), warnings)


def survey_track(item: TrackNode, sized: Size, index: int) -> Outcome:
    """Solve one track of a scene of known length and say what is wrong with it."""
    if fields_of(item) == EVERYTHING:
        return Outcome(frozenset((("over-constrained", index),)), 0)
    holds = hold_of(item, sized, index)
    if not holds:
        return Outcome(NOTHING, 0)
    errors = frozenset((hold.name, index) for hold in holds if hold.always and hold.name in ERRORS)
    return Outcome(errors, sum(hold.expected for hold in holds) - len(errors))


def talked_over(node: SceneNode, sized: Size) -> int:
    """How many speeches begin before another one is done, at the lengths that are expected."""
    speeches = [speech for item in node.tracks if item.track.type == "actor" for speech in _speech(item, sized)]
    count = done = 0
    for first, last in sorted(speeches):
        count += first < done
        done = max(done, last)
    return count


def _speech(item: TrackNode, sized: Size) -> Iterator[tuple[int, int]]:
    """From when to when a speech is heard; nothing where it is not."""
    fields, medium, scene = fields_of(item), item.medium, sized.length
    if medium is None or not 0 <= fields < EVERYTHING:
        return
    start, end = (expected(form, scene, medium) for form in window(item, KINDS["actor"], fields))
    first, last = max(start, 0), min(end, start + medium.expected, scene.expected)
    if first < last:
        yield first, last


class Trials:
    """Tries changes of one scene. `sized` is None where the scene has no length."""

    __slots__ = ("_before", "_spent", "sized", "speakers", "texts", "transitions")

    def __init__(self, sized: Size | None, texts: Texts, transitions: tuple[int, int], speakers: int) -> None:
        self.sized = sized
        self.texts = texts
        self.transitions = transitions
        self.speakers = speakers
        self._spent = 0
        self._before: Outcome | None = None

    def of_scene(self, name: str, candidates: Candidates) -> tuple[Repair, ...]:
        """The candidates after which this error of the scene is gone and no other has come."""
        return self._best(candidates, lambda changes: self._whole((name, SCENE), changes, 8), SCENE)

    def of_track(self, name: str, index: int, candidates: Candidates) -> tuple[Repair, ...]:
        """The same for an error of a track: what a change does not reach is not solved again."""
        item, sized = self.texts.node.tracks[index], self.sized
        warned = 0 if sized is None else survey_track(item, sized, index).warnings

        def outcome(changes: Changes) -> Outcome:
            if sized is None or sized.track == index or any(change.where != index for change in changes):
                return self._whole((name, index), changes, 1)
            if item.track.type == "actor" and self.speakers > 1:
                return self._whole((name, index), changes, 1)
            after = changed_track(item, changes)
            if sized.by == "inferred" and is_sized(after) and not is_sized(item):
                return FAILED
            found = survey_track(after, sized, index)
            return Outcome(found.errors, found.warnings - warned)

        return self._best(candidates, outcome, index)

    def _whole(self, error: tuple[str, int], changes: Changes, share: int) -> Outcome:
        """The errors that solving the whole scene again finds new."""
        node = self.texts.node
        if self._spent + len(node.tracks) > share * (FREE + len(node.tracks)):
            return FAILED
        self._spent += len(node.tracks)
        if self._before is None:
            self._before = survey(node, self.transitions)
        found = survey(changed(node, changes), self.transitions)
        return Outcome(found.errors - (self._before.errors - {error}), found.warnings - self._before.warnings)

    def _completed(self, changes: Changes, uncovered: frozenset[tuple[str, int]]) -> Iterator[Changes]:
        """The change together with others that let each track be seen that is not; nothing where that is not all."""
        indices = sorted({index for _, index in uncovered})
        if len(indices) > FREE or not all(name in ERRORS for name, _ in uncovered):
            return
        more: list[Change] = []
        for index in indices:
            track = self.texts.node.tracks[index].track
            gaps: dict[str, int | str | None] = {START_GAP: track.start_gap, END_GAP: track.end_gap}
            gaps |= {change.field: change.value for change in changes if change.where == index}
            there = [field for field in (START_GAP, END_GAP) if gaps[field] is not None]
            if not there:
                return
            more += [Change(index, field, 0 if len(there) == 2 else None) for field in there]
        yield (*changes, *more)

    def _best(self, candidates: Candidates, outcome: Callable[[Changes], Outcome], about: int) -> tuple[Repair, ...]:
        """The repairs that leave the fewest warnings, those of the fewest fields first.

        Where none will do by itself, each is tried together with what takes away the errors that it uncovers.
        """
        good: list[tuple[int, Changes]] = []
        poor: list[Changes] = []
        for changes in candidates:
            found = outcome(changes)
            if not found.errors:
                good.append((found.warnings, changes))
            elif not good:
                poor += self._completed(changes, found.errors)
        for changes in () if good else poor:
            found = outcome(changes)
            if not found.errors:
                good.append((found.warnings, changes))
        fewest = min((warnings for warnings, _ in good), default=0)
        best = [changes for warnings, changes in good if warnings == fewest]
        kept = sorted((changes for changes in best if not _is_more_than_needed(changes, best)), key=_size)
        texts = self.texts
        return tuple(
            Repair(title_of(texts, one, about), edits_of(texts, one), all(change.sure for change in one))
            for one in kept[:OFFERED]
        )


def _is_more_than_needed(changes: Changes, others: list[Changes]) -> bool:
    """Whether a part of it does as well."""
    return len(changes) > 1 and any(
        len(other) < len(changes) and all(change in changes for change in other) for other in others
    )


def _size(changes: Changes) -> int:
    """How much a repair changes; a name given to what a reference then names is no change of its own, nor is what takes
    the reference's place."""
    changed = sum(change.field != REFERENCE_ID for change in changes)
    of_scene = [change.value is None for change in changes if change.where == SCENE]
    return changed - (True in of_scene and False in of_scene)


def trials_of(case: Case) -> Trials:
    """The trials of a case, made when a finding first asks for repairs."""
    if not isinstance(case.trials, Trials) or case.trials.sized is not case.sized:
        case.trials = Trials(case.sized, case.texts, case.transitions, case.speakers)
    assert isinstance(case.trials, Trials)
    return case.trials
