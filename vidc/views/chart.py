"""chart: a timeline as bars, which the text and the picture draw alike.

A bar is cut into pieces that do not overlap. What a piece says of the time between its ends:

    sure      the track is seen then, whatever the lengths are
    likely    it is seen then at the expected lengths
    possible  it is seen then at some lengths
    cut       it should be there at the expected lengths, and the scene is over
    idle      it has this time at the expected lengths, but its medium is over, whatever its length is
"""

from __future__ import annotations

from itertools import pairwise

from vidc.clock import INF, Length, show
from vidc.diag.finding import Finding
from vidc.diag.sink import brief, clean
from vidc.ir.spec import Track
from vidc.ir.timeline import Moment, PlacedScene, PlacedTrack, Timeline
from vidc.record import record

KINDS = ("sure", "likely", "possible", "cut", "idle")

STRETCH = 1.5
"""A scene's bars reach past its expected end where something may, up to this many times its expected length."""

_ROUGH_MS = 100


MAX_DRAWN = 10_000
"""Limit: so many scenes and tracks are shown."""

MAX_NAME = 60
"""Limit: so many characters of a scene's or a track's name are shown, then `…`."""


@record
class Shown:
    """One file to show: its timeline and the findings of content that is cut."""

    file: str
    timeline: Timeline
    cuts: list[Finding]


@record
class Piece:
    kind: str
    start: float
    end: float


@record
class Bar:
    """One track. `type` and `name` are as the author has them, cleaned; `cuts` say what of it is lost."""

    type: str
    name: str
    times: str
    pieces: list[Piece]
    cuts: list[str]


@record
class Chart:
    """One scene. `reach`: the time in ms at the right edge; `end`: the scene's expected end."""

    number: int
    name: str
    start: str
    length: str
    reason: str
    transition: str
    end: int
    reach: float
    bars: list[Bar]


def charts(shown: Shown) -> list[Chart]:
    """The scenes as bars, in order."""
    lost = cuts_by_path(shown.cuts)
    return [_chart(placed, lost) for placed in shown.timeline.scenes]


def cuts_by_path(cuts: list[Finding]) -> dict[str, list[str]]:
    """What is said of each track, by its path."""
    lost: dict[str, list[str]] = {}
    for finding in cuts:
        lost.setdefault(finding.words.at.path, []).append(brief(finding.words.message))
    return lost


def _chart(placed: PlacedScene, lost: dict[str, list[str]]) -> Chart:
    end = max(placed.duration.expected, 0)
    reach = _reach(placed, end)
    return Chart(
        placed.scene.index + 1,
        named(placed.scene.name or ""),
        spoken(placed.start),
        spoken(placed.duration),
        _reason(placed),
        _transition(placed),
        end,
        reach,
        [_bar(track, end, reach, lost.get(track.track.path, [])) for track in placed.tracks],
    )


def _reach(placed: PlacedScene, end: int) -> float:
    """The scene's end, or later where the scene may end later or something runs past it."""
    farthest = max([placed.duration.high, *(track.end.expected for track in placed.tracks)])
    return float(max(end, min(farthest, end * STRETCH), 1))


def _reason(placed: PlacedScene) -> str:
    if placed.sized_by == "duration":
        return "by its `duration`"
    if placed.sized_by == "reference":
        return f"as long as `{named(placed.scene.reference or '')}`"
    sizing = [track.track for track in placed.tracks if could_size(track.track)]
    return f"as long as {_called(sizing[0].type, sizing[0].reference_id)}" if len(sizing) == 1 else "inferred"


def named(name: str) -> str:
    """A name as it is shown."""
    return clean(name if len(name) <= MAX_NAME else name[: MAX_NAME - 1] + "…")


def _transition(placed: PlacedScene) -> str:
    transition = placed.scene.transition
    if transition is None:
        return ""
    return named(transition.type) + (f" of {show(transition.duration)}" if transition.duration is not None else "")


def could_size(track: Track) -> bool:
    """Whether a track has a length that a scene may take."""
    both_gaps = track.start_gap is not None and track.end_gap is not None
    return not both_gaps and (track.duration is not None or track.type in ("actor", "video"))


def _called(kind: str, name: str | None) -> str:
    return f"`{named(name)}`" if name else f"its {named(kind)}"


def _bar(placed: PlacedTrack, end: int, reach: float, cuts: list[str]) -> Bar:
    track = placed.track
    is_seen = placed.start.expected <= placed.end.expected
    times = f"{brief_seconds(placed.start)}–{brief_seconds(placed.end)} s" if is_seen else "not seen"
    return Bar(named(track.type), named(track.reference_id or ""), times, pieces(placed, end, reach), cuts)


def pieces(placed: PlacedTrack, end: int, reach: float) -> list[Piece]:
    """The bar between 0 and `reach`, from left to right."""
    sure, likely, possible = _seen(placed)
    whole = (placed.start.expected, placed.end.expected)
    edges = sorted({0.0, reach, *(min(max(edge, 0.0), reach) for edge in (end, *sure, *likely, *possible, *whole))})
    made: list[Piece] = []
    for first, last in pairwise(edges):
        middle = (first + last) / 2
        kind = ""
        if _holds(sure, middle):
            kind = "sure"
        elif _holds(likely, middle):
            kind = "likely"
        elif _holds(whole, middle) and middle >= end:
            kind = "cut"
        elif _holds(possible, middle):
            kind = "possible"
        elif _holds(whole, middle):
            kind = "idle"
        if not kind:
            continue
        if made and made[-1].kind == kind and made[-1].end == first:
            made[-1] = Piece(kind, made[-1].start, last)
        else:
            made.append(Piece(kind, first, last))
    return made


def _seen(placed: PlacedTrack) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
    """When it is seen: at all lengths, at the expected ones, at some."""
    seen = placed.visible
    if seen is None:
        return (0, 0), (0, 0), (0, 0)
    start, end = seen.start, seen.end
    return (start.high, end.low), (start.expected, end.expected), (start.low, end.high)


def _holds(window: tuple[float, float], at: float) -> bool:
    return window[0] <= at < window[1]


def summed(timeline: Timeline) -> str:
    """The whole video in a few words. A spec without scenes is a template job's."""
    count = len(timeline.scenes)
    if not count:
        return "no scenes here: the service has those of a template"
    return f"total: {spoken(timeline.total)} in {count} scene{'' if count == 1 else 's'}"


def spoken(length: Length) -> str:
    """`6.2 s`, `6.2 s (5.7 s where transitions overlap)`, or `about 6.2 s (4.3 s to 9.0 s, estimated)`."""
    if length.low == length.high:
        return show(length.expected)
    bounds = f"{rough(length.low)} or more" if length.high == INF else f"{rough(length.low)} to {rough(length.high)}"
    if length.basis == "exact" and length.high == INF:
        return f"{show(length.low)} or more"
    if length.basis == "exact":  # only transitions, which may or may not overlap their scenes, leave it open
        return f"{show(length.expected)} ({show(length.low)} where transitions overlap)"
    return f"about {rough(length.expected)} ({bounds}, {length.basis})"


def rough(ms: int | float) -> str:
    """To a tenth of a second: what is estimated is not known better."""
    return show(round(ms / _ROUGH_MS) * _ROUGH_MS)


def brief_seconds(at: Moment) -> str:
    """Seconds for a table: as they are where they are exact, else to a tenth."""
    if at.low != at.high:
        return f"{at.expected / 1000:.1f}"
    seconds = f"{at.expected / 1000:.3f}".rstrip("0")
    return f"{seconds}0" if seconds.endswith(".") else seconds
