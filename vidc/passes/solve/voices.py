"""voices: actors of one scene that speak at the same time."""

from __future__ import annotations

from vidc.clock import INF, Length, with_unit
from vidc.diag.finding import Amount, Condition, Label, Place
from vidc.ir.graph import TrackNode
from vidc.ir.timeline import PlacedTrack
from vidc.problems import voices as problems
from vidc.problems.proof import Proof
from vidc.record import record

from .advice import OWN_SCENES, own_length
from .case import Case
from .changes import DURATION, START_GAP, Change, changed_track
from .explain import compared
from .judge import Form
from .labels import is_unknown, medium_label, medium_place, time_labels
from .place import fields_of, window
from .settle import above
from .size import Size
from .table import KINDS
from .trial import survey_track


@record
class Voice:
    """A speech in its place. `start` and `ends` are forms; it is over at the first of `ends`: the track's own, and the
    speech's where the track was given more time than it takes. `index`: of its track among those of the scene."""

    index: int
    placed: PlacedTrack
    item: TrackNode
    start: Form
    ends: tuple[Form, ...]


def judge_voices(case: Case, sized: Size) -> None:
    """Hold each speech against the one that, of those which begin before it, is over last."""
    last: Voice | None = None
    for voice in sorted(_voices(case), key=lambda one: one.placed.start.expected):
        if last is not None:
            _judge(case, sized, last, voice)
        if last is None or _over(voice) > _over(last):
            last = voice


def _voices(case: Case) -> list[Voice]:
    found: list[Voice] = []
    indexes = {item.track.index: index for index, item in enumerate(case.node.tracks)}
    for placed in case.tracks or ():
        index = indexes[placed.track.index]
        item = case.node.tracks[index]
        if placed.track.type != "actor" or placed.visible is None or item.medium is None or item.medium.high <= 0:
            continue
        start, end = window(item, KINDS["actor"], fields_of(item))
        spoken = (start[0], start[1], start[2] + 1)
        found.append(Voice(index, placed, item, start, (end,) if end == spoken else (end, spoken)))
    return found


def _over(voice: Voice) -> int:
    medium = voice.item.medium
    start, end = voice.placed.start.expected, voice.placed.end.expected
    return end if medium is None else min(end, start + medium.expected)


class Sum:
    """`constant` and so many times each length that is not known, by the track whose medium it is."""

    def __init__(self, case: Case, sized: Size, forms: list[tuple[Form, int, int]]) -> None:
        """`forms`: each with its factor and the track that it is of."""
        self.nodes = case.node.tracks
        self.constant = 0
        self.factors: dict[int, int] = {}
        for form, factor, index in forms:
            self.constant += factor * form[0]
            self._add(sized.length, sized.track, factor * form[1])
            self._add(self.nodes[index].medium, index, factor * form[2])

    def _add(self, length: Length | None, track: int | None, factor: int) -> None:
        if not factor or length is None:
            return
        if length.low == length.high or track is None:
            self.constant += factor * length.expected
        else:
            self.factors[track] = self.factors.get(track, 0) + factor

    def bounds(self) -> tuple[int | float, int, int | float]:
        low: int | float = self.constant
        middle, high = self.constant, low
        for track, factor in self.factors.items():
            length = self.nodes[track].medium
            if factor and length is not None:
                low += factor * (length.low if factor > 0 else length.high)
                middle += factor * length.expected
                high += factor * (length.high if factor > 0 else length.low)
        return low, middle, high

    def condition(self, case: Case) -> Condition:
        """When the sum is above zero."""
        plus, minus = (
            [case.name(self.nodes[track].track) for track, factor in self.factors.items() if sign * factor > 0]
            for sign in (1, -1)
        )
        return compared(plus, minus, self.constant, True)


def _judge(case: Case, sized: Size, before: Voice, after: Voice) -> None:
    """`before` is still heard when `after` begins: each of its ends comes later."""
    sums = [Sum(case, sized, [(end, 1, before.index), (after.start, -1, after.index)]) for end in before.ends]
    bounds = [one.bounds() for one in sums]
    low, middle, high = (min(values) for values in zip(*bounds, strict=True))
    if high < 1:
        return
    open_sums = [one for one, (least, _, _) in zip(sums, bounds, strict=True) if least < 1]
    amount = Amount(max(0, int(low)) if low != -INF else 0, max(0, int(middle)), high)
    conditions = tuple(one.condition(case) for one in open_sums)
    unknown = next((case.name(v.item.track) for v in (before, after) if is_unknown(v.item.medium)), "")
    proof = (
        Proof("maybe", middle >= 1, conditions, amount, unknown) if conditions else Proof("always", True, (), amount)
    )
    names, help = (after.item.track.name, before.item.track.name), _help(sized, after, amount)
    case.log.add(problems.overlapping_speech(_place(after), *names, proof, _labels(before, after), help))


def _place(voice: Voice) -> Place:
    track = voice.item.track
    if track.start_gap is None:
        return medium_place(track)
    return Place(track.node.entry(START_GAP), track.path, track.node.via)


def _labels(before: Voice, after: Voice) -> tuple[Label, ...]:
    return (
        *time_labels(before.item.track).values(),
        medium_label(before.item),
        *time_labels(after.item.track).values(),
    )


def _help(sized: Size, after: Voice, amount: Amount) -> str:
    """A scene for each; or a start that waits for the first speaker, where that is the start that the author wrote or
    may write, and nothing is cut then."""
    if sized.by != "duration" or after.start[1] or after.start[2] or not amount.expected:
        return OWN_SCENES
    fits = above(after.start[0] + amount.expected)
    sure = above(after.start[0] + int(amount.high)) if amount.high < INF else fits
    fitting = [ms for ms in dict.fromkeys((fits, sure)) if _has_room(sized, after, ms)]
    if not fitting:
        if after.item.track.end_gap is not None:
            return OWN_SCENES
        lasts = with_unit(above(fits + own_length(after.item)[0]))
        return f"{OWN_SCENES}, or set `{START_GAP}: {with_unit(fits)}` and the scene's `{DURATION}: {lasts}`"
    surely = f" (`{with_unit(sure)}` to be sure)" if len(fitting) > 1 else ""
    return f"{OWN_SCENES}, or set `{START_GAP}: {with_unit(fitting[0])}`{surely}"


def _has_room(sized: Size, voice: Voice, start: int) -> bool:
    """Whether a speech may begin then in a scene of this length, and lose nothing."""
    after = survey_track(changed_track(voice.item, (Change(voice.index, START_GAP, start),)), sized, voice.index)
    return not after.errors and not after.warnings
