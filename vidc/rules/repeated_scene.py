"""repeated-scene: a scene that is written twice, one right behind the other."""

from __future__ import annotations

from collections.abc import Sequence

from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Label, Place, Words
from vidc.ir.spec import Scene
from vidc.ir.tree import first_line


@problem("warning", "rule")
def repeated_scene(at: Place, label: Label) -> Words:
    """A scene says word for word what the one before it does, with the same pictures.

    A scene that was copied and not changed yet, or that two branches brought, is seen twice and paid for twice. Turns
    of a loop and uses of a component are not told.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    defaults:
      actor: {actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
              position: {x: 420, y: 0}, size: {width: 1080, height: 1080}}
    scenes:
      - name: Welcome
        tracks: [{type: actor, text: Good to have you here.}]
      - name: Welcome
        tracks: [{type: actor, text: Good to have you here.}]
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    defaults:
      actor: {actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
              position: {x: 420, y: 0}, size: {width: 1080, height: 1080}}
    scenes:
      - name: Welcome
        tracks: [{type: actor, text: Good to have you here.}]
      - name: Your desk
        tracks: [{type: actor, text: Your desk is on the second floor.}]
    ```
    """
    return Words("this scene is the one before it once more", at, (label,), "remove one of them, or change this one")


def check_repeated_scene(before: Scene, scene: Scene) -> Sequence[Finding]:
    tracks = scene.tracks
    if len(tracks) != len(before.tracks) or scene.node.anchor or scene.node.span.key == before.node.span.key:
        return ()
    is_said = any(track.type == "actor" and track.text and track.text_known for track in tracks)
    if not is_said or scene.values != before.values or scene.language != before.language:
        return ()
    pairs = zip(tracks, before.tracks, strict=True)
    if any(
        (one.type, one.values, one.intrinsic) != (other.type, other.values, other.intrinsic) for one, other in pairs
    ):
        return ()
    place = scene.place()
    at = Place(first_line(scene.node), place.path, place.via)
    return (repeated_scene(at, Label(first_line(before.node), "the one before")),)
