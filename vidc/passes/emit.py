"""emit: Spec -> Job, in the service's field order, only what the author wrote."""

from __future__ import annotations

from vidc.hints import Any
from vidc.ir.job import CREATIVE, SCENE, SETTINGS, TOP, TRACK, Job, ordered
from vidc.ir.spec import Scene, Spec


def emit(spec: Spec) -> Job:
    """The job of a spec in which nothing is wrong."""
    body: dict[str, Any] = dict(spec.values)
    if spec.kind == "template":
        return Job("template", ordered(body, TOP))
    creative = {"settings": ordered(spec.settings, SETTINGS), "scenes": [_scene(scene) for scene in spec.scenes]}
    body["videoCreative"] = ordered(creative | spec.creative, CREATIVE)
    return Job("video", ordered(body, TOP))


def _scene(scene: Scene) -> dict[str, Any]:
    return ordered(scene.values | {"tracks": [ordered(track.values, TRACK) for track in scene.tracks]}, SCENE)
