"""transitions: whether each one fits into the scenes that it joins."""

from __future__ import annotations

from collections.abc import Iterator

from vidc.diag.finding import Condition, Label, Place, Repair
from vidc.ir.spec import Transition
from vidc.problems import solve as problems
from vidc.problems.proof import Proof, shown
from vidc.problems.wording import short

from .case import Case
from .changes import DURATION, SCENE
from .labels import scene_labels
from .settle import below, length_fields, without_repeats
from .size import Size

TRANSITION = "transition"


def judge_transitions(cases: list[Case], whole: bool) -> None:
    """`whole`: no scene was left out of the list, so that its last is the last one."""
    for number, case in enumerate(cases):
        transition = case.node.scene.transition
        if transition is None or TRANSITION in case.node.scene.broken:
            continue
        last = number + 1 == len(cases)
        if last and whole:
            scene = case.node.scene
            at = Place(scene.node.entry(TRANSITION), scene.path, scene.node.via)
            case.log.add(problems.dangling_transition(at, _before(case), _is_inherited(case)))
        if transition.duration is not None:
            joined = [("its scene", case)] + ([] if last or not whole else [("the next scene", cases[number + 1])])
            _judge(case, transition, transition.duration, joined)


def _is_inherited(case: Case) -> bool:
    """Whether the last scene, written as one of its own, has its transition from `defaults` or a merge."""
    from .edits import is_inherited

    return not case.node.scene.node.via and is_inherited(case.node.scene.node, TRANSITION)


def _before(case: Case) -> str:
    """The scene before, by its name if it has one, where that has no transition; empty where it has one, or where the
    last one has its own from defaults or in a turn of a loop."""
    from .edits import is_inherited

    scene, before = case.node.scene, case.before
    if before is None or before.transition is not None or TRANSITION in before.broken:
        return ""
    if scene.node.via or scene.index != before.index + 1 or is_inherited(scene.node, TRANSITION):
        return ""
    return f"`{short(before.name)}`, the scene before" if before.name else "the scene before"


def _judge(case: Case, transition: Transition, ms: int, joined: list[tuple[str, Case]]) -> None:
    """One finding where it is surely too long; else one for each scene that it may be too long for."""
    found = [(which, other, other.sized) for which, other in joined if other.sized and ms >= other.sized.length.low]
    surely = [entry for entry in found if entry[2] and ms >= entry[2].length.high]
    for which, other, sized in surely[:1] or found:
        if sized is None:
            continue
        always = ms >= sized.length.high
        proof = Proof("always", True) if always else _maybe(other, sized, ms)
        at = Place(transition.node.entry(DURATION), case.node.scene.path, transition.node.via)
        labels = (Label(at.span, f"lasts {shown(ms)}"), *scene_labels(other.node, sized))
        conflict = without_repeats([at.span, *length_fields(other, sized, other.rivals)]) if always else ()
        repairs = _repairs(case, transition, [other.sized for _, other in joined if other.sized]) if always else ()
        compared = _compared(which, ms, sized)
        case.log.add(problems.overlong_transition(at, compared, proof, labels, conflict, repairs))


def _compared(scene: str, ms: int, sized: Size) -> str:
    if ms > sized.length.high:
        return f"longer than {scene}"
    return f"as long as {scene}" + ("" if sized.length.low == ms else " or longer")


def _maybe(case: Case, sized: Size, ms: int) -> Proof:
    of = case.name(case.node.tracks[sized.track or 0].track)
    return Proof("maybe", ms >= sized.length.expected, (Condition(of, "<=", ms),))


def _repairs(case: Case, transition: Transition, sizes: list[Size]) -> tuple[Repair, ...]:
    """Half of the shorter scene always fits, and so does none."""
    return tuple(_tried(case, transition, sizes))


def _tried(case: Case, transition: Transition, sizes: list[Size]) -> Iterator[Repair]:
    from . import edits

    scene, own = case.node.scene.node, case.texts.is_own(SCENE)
    yield Repair(f"remove `{TRANSITION}`", tuple(edits.remove(scene, [TRANSITION]) or ()) if own else ())
    ms = below(min(size.length.expected for size in sizes) // 2)
    if ms > 0 and all(ms < size.length.expected for size in sizes):
        plain = case.texts.plain_numbers
        said = edits.written(transition.node, DURATION, ms, plain)
        own = own and edits.is_own_text([scene, transition.node])
        edit = edits.change(transition.node, DURATION, ms, plain) if own else None
        yield Repair(f"set the transition's `{DURATION}: {said}`", () if edit is None else (edit,))
