"""explain: what holds of a track, as findings in the author's words."""

from __future__ import annotations

from functools import lru_cache

from vidc.clock import INF, Length, with_unit
from vidc.diag.finding import Amount, Condition, Finding, Label, Place
from vidc.ir.spec import Track
from vidc.problems import solve as problems
from vidc.problems.proof import Proof

from .case import Case
from .changes import DURATION, END_GAP, REFERENCE, START_GAP
from .judge import Hold
from .labels import is_unknown, medium_label, medium_place, merged, time_labels
from .place import Held
from .settle import conflict_of, settled
from .size import Size
from .speech import lost_at_end, lost_at_start

PRIMARY = {
    "clipped": (START_GAP, DURATION),
    "starts-before-scene": (END_GAP,),
    "trimmed-media": (DURATION, END_GAP),
    "ends-early": (DURATION, END_GAP),
    "empty-window": (END_GAP, START_GAP),
}
"""The fields to point at, the first that is there; the medium where none is."""


def explain(case: Case, sized: Size, held: Held) -> None:
    for index, holds in held:
        for hold in holds:
            case.log.add(_finding(case, sized, index, hold))


def _finding(case: Case, sized: Size, index: int, hold: Hold) -> Finding:
    item, name = case.node.tracks[index], hold.name
    track, late = item.track, hold.late
    times = time_labels(track)
    wanted = PRIMARY[name] if name != "never-visible" else (START_GAP,) if late else (END_GAP,)
    for field in wanted:
        if field in times:
            at = Place(times[field].span, track.path, track.node.via)
            break
    else:
        at = medium_place(track)
    labels = _labels(case, index, hold, times)
    proof = proof_of(case, sized, hold, index)
    match name:
        case "clipped":
            return problems.clipped(at, proof, labels, _lost(case, index, hold), _longer(sized, index, hold))
        case "starts-before-scene":
            return problems.starts_before_scene(
                at, proof, labels, _lost(case, index, hold), _longer(sized, index, hold)
            )
        case "trimmed-media":
            return problems.trimmed_media(at, _what(track), proof, labels, _lost(case, index, hold))
        case "ends-early":
            return problems.ends_early(at, _what(track), proof, labels)
    conflict = conflict_of(case, sized, index) if hold.always else ()
    repairs = settled(case, sized, index, hold) if hold.always else ()
    if name == "empty-window":
        return problems.empty_window(at, proof, labels, conflict, repairs)
    return problems.never_visible(at, late, proof, labels, conflict, repairs)


def _longer(sized: Size, index: int, hold: Hold) -> str:
    """What keeps a track whole: a longer scene, unless the track itself says how long the scene is."""
    late = hold.name == "clipped"
    length = sized.length.expected
    fits, surely = _tenths(length + max(hold.middle, 0)), ""
    most = sized.length.high + max(hold.middle, 0) if index == sized.track else length + hold.high
    if most < INF and (sure := _tenths(int(most))) != fits:
        surely = f" (`{sure}` to be sure)"
    if index == sized.track:
        gap = START_GAP if late else END_GAP
        there = f" in the place of `{REFERENCE}`" if sized.by == "reference" else ""
        write = f"write `duration: {fits}`{surely}{there}" if there else f"give the scene `duration: {fits}`{surely}"
        return f"remove `{gap}`, which cuts as much from the track, or {write}"
    other = "what runs past it shorter" if late else "`endTimeGap` smaller"
    if sized.by != "duration" or hold.middle <= 0:
        return f"make the scene longer, or {other}"
    return f"set the scene's `duration: {fits}`{surely}, or make {other}"


