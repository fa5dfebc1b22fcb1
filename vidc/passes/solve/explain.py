"""explain: what holds of a track, as findings in the author's words."""

from __future__ import annotations

from vidc.clock import Length
from vidc.diag.finding import Amount, Condition, Finding, Label, Place, Repair
from vidc.ir.graph import TrackNode
from vidc.ir.spec import Track
from vidc.problems import solve as problems
from vidc.problems.proof import Proof
from vidc.record import replace

from .advice import less_time, more_time, of_film, roomier
from .case import Case
from .changes import DURATION, END_GAP, START_GAP
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
    nodes, log = case.node.tracks, case.log
    for index, holds in held:
        for hold in holds:
            log.add(_finding(case, sized, index, nodes[index], hold))


def _finding(case: Case, sized: Size, index: int, item: TrackNode, hold: Hold) -> Finding:
    track, name, late = item.track, hold.name, hold.late
    times = time_labels(track)
    for field in PRIMARY[name] if name != "never-visible" else (START_GAP,) if late else (END_GAP,):
        if (label := times.get(field)) is not None:
            at = Place(label.span, track.path, track.node.via)
            break
    else:
        at = medium_place(track)
    labels = _labels(item, hold, times, case.scene_labels, index == sized.track)
    proof = proof_of(case, sized, hold, index)
    match name:
        case "clipped":
            help = roomier(case, sized, index, item, hold)
            if case.start and (track.start_gap or 0) >= case.start and not proof.unknown:
                film = of_film(case, sized, item)
                help = f"{film}; else {help}" if film else help
            return problems.clipped(at, proof, labels, _lost(item, hold), help)
        case "starts-before-scene":
            help = roomier(case, sized, index, item, hold)
            return problems.starts_before_scene(at, proof, labels, _lost(item, hold), help)
        case "trimmed-media":
            if _is_behind(case, sized, track):
                return problems.trimmed_media(at, _what(track), proof, labels, "", FILLS, meant=True)
            return problems.trimmed_media(at, _what(track), proof, labels, _lost(item, hold), more_time(sized, item))
        case "ends-early":
            return problems.ends_early(at, _what(track), proof, labels, less_time(sized, index, item))
    conflict = conflict_of(case, sized, index) if hold.always else ()
    repairs = settled(case, sized, index, hold) if hold.always else ()
    help = "" if repairs else roomier(case, sized, index, item, hold)
    if name == "empty-window":
        moment = _meant_moment(case, sized, index, repairs)
        return problems.empty_window(at, proof, labels, conflict, repairs, help, moment)
    found = problems.never_visible(at, late, proof, labels, conflict, repairs, help)
    if late and case.start and not proof.unknown and (film := of_film(case, sized, item)):
        return replace(found, words=replace(found.words, help=f"{film}; else {found.words.help}"))
    return found


def _meant_moment(case: Case, sized: Size, index: int, repairs: tuple[Repair, ...]) -> str:
    """When a track was to end whose `endTimeGap` was taken for a moment, where the first repair writes the gap for it;
    empty where it was not."""
    gap, total = case.node.tracks[index].track.end_gap, sized.length.expected
    if gap is None or gap > total or not repairs:
        return ""
    meant = f"set `{END_GAP}: {case.texts.written(index, END_GAP, total - gap)}`"
    return f"{gap / 1000:g} s" if repairs[0].title == meant else ""


FILLS = "with both gaps 0 it is as long as its scene, which the speech sizes"


def _is_behind(case: Case, sized: Size, track: Track) -> bool:
    """Whether a film is as long as its scene on purpose: both gaps are written as 0, and a speech sizes the scene."""
    if track.type != "video" or track.start_gap != 0 or track.end_gap != 0:
        return False
    return sized.track is not None and sized.medium and case.node.tracks[sized.track].track.type == "actor"


def _what(track: Track) -> str:
    """What messages call a track's medium."""
    return "speech" if track.type == "actor" else track.type


def proof_of(case: Case, sized: Size, hold: Hold, index: int | None) -> Proof:
    """How surely a finding holds. `index`: the track it is about, whose own medium may be an unknown."""
    low, middle, high, amount = hold.low, hold.middle, hold.high, None
    if hold.always:
        return Proof("always", True, (), Amount(int(low), middle, high) if hold.name not in UNMEASURED else None)
    if hold.name not in UNMEASURED:
        amount = Amount(int(low) if low > 0 else 0, middle if middle > 0 else 0, high)
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


def _labels(
    item: TrackNode, hold: Hold, times: dict[str, Label], scene: tuple[Label, ...], sizing: bool
) -> tuple[Label, ...]:
    """What took part: `times`, the track's own, then its medium and what sizes its scene. `sizing`: the track does."""
    own = (*times.values(),)
    if item.medium is not None and (hold.form[2] or (DURATION not in times and len(times) < 2)):
        own += (medium_label(item),)
    labels = own + scene if hold.form[1] or DURATION not in times else own
    return merged(*labels) if sizing else labels


def _lost(item: TrackNode, hold: Hold) -> str:
    """The words that are cut off at the expected lengths."""
    medium = item.medium
    if item.spoken is None or medium is None or not hold.expected:
        return ""
    if hold.name == "starts-before-scene":
        return lost_at_start(item, hold.middle)
    duration = item.track.duration
    heard = duration if duration is not None else medium.expected
    if hold.name == "clipped" or duration is None:
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
