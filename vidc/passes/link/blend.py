"""blend: media that continue over a cut, by the `sequentialBlendId` of tracks in adjacent scenes."""

from __future__ import annotations

from vidc.diag.finding import Log, Place
from vidc.ir.spec import Scene, Spec, Track
from vidc.problems import blend as problems

CONTENT = {"video": "videoUrl", "actor": "actor", "image": "imageUrl"}
"""What must be the same for a medium to go on, by type."""

LOOKS = ("position", "size", "rotation", "variant", "view", "removeBackground")
"""What a viewer sees change."""

FIELD = "sequentialBlendId"


def continued(spec: Spec, log: Log) -> dict[tuple[int, int], Track]:
    """The track that each one continues, by the indices of its scene and its own."""
    chains: dict[str, list[tuple[int, Track]]] = {}
    for number, scene in enumerate(spec.scenes):
        for track in scene.tracks:
            if track.blend_id is not None:
                chains.setdefault(track.blend_id, []).append((number, track))
    if not chains:
        return {}
    found: dict[tuple[int, int], Track] = {}
    unsure = _is_unsure(spec)
    with_duration: set[tuple[int, int]] = set()
    cased = _cased(chains)
    for name, chain in chains.items():
        pairs = _pairs(name, chain, unsure, cased, log)
        for number, first, second in pairs:
            if _fits(first, second, log):
                found[second.scene, second.index] = first
            _judge(spec.scenes[number], first, second, log)
            for track in (first, second):
                if track.duration is not None and (track.scene, track.index) not in with_duration:
                    with_duration.add((track.scene, track.index))
                    log.add(problems.blend_duration(_at(track, "duration")))
    return found


def _is_unsure(spec: Spec) -> bool:
    """Whether a track that continues another may have been left out."""
    return spec.scenes_missing or any(
        scene.tracks_missing or any(FIELD in track.broken for track in scene.tracks) for scene in spec.scenes
    )


def _cased(chains: dict[str, list[tuple[int, Track]]]) -> dict[str, tuple[str, Track] | None]:
    """Of each id that stands on one track, another that differs from it only in case, and its first track; None where
    that one says so."""
    first: dict[str, str] = {}
    found: dict[str, tuple[str, Track] | None] = {}
    for name, chain in chains.items():
        other = first.setdefault(name.lower(), name)
        if other == name:
            continue
        if len(chains[other]) == 1:
            found.setdefault(other, (name, chain[0][1]))
            found[name] = None
        else:
            found[name] = (other, chains[other][0][1])
    return found


def _pairs(
    name: str, chain: list[tuple[int, Track]], unsure: bool, cased: dict[str, tuple[str, Track] | None], log: Log
) -> list[tuple[int, Track, Track]]:
    """Those of one id that stand in adjacent scenes, with the number of the first one's scene."""
    by_scene: dict[int, Track] = {}
    repeated: set[int] = set()
    for number, track in chain:
        if number in by_scene:
            repeated.add(number)
            log.add(problems.blend_repeated(track.place(FIELD), name, by_scene[number].node.at(FIELD)))
        else:
            by_scene[number] = track
    if not unsure and not repeated:
        _report_lonely(name, by_scene, cased, log)
    return [
        (number, track, by_scene[number + 1])
        for number, track in by_scene.items()
        if number + 1 in by_scene and number not in repeated and number + 1 not in repeated
    ]


def _report_lonely(name: str, by_scene: dict[int, Track], cased: dict[str, tuple[str, Track] | None], log: Log) -> None:
    first = next(iter(by_scene.values()))
    if len(by_scene) == 1:
        other = cased.get(name)
        if other is not None:
            log.add(problems.blend_alone(first.place(FIELD), name, other[0], other[1].node.at(FIELD)))
        elif name not in cased:
            log.add(problems.blend_alone(first.place(FIELD), name))
        return
    lonely = [track for number, track in by_scene.items() if number - 1 not in by_scene and number + 1 not in by_scene]
    for track in lonely:
        if track is not first:
            log.add(problems.blend_apart(track.place(FIELD), name, first.node.at(FIELD)))
    if lonely == [first]:
        log.add(problems.blend_apart(first.place(FIELD), name, list(by_scene.values())[1].node.at(FIELD)))


def _fits(first: Track, second: Track, log: Log) -> bool:
    """Whether the second may be the first going on: of the same type, showing the same."""
    if first.type != second.type:
        log.add(problems.blend_type(second.place("type"), second.type, first.type, first.node.at("type")))
        return False
    field = CONTENT.get(second.type)
    if field is None or field in first.broken or field in second.broken:
        return True
    if first.values.get(field) != second.values.get(field):
        log.add(problems.blend_content(second.place(field), field, first.node.at(field)))
        return False
    return True


def _judge(scene: Scene, first: Track, second: Track, log: Log) -> None:
    if first.end_gap is not None:
        log.add(problems.blend_gap(_at(first, "endTimeGap"), "endTimeGap", second.node.at(FIELD)))
    if second.start_gap is not None:
        log.add(problems.blend_gap(_at(second, "startTimeGap"), "startTimeGap", first.node.at(FIELD)))
    if scene.transition is not None:
        at = Place(scene.node.entry("transition"), scene.path, scene.node.via)
        log.add(problems.blend_transition(at, second.node.at(FIELD)))
    if first.type != second.type:
        return
    for field in LOOKS:
        if first.values.get(field) != second.values.get(field) and field not in first.broken | second.broken:
            owner = second if field in second.node.entries else first
            other = first if owner is second else second
            log.add(problems.blend_moved(owner.place(field), field, other.node.at(field)))
            return


def is_same_medium(first: Track, second: Track) -> bool:
    """Whether what plays in the second is the rest of the first. An actor with other words begins to say them."""
    if second.type == "actor":
        return all(first.values.get(field) == second.values.get(field) for field in ("text", "audioUrl"))
    return True


def _at(track: Track, field: str) -> Place:
    return Place(track.node.entry(field), track.path, track.node.via)