@lru_cache(maxsize=10_000)
def _tenths(ms: int) -> str:
    """The next whole tenth of a second, as an author writes it."""
    return with_unit(-(-ms // 100) * 100)


def _what(track: Track) -> str:
    """What messages call a track's medium."""
    return "speech" if track.type == "actor" else track.type


def proof_of(case: Case, sized: Size, hold: Hold, index: int | None) -> Proof:
    """How surely a finding holds. `index`: the track it is about, whose own medium may be an unknown."""
    amount = None
    if hold.name not in UNMEASURED:
        low, middle, high = hold.low, hold.middle, hold.high
        amount = Amount(int(low) if low > 0 else 0, middle if middle > 0 else 0, high if high > 0 else 0)
    if hold.always:
        return Proof("always", True, (), amount)
    return Proof(
        "maybe", hold.expected, conditions(case, sized, hold, index), amount, _unknown(case, sized, hold, index)
    )


def _unknown(case: Case, sized: Size, hold: Hold, index: int | None) -> str:
    """The track that a finding depends on of whose length nothing is known."""
    nodes = case.node.tracks
    if index is not None and hold.form[2] and is_unknown(nodes[index].medium):
        return case.name(nodes[index].track)
    if sized.track is not None and hold.form[1] and is_unknown(sized.length):
        return case.name(nodes[sized.track].track)
    return ""


UNMEASURED = frozenset(("never-visible", "zero-scene", "overlong-transition"))
"""Findings of a whole thing: there is no part of it that is cut."""


def conditions(case: Case, sized: Size, hold: Hold, index: int | None) -> tuple[Condition, ...]:
    """The form's bound as a comparison of the lengths that are not known."""
    form, rest = hold.form, hold.form[0]
    plus: list[str] = []
    minus: list[str] = []
    nodes = case.node.tracks
    unknowns: list[tuple[int, Length | None, int | None]] = [(form[1], sized.length, sized.track)]
    if index is not None:
        unknowns.append((form[2], nodes[index].medium, index))
    for factor, length, track in unknowns:
        if not factor or length is None:
            continue
        if length.low == length.high or track is None:
            rest += factor * length.expected
        else:
            (plus if factor > 0 else minus).append(case.name(nodes[track].track))
    return (compared(plus, minus, rest, bool(hold.least)),)


def compared(plus: list[str], minus: list[str], constant: int, strictly: bool) -> Condition:
    """When `plus` less `minus`, lengths of media by the names of their tracks, and the constant come to more than
    zero; or to zero, where not `strictly`."""
    if plus:
        return Condition(" + ".join(plus), ">" if strictly else ">=", -constant, " + ".join(minus))
    return Condition(" + ".join(minus), "<" if strictly else "<=", constant)


def _labels(case: Case, index: int, hold: Hold, times: dict[str, Label]) -> tuple[Label, ...]:
    """What took part: `times`, the track's own, then its medium and what sizes its scene."""
    item, labels = case.node.tracks[index], (*times.values(),)
    if item.medium is not None and (hold.form[2] or (DURATION not in times and len(times) < 2)):
        labels += (medium_label(item),)
    if hold.form[1] or DURATION not in times:
        labels += case.scene_labels
    return merged(*labels) if case.sized is not None and index == case.sized.track else labels


def _lost(case: Case, index: int, hold: Hold) -> str:
    """The words that are cut off at the expected lengths."""
    item = case.node.tracks[index]
    spoken, medium, track = item.spoken, item.medium, item.track
    if spoken is None or medium is None or not hold.expected:
        return ""
    if hold.name == "starts-before-scene":
        return lost_at_start(item, hold.middle)
    heard = track.duration if track.duration is not None else medium.expected
    if hold.name == "clipped" or track.duration is None:
        heard -= hold.middle
    return lost_at_end(item, heard) if heard < medium.expected else ""


def zero_form(sized: Size) -> Hold | None:
    """Whether the scene may have no length."""
    length = sized.length
    if length.low > 0:
        return None
    return Hold(
        "zero-scene",
        (0, -1, 0),
        0,
        length.high <= 0,
        length.expected <= 0,
        -length.high,
        -length.expected,
        -length.low,
    )
