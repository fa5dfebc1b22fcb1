"""track: one track of a scene, read by the table of its type."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from re import fullmatch

from vidc.diag.near import nearest
from vidc.hints import Any
from vidc.ir.spec import Track
from vidc.ir.tree import Mapping, Node, Scalar, first_line
from vidc.problems import check as problems
from vidc.problems import mistakes
from vidc.problems.wording import kind, listed
from vidc.record import replace

from .fields import LITERAL_OTHER, LITERAL_TRACKS, OTHER, TRACK_EXAMPLE, TRACKS
from .foreign import SYNONYMS, WORDS, construct, construct_help, letters
from .lone import lone, report_glued
from .scope import Scope, is_alone, list_in_list
from .tables import merge_extra, read, report_strays

_HOLDS = {"actor": "actor", "image": "imageUrl", "video": "videoUrl", "audio": "audioUrl", "text": "text"}
"""The field that makes a track what it is, for each type."""

_USE = {"type", "with"}
"""What a track has that is a component, if its type is taken for its `use`."""

MOST = 100
"""Limit: so many keys of a track without a type are looked at for what was meant to be one."""


def track(outer: Scope, index: int, node: Node) -> Track | None:
    """The track; None where it is left out: a finding says why, or it is not known yet."""
    if not isinstance(node, Mapping):
        if isinstance(node, Scalar) and node.unknown:
            outer.doubt()
        else:
            at = replace(outer.place(first_line(node)), path=f"{outer.path}.tracks[{index}]")
            help = list_in_list(node, "tracks", is_alone(outer, "tracks")) or f"write `- {TRACK_EXAMPLE}`"
            outer.log.add(problems.wrong_type(at, "a track", "a mapping of its fields", kind(node), help))
        return None
    scope = outer.within(node)
    scope.track = index
    type = _type(scope)
    if type is None:
        return None
    own_field = _HOLDS.get(type, "type")
    told: Collection[str] = ()
    if own_field not in node.entries or (type == "text" and "actor" in node.entries):
        from .retyped import brought, retyped

        meant = retyped(scope, type, own_field)
        type, told = meant, brought(scope, meant) if meant != type else ()
    fields = (LITERAL_TRACKS if scope.literal else TRACKS).get(type) or (LITERAL_OTHER if scope.literal else OTHER)
    sent, own = read(scope, fields, told)
    if type == "actor":
        _check_voice(scope, sent)
    if own:
        merge_extra(scope, fields, own, sent)
    return _track(scope, type, sent, own)


def _track(scope: Scope, type: str, sent: dict[str, Any], own: dict[str, Any]) -> Track:
    text = sent.get("text")
    written = scope.node.entries.get("text")
    return Track(
        type,
        scope.scene,
        scope.track,
        scope.node,
        sent,
        _whole(sent.get("duration")),
        _whole(sent.get("startTimeGap")),
        _whole(sent.get("endTimeGap")),
        own.get("intrinsicDuration"),
        sent.get("referenceId"),
        sent.get("sequentialBlendId"),
        text if isinstance(text, str) else None,
        written is None or not (isinstance(written[1], Scalar) and written[1].unknown),
        frozenset(scope.broken),
    )


def _whole(ms: int | float | None) -> int | None:
    """A literal job's `2000.0` is sent as it is and counted as 2000."""
    return None if ms is None else int(ms)


def _type(scope: Scope) -> str | None:
    """A track's type; None where it is missing, not known yet, or certainly meant to be another."""
    entry = scope.node.entries.get("type")
    if entry is None or (isinstance(entry[1], Scalar) and entry[1].value is None and not entry[1].unknown):
        _report_no_type(scope)
        return None
    node = entry[1]
    if not isinstance(node, Scalar) or node.unknown or not isinstance(node.value, str):
        scope.mistyped("type", node, f"one of {listed(TRACKS)}", f"write `type: {_likely(scope.node.entries)}`")
        return None
    if node.value in TRACKS:
        return node.value
    at = scope.place(node.span)
    components = scope.declared("components")
    name = _component(scope, node.value, components)
    if name:
        key, alone = scope.node.key("type"), scope.node.entries.keys() <= _USE
        scope.log.add(problems.component_as_type(at, name, key, components[name][0].span, alone))
        return None
    if not scope.literal:
        from .silent import OF_TRACKS, is_silence

        if is_silence(node.value):
            scope.log.add(problems.unknown_track_type(at, node.value, tuple(TRACKS), "", "", OF_TRACKS))
            return node.value
    meant = SYNONYMS.get(node.value) or nearest(node.value, TRACKS) or ""
    word = "" if scope.literal else WORDS.get(letters(node.value), "")
    scope.log.add(problems.unknown_track_type(at, node.value, tuple(TRACKS), meant, word))
    if not meant:
        return node.value
    report_strays(scope, (LITERAL_TRACKS if scope.literal else TRACKS)[meant])
    return None


