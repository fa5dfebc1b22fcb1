"""advice: what to write where a track is cut or leaves early, as help of a warning."""

from __future__ import annotations

from functools import lru_cache

from vidc.clock import INF, show, with_unit
from vidc.ir.graph import TrackNode

from .case import Case
from .changes import DURATION, END_GAP, REFERENCE, START_GAP
from .edits import is_inherited
from .judge import Hold
from .settle import LEAST_MS, below
from .size import Size, is_sized
from .table import TIMED

OWN_SCENES = "give each speech a scene of its own"


def roomier(case: Case, sized: Size, index: int, item: TrackNode, hold: Hold) -> str:
    """A scene in which all of a track is seen, or what else would keep it whole."""
    if not hold.expected:
        return "make the scene longer, or what runs past it shorter"
    expected, most = own_length(item)
    if not expected:
        return _filled(item)
    track, name, by = item.track, hold.name, sized.by
    gaps, length = (track.start_gap or 0) + (track.end_gap or 0), sized.length
    longer = _lasting(by, gaps + expected, gaps + most, length.high)
    if name == "clipped" and _would_size(case, sized, item):
        what = "speech" if track.type == "actor" else track.type
        longer = f"write `{DURATION}: null` in the scene, which is then as long as the {what}, or {longer}"
    if by != "duration" and track.type == "actor" and case.speakers > 1:
        return f"{OWN_SCENES}, or {longer}"
    if name == "empty-window":
        return f"{longer}, or make a gap smaller"
    if name == "clipped" and _could_fill(case, sized, item):
        return f"write `{START_GAP}: 0, {END_GAP}: 0`: it then ends with the scene, as the speech does; or {longer}"
    gap, set_to = (START_GAP, track.start_gap) if name == "clipped" or hold.late else (END_GAP, track.end_gap)
    if index == sized.track:
        return f"remove `{gap}`, which cuts as much from the track, or {longer}"
    left = length.expected - expected
    if left > 0 and set_to:
        return _longer_or(longer, gap, left)
    return f"{longer}, or " + (f"make `{gap}` smaller" if name == "never-visible" else _shorter(item, name))


def of_film(case: Case, sized: Size, item: TrackNode) -> str:
    """What to write for a start that was counted from the begin of the film, as editors of films do: where it is, less
    the begin of the scene, a start at which the track fits; empty where it is not."""
    gap, start = item.track.start_gap, case.start
    if not start or gap is None or gap < start or gap - start + own_length(item)[0] > sized.length.expected:
        return ""
    right = case.texts.written(item.track.index, START_GAP, gap - start)
    begins = f"a gap counts from its scene's start, which is {show(start)} into the film"
    return f"{begins}: for {show(gap)} of the film, set `{START_GAP}: {right}`"


def _could_fill(case: Case, sized: Size, item: TrackNode) -> bool:
    """Whether a film without times of its own lies behind a speech that sizes the scene."""
    if item.track.type != "video" or item.track.duration is not None or sized.track is None or not sized.medium:
        return False
    no_gaps = item.track.start_gap is None and item.track.end_gap is None
    return no_gaps and case.node.tracks[sized.track].track.type == "actor"


def _would_size(case: Case, sized: Size, item: TrackNode) -> bool:
    """Whether the scene would be as long as this track, and hold all of it, without the duration that it has from
    defaults."""
    track, scene = item.track, case.node.scene
    if sized.by != "duration" or track.start_gap or track.end_gap or not is_inherited(scene.node, DURATION):
        return False
    return case.rivals == 1 and not scene.tracks_missing and is_sized(item)


def more_time(sized: Size, item: TrackNode) -> str:
    """For a medium that is trimmed: the time that it takes."""
    if item.track.duration is not None:
        return f"remove `{DURATION}`, or {_shorter(item, 'trimmed-media')}"
    expected, most = own_length(item)
    gaps = (item.track.start_gap or 0) + (item.track.end_gap or 0)
    longer = _lasting(sized.by, gaps + expected, gaps + most, sized.length.high)
    return f"{longer} and remove `{END_GAP}`, or {_shorter(item, 'trimmed-media')}"


def less_time(sized: Size, index: int, item: TrackNode) -> str:
    """For a medium that is over before its track is: what follows it is the scene's time."""
    track, medium = item.track, item.medium
    if medium is None or not medium.expected:
        return _filled(item)
    otherwise = "" if track.type == "actor" else f", or take a longer {track.type}"
    if index == sized.track and track.duration is not None:
        scene = _lasting(sized.by, track.duration, track.duration, 0)
        return f"remove `{DURATION}` here, and {scene}{otherwise}"
    if track.type == "actor" and (track.duration is not None or sized.by != "inferred"):
        return f"remove `{END_GAP if track.duration is None else DURATION}`: an actor leaves when it has spoken"
    if track.duration is not None and medium.low == medium.high:
        return f"set `{DURATION}: {with_unit(medium.expected)}`{otherwise}"
    return "give it the time that it takes, or a longer medium"


def _filled(item: TrackNode) -> str:
    """For a medium without any length."""
    return "give it something to say" if item.track.type == "actor" else f"take a longer {item.track.type}"


def own_length(item: TrackNode) -> tuple[int, int | float]:
    """The length that a track has of its own, the expected and the highest. A window that its scene makes is to be
    seen for a moment."""
    duration, medium = item.track.duration, item.medium
    if duration is not None:
        return duration, duration
    return (LEAST_MS, LEAST_MS) if medium is None or item.track.type not in TIMED else (medium.expected, medium.high)


@lru_cache(maxsize=10_000)
def _lasting(by: str, expected: int, most: int | float, now: int | float) -> str:
    """To give the scene a duration, in whole tenths of a second, as an author writes it; and the one that is long
    enough whatever comes. `now`: how long the scene may be as it is."""
    fits, high = with_unit(-(-expected // 100) * 100), max(most, now)
    sure = fits if high == INF else with_unit(-(-int(high) // 100) * 100)
    duration = f"`{DURATION}: {fits}`" + (f" (`{sure}` to be sure)" if sure != fits else "")
    if by == "reference":
        return f"write {duration} in the place of `{REFERENCE}`"
    return f"set the scene's {duration}" if by == "duration" else f"give the scene {duration}"


@lru_cache(maxsize=10_000)
def _longer_or(longer: str, gap: str, most: int) -> str:
    return f"{longer}, or set `{gap}: {with_unit(below(most))}`"


def _shorter(item: TrackNode, name: str) -> str:
    """What of the track itself could give way: a film is often cut on purpose."""
    from .edits import is_json

    kind = item.track.type
    if kind == "actor":
        return "shorten the speech"
    if kind == "video" and is_json(item.track.node):
        return "make what runs past it shorter"
    if kind == "video":
        return f"write `# vidc: allow {name}` here where that is meant"
    return f"remove the track's `{DURATION}`: it then ends with the scene"
