"""retyped: a track that says one type and has the fields of another."""

from __future__ import annotations

from vidc.diag.finding import Repair
from vidc.ir.tree import Mapping, Scalar
from vidc.problems import mistakes
from vidc.problems.wording import respelled

from .addresses import kind_of_file
from .fields import TRACKS
from .scope import Scope

_MEDIA = {"imageUrl": "image", "videoUrl": "video", "audioUrl": "audio"}
_SPEECH = frozenset(("text", "audioUrl", "speakerId"))
_OF_VIDEO = frozenset(("intrinsicDuration", "removeBackground"))
"""Fields that a video has and an image has not."""


def retyped(scope: Scope, type: str, own: str) -> str:
    """The type as which a track is read that lacks the field of its own type, or may speak: the one that its fields
    make it, which is reported, or its own. In a job an audio or a text may have any property."""
    entries = scope.node.entries
    if scope.literal and type in ("audio", "text"):
        return type
    speaks = not _SPEECH.isdisjoint(entries)
    if "actor" in entries and type != "actor":
        return _report(scope, type, "actor", "actor") if speaks else type
    names = [name for name in _MEDIA if name in entries]
    if len(names) != 1 or own in entries or (speaks and type in ("actor", "audio")):
        return type
    name = names[0]
    meant, file = _MEDIA[name], _kind_of_file(scope, name)
    if file == type:
        scope.leave(name, own)
        at = scope.place(scope.node.key(name))
        scope.log.add(mistakes.misplaced_property(at, name, TRACKS[type].owner, f"write `{own}`", own))
        return type
    is_sure = file == meant or type == "text" or (meant == "video" and not _OF_VIDEO.isdisjoint(entries))
    return _report(scope, type, meant, name, "" if is_sure else f"write `{own}`, or `type: {meant}`")


def brought(scope: Scope, meant: str) -> list[str]:
    """The fields of a track that only the defaults of the type it says have brought: those follow from the wrong type.
    What the defaults of the type that is meant would bring counts as written."""
    found = scope.declared("defaults").get(meant)
    if found is not None and isinstance(found[1], Mapping):
        scope.broken.update(name for name in found[1].entries if name not in scope.node.entries)
    return [name for name in scope.node.entries if not scope.is_own(name)]


def _kind_of_file(scope: Scope, name: str) -> str:
    node = scope.node.entries[name][1]
    return kind_of_file(node.value) if isinstance(node, Scalar) and isinstance(node.value, str) else ""


def _report(scope: Scope, type: str, meant: str, name: str, help: str = "") -> str:
    """Report the field of another type, with the type to write, unless the field may be the wrong one as well; gives
    the type that is meant."""
    repair = None if help else _typed(scope, type, meant)
    found = mistakes.misplaced_property(
        scope.place(scope.node.key(name)), name, TRACKS[type].owner, help or f"write `type: {meant}`", repair=repair
    )
    scope.log.add(found)
    return meant


def _typed(scope: Scope, type: str, meant: str) -> Repair | None:
    """Write another type, where it is written in the track itself."""
    span = scope.node.at("type")
    return respelled(span, meant) if span.text.strip("\"'") == type and scope.is_own("type") else None