def _component(scope: Scope, written: str, components: Collection[str]) -> str:
    """The component that is meant by a type which is none; a name that is only near one counts beside `with`."""
    if written in components or not components:
        return written if components else ""
    some = tuple(name for name in islice(components, MOST) if name not in TRACKS)
    found = next((name for name in some if name.lower() == written.lower()), "")
    return found or ("with" in scope.node.entries and nearest(written, some)) or ""


def _report_no_type(scope: Scope) -> None:
    """Report a missing `type`, with what the track's other fields make it."""
    from .astray import is_no_track
    from .homes import is_lone_transition

    if scope.node.partial or is_lone_transition(scope) or is_no_track(scope, TRACKS):
        return
    entries = scope.node.entries
    for name, (key, node) in islice(entries.items(), MOST):
        at = scope.place(key.span)
        if name != "type" and nearest(name, ("type",)):
            scope.log.add(mistakes.misspelled_property(at, name, "a track", "write `type`", "type"))
            return
        if not scope.literal and construct(name, node, True) == "use":
            help, right = construct_help(name, "use", node)
            scope.log.add(mistakes.invented_property(at, name, "a track", help, right))
            return
        if name.startswith("type:") and lone(scope, name):
            report_glued(scope)
            return
    entry = entries.get("type")
    at = scope.place(entry[1].span) if entry else scope.head()
    scope.log.add(problems.missing_field(at, "`type`", "this track", f"add `type: {_likely(entries)}`"))


def _likely(entries: Collection[str]) -> str:
    """The type that a track's other fields make it."""
    if "actor" in entries or "speakerId" in entries:
        return "actor"
    media = ("image", "video", "audio")
    fields = {f"{type}Url": type for type in media} | {type: type for type in (*media, "text")}
    return next((type for name, type in fields.items() if name in entries), "actor")


def _check_voice(scope: Scope, sent: dict[str, Any]) -> None:
    """An actor speaks a text with a voice, or moves its lips to a recording: one of the two."""
    text, audio = sent.get("text"), sent.get("audioUrl")
    if text is not None and audio is not None:
        at = scope.place(scope.node.key("audioUrl"))
        scope.log.add(problems.text_and_audio(at, scope.node.key("text")))
        del sent["text"], sent["audioUrl"]
        scope.broken.update(("text", "audioUrl"))
    elif text is None and audio is None:
        if scope.broken.isdisjoint(("text", "audioUrl")) and not scope.node.partial:
            help = "add `text: Hello.`, or `audioUrl` with a recording"
            scope.log.add(problems.missing_field(scope.head(), "`text` or `audioUrl`", "this actor", help))
            scope.broken.update(("text", "audioUrl"))
    elif text is not None and sent.get("speakerId"):
        _check_names(scope, sent.get("actor") or "", sent["speakerId"])
    elif text is not None and "speakerId" not in scope.broken:
        from .homes import would_come

        if not (scope.node.partial or would_come(scope, "speakerId")):
            scope.log.add(problems.missing_speaker(scope.head()))


_VOICE = r"[a-z]{2,3}-[A-Z]{2}-\w+|(?=\w*[A-Z])(?=\w*[a-z])[A-Za-z0-9]{18,24}"
"""The ids of voices that the service's documentation shows: `en-GB-RyanNeural`, `aquXcfLbkxpW4BBI5qKm`."""


def _check_names(scope: Scope, actor: str, speaker: str) -> None:
    """An actor's name is a word, and a voice's id is none."""
    if not actor.islower() and speaker.islower() and speaker.isalpha() and fullmatch(_VOICE, actor):
        at = scope.place(scope.node.at("actor"))
        scope.log.add(problems.swapped_names(at, actor, speaker, scope.node.at("speakerId")))
