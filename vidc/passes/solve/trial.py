"""trial: changes that are solved again before they are offered as repairs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from vidc.diag.finding import Repair
from vidc.ir.graph import SceneNode, TrackNode
from vidc.record import record

from .changes import END_GAP, SCENE, START_GAP, Change, Changes, Texts, changed, changed_track, edits_of
from .judge import Hold
from .place import place_one
from .size import Size, Trouble, is_over_constrained, is_sized, size

OFFERED = 3
"""How many repairs a finding shows."""

FREE = 64
"""So many tracks are solved again for each scene, and twice those it has: the work stays linear in its tracks. A scene
with more errors than that allows gets repairs of one track's own fields only."""

ERRORS = frozenset(("never-visible", "empty-window"))
"""Findings of tracks that are errors where they always hold."""

Candidates: TypeAlias = Iterable[tuple[str, Changes]]
"""Titles and changes, the one to prefer first."""


@record
class Outcome:
    """What is wrong after a change: errors as (name, index of the track), and how many warnings more than before."""

    errors: frozenset[tuple[str, int]]
    warnings: int


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
    for index, item in enumerate(node.tracks):
        found = survey_track(item, sized, index)
        errors |= found.errors
        warnings += found.warnings
    return Outcome(frozenset(errors), warnings)


def survey_track(item: TrackNode, sized: Size, index: int) -> Outcome:
    """Solve one track of a scene of known length and say what is wrong with it."""
    if is_over_constrained(item):
        return Outcome(frozenset((("over-constrained", index),)), 0)
    holds: list[Hold] = []
    place_one(item, sized, index, lambda _, found: holds.extend(found))
    errors = frozenset((hold.name, index) for hold in holds if hold.always and hold.name in ERRORS)
    return Outcome(errors, sum(hold.expected for hold in holds) - len(errors))


class Trials:
    """Tries changes of one scene. `sized` is None where the scene has no length."""

    __slots__ = ("_before", "_spent", "node", "sized", "texts", "transitions")

    def __init__(self, node: SceneNode, sized: Size | None, texts: Texts, transitions: tuple[int, int]) -> None:
        self.node = node
        self.sized = sized
        self.texts = texts
        self.transitions = transitions
        self._spent = 0
        self._before: Outcome | None = None

    def of_scene(self, name: str, candidates: Candidates) -> tuple[Repair, ...]:
        """The candidates after which this error of the scene is gone and no other has come."""
        return self._best(candidates, self._whole, self._others(name, SCENE))

    def of_track(self, name: str, index: int, candidates: Candidates) -> tuple[Repair, ...]:
        """The same for an error of a track: what a change does not reach is not solved again."""
        item, sized = self.node.tracks[index], self.sized

        def outcome(changes: Changes) -> Outcome:
            if sized is None or sized.track == index or any(change.where != index for change in changes):
                return self._whole(changes)
            after = changed_track(item, changes)
            if sized.by == "inferred" and is_sized(after) and not is_sized(item):
                return FAILED
            found = survey_track(after, sized, index)
            return Outcome(found.errors, found.warnings - survey_track(item, sized, index).warnings)

        return self._best(candidates, outcome, self._others(name, index))

    def _whole(self, changes: Changes) -> Outcome:
        tracks = len(self.node.tracks)
        if self._spent + tracks > FREE + 2 * tracks:
            return FAILED
        self._spent += tracks
        found = survey(changed(self.node, changes), self.transitions)
        return Outcome(found.errors, found.warnings - self.before.warnings)

    @property
    def before(self) -> Outcome:
        if self._before is None:
            self._before = survey(self.node, self.transitions)
        return self._before

    def _others(self, name: str, index: int) -> frozenset[tuple[str, int]]:
        """The errors that a repair of this one may leave."""
        return self.before.errors - {(name, index)}

    def _completed(self, title: str, changes: Changes, uncovered: frozenset[tuple[str, int]]) -> Candidates:
        """The change together with one that lets each track be seen that is not; nothing where that is not all."""
        indices = sorted({index for _, index in uncovered})
        if len(indices) > FREE or not all(name in ERRORS for name, _ in uncovered):
            return
        more: list[Change] = []
        names: list[str] = []
        for index in indices:
            track = self.node.tracks[index].track
            gaps = {START_GAP: track.start_gap, END_GAP: track.end_gap}
            gaps |= {change.field: change.value for change in changes if change.where == index}  # type: ignore[misc]
            there = [field for field in (START_GAP, END_GAP) if gaps[field] is not None]
            if not there:
                return
            value = 0 if len(there) == 2 else None
            more += [Change(index, field, value) for field in there]
            names.append(f"`{track.name}`")
        yield f"{title}, and let {' and '.join(names)} start and end with the scene", (*changes, *more)

    def _best(
        self, candidates: Candidates, outcome: Callable[[Changes], Outcome], others: frozenset[tuple[str, int]]
    ) -> tuple[Repair, ...]:
        """The repairs that leave the fewest warnings, those of the fewest fields first.

        Where none will do by itself, each is tried together with what takes away the errors that it uncovers.
        """
        good: list[tuple[int, str, Changes]] = []
        poor: list[tuple[str, Changes]] = []
        for title, changes in candidates:
            found = outcome(changes)
            if found.errors <= others:
                good.append((found.warnings, title, changes))
            elif not good:
                poor += self._completed(title, changes, found.errors - others)
        for title, changes in () if good else poor:
            found = outcome(changes)
            if found.errors <= others:
                good.append((found.warnings, title, changes))
        fewest = min((warnings for warnings, _, _ in good), default=0)
        kept = sorted((entry for entry in good if entry[0] == fewest), key=lambda entry: len(entry[2]))
        return tuple(Repair(title, edits_of(self.texts, self.node, changes)) for _, title, changes in kept[:OFFERED])
