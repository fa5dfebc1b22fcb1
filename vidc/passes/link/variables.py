"""variables: the service's `{name}` in scripts and text elements, and their values."""

from __future__ import annotations

from collections.abc import Iterator
from re import Pattern
from re import compile as pattern

from vidc.diag.finding import Log, Place
from vidc.ir.spec import Json, Spec, Track
from vidc.ir.tree import Mapping, Scalar
from vidc.problems import link as problems
from vidc.source import Span

RESERVED = ("url", "shareUrl", "videoUrl", "status")
"""What the callback's body holds beside `callbackPayload` and `dynamicVariables`."""

TYPES = frozenset(("actor", "text"))
"""Tracks whose `text` the service fills."""

FIELD = "dynamicVariables"


class Variables:
    """The values of a spec's service variables, and which of them are used."""

    __slots__ = ("_braces", "_name", "log", "spec", "unsure", "used", "values")

    def __init__(self, spec: Spec, log: Log) -> None:
        self.spec = spec
        self.log = log
        self.values = spec.dynamic_variables
        self.used: set[str] = set()
        self.unsure = spec.scenes_missing or any(scene.tracks_missing for scene in spec.scenes)
        self._braces: Pattern[str] | None = None
        self._name: Pattern[str] | None = None
        for where in (FIELD, "callbackPayload"):
            self._report_reserved(where)

    def fill(self, track: Track, text: str) -> tuple[str, bool]:
        """The text with the values in it, and whether it is all known."""
        if "{" not in text and "}" not in text:
            return text, track.text_known
        if self._braces is None or self._name is None:
            self._braces = pattern(r"\{+[^{}]*\}+|[{}]")
            self._name = pattern(r"\{[A-Za-z_][A-Za-z0-9_]*\}")
        parts: list[str] = []
        done, searched, known = 0, 0, track.text_known
        for match in self._braces.finditer(text):
            found = match[0]
            parts.append(text[done : match.start()])
            done = match.end()
            at, searched = _place(track, found, searched)
            if not self._name.fullmatch(found):
                parts.append(found)
                self.used.update(pattern(r"[A-Za-z_][A-Za-z0-9_]*").findall(found))
                self.log.add(problems.odd_braces(at, found))
            elif (value := self._value(found[1:-1], at)) is not None:
                parts.append(value)
            else:
                known = False
        parts.append(text[done:])
        return "".join(parts), known

    def _value(self, name: str, at: Place) -> str | None:
        """The value as text; None where there is none, or where a finding speaks of it."""
        self.used.add(name)
        if name in self.values:
            return spoken_value(self.values[name])
        broken = self.spec.broken
        if FIELD not in broken and f"{FIELD}.{name}" not in broken:
            from vidc.diag.near import nearest

            near = nearest(name, self.values)
            if near is not None:
                self.used.add(near)
            self.log.add(problems.unset_service_variable(at, name, near))
        return None

    def report_unused(self) -> None:
        """Say which values no text uses. A template's texts are not known, nor are those of a track that is missing."""
        if self.spec.kind == "template" or not self.values:
            return
        unused = [name for name in self.values if name not in self.used]
        if not unused or self.unsure or any(self._is_unsure(track) for track in self._tracks()):
            return
        said = "\n".join(text for track in self._tracks() for text in _texts(track.values))
        node = self.spec.node.entries.get(FIELD)
        for name in unused:
            if f"{{{name}}}" not in said:
                place = self.spec.place(FIELD)
                if node is not None and isinstance(node[1], Mapping) and name in node[1].entries:
                    place = Place(node[1].key(name), f"{FIELD}.{name}", node[1].via)
                self.log.add(problems.unused_service_variable(place, name))

    def _tracks(self) -> Iterator[Track]:
        return (track for scene in self.spec.scenes for track in scene.tracks)

    def _is_unsure(self, track: Track) -> bool:
        return "text" in track.broken or not track.text_known

    def _report_reserved(self, where: str) -> None:
        values = self.values if where == FIELD else self.spec.values.get(where)
        node = self.spec.node.entries.get(where)
        if not isinstance(values, dict) or node is None or not isinstance(node[1], Mapping):
            return
        for name in RESERVED:
            if name in values and name in node[1].entries:
                place = Place(node[1].key(name), f"{where}.{name}", node[1].via)
                self.log.add(problems.reserved_name(place, name, where))


def spoken_value(value: Json) -> str:
    """A value as the service would put it into a text."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
    return str(value)


def _texts(value: Json) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _place(track: Track, found: str, searched: int) -> tuple[Place, int]:
    """Where the braces stand in the text as written, looking from an offset in it; else the whole text."""
    entry = track.node.entries.get("text")
    if entry is None or not isinstance(entry[1], Scalar) or entry[1].anchor is not None:
        return track.place("text"), searched
    node = entry[1]
    offset = node.source.text.find(found, node.start + searched, node.end)
    if offset < 0:
        return track.place("text"), searched
    end = offset + len(found)
    return Place(Span(node.source, offset, end), track.path, track.node.via), end - node.start
