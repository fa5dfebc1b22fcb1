"""silent: pauses that are written as scenes or as tracks, where they are time in which nobody speaks."""

from __future__ import annotations

from vidc.ir.tree import Scalar
from vidc.problems import mistakes

from .faded import times_in
from .foreign import letters
from .scope import Scope

_WORDS = frozenset((
    "pause", "pauses", "silence", "wait", "sleep", "break", "gap", "delay", "beat", "pauseduration", "waittime",
))  # fmt: skip
_BESIDE = ("duration", "seconds", "time", "length", "name", "type")
"""What may say more of a pause."""

OF_TRACKS = "silence is time in which nobody speaks: remove it, and make the scene's `duration` longer than its speech"


def is_silence(word: str) -> bool:
    return letters(word) in _WORDS


def report_pause(scope: Scope) -> bool:
    """Report a scene, or a track, that is nothing but a pause; whether it is one."""
    entries = scope.node.entries
    own = [name for name in entries if scope.is_own(name)]
    found = entries.get("type")
    type = found[1].value if found and scope.is_own("type") and isinstance(found[1], Scalar) else None
    is_typed = isinstance(type, str) and is_silence(type)
    name = "type" if is_typed else next((one for one in own if is_silence(one)), "")
    if not name or (found and not is_typed) or not {*own} <= {name, *_BESIDE}:
        return False
    at = scope.place(scope.node.key(name))
    what = f"type: {type}" if is_typed else name
    if scope.track >= 0:
        scope.log.add(mistakes.invented_property(at, what, "a track", OF_TRACKS))
    else:
        scope.log.add(mistakes.invented_property(at, what, "a scene", _of_scenes(scope, name)))
    return True


def _of_scenes(scope: Scope, name: str) -> str:
    """What to write for a pause between two scenes."""
    nodes = [scope.node.entries[one][1] for one in (name, *_BESIDE) if one in scope.node.entries]
    time = next((time for node in nodes for time in times_in(node)), "2s")
    own = f"a scene with `duration: {time}` and a picture"
    longer = "give the scene before a `duration` longer than its speech, or " if scope.scene > 0 else ""
    return f"a pause is time in which nobody speaks: in its place, {longer}write {own}"
