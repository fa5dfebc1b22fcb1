"""variables: the service's `{name}` in scripts and text elements, and their values."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from re import Pattern
from re import compile as pattern

from vidc.diag.finding import Finding, Log, Place
from vidc.diag.near import Names
from vidc.ir.spec import Json, Spec, Track
from vidc.ir.tree import Mapping, Scalar
from vidc.problems import link as problems
from vidc.record import record
from vidc.source import Key, Source, Span

RESERVED = ("url", "shareUrl", "videoUrl", "status")
"""What the callback's body holds beside `callbackPayload` and `dynamicVariables`."""

TYPES = frozenset(("actor", "text"))
"""Tracks whose `text` the service fills."""

FIELD = "dynamicVariables"


MOST = 50
"""Limit: so many places of one variable without a value are told."""

MAX_FILLED = 1_000_000
"""Limit: so many characters of values are put into texts."""

_BRACES = r"\{++(?:[^{}]*+\}++)?+|\}++"
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_ANGLES = r"<[ \t]{0,3}([A-Za-z_][A-Za-z0-9_]*(?:[ -][A-Za-z0-9_]+){0,5})[ \t]{0,3}>"


@record
class Filled:
    """A text with the values in it, and whether it is all known. `odd`: the braces in it that are none of a variable;
    `unset`: the variables without a value, where no other finding says why."""

    text: str
    known: bool
    odd: tuple[str, ...]
    unset: tuple[str, ...]


class Variables:
    """The values of a spec's service variables, and which of them are used.

    Many tracks may have the same text, and it is filled once: `_filled` keeps what came of it.
    """

    __slots__ = (
        "_angles",
        "_filled",
        "_near",
        "_patterns",
        "_room",
        "_spelt",
        "_unset",
        "_written",
        "log",
        "spec",
        "unsure",
        "used",
        "values",
    )

    def __init__(self, spec: Spec, log: Log) -> None:
        self.spec = spec
        self.log = log
        self.values = spec.dynamic_variables
        self.used: set[str] = set()
        self.unsure = spec.scenes_missing or any(scene.tracks_missing for scene in spec.scenes)
        self._patterns: tuple[Pattern[str], Pattern[str]] | None = None
        self._filled: dict[str, Filled] = {}
        self._angles: dict[str, dict[str, str]] = {}
        self._near: dict[str, str | None] = {}
        self._spelt: Names | None = None
        self._unset: dict[str, dict[Key, Place]] = {}
        self._room = MAX_FILLED
        self._written: dict[tuple[Source, int], dict[str, list[Span]]] = {}
        for where in (FIELD, "callbackPayload"):
            self._report_reserved(where)
        if self.values and log.findings:
            self._tell_undefined()

    def _tell_undefined(self) -> None:
        """Say of each name that no template knows, and the service does, how the service's variables are written."""
        texts: dict[Source, list[Span]] | None = None
        for index, finding in enumerate(self.log.findings):
            name = finding.span.text if finding.name == "undefined-name" else ""
            if name in self.values:
                texts = self._written_texts() if texts is None else texts
                around = _around(finding.span, texts.get(finding.span.source, []))
                self.used.add(name)
                self.log.findings[index] = problems.told_of_service(finding, name, self.values[name], around)

    def _written_texts(self) -> dict[Source, list[Span]]:
        """Where the texts stand that the service fills, in order: a loop has the same ones in every turn."""
        found: dict[Source, dict[int, Span]] = {}
        for track in self._tracks():
            entry = track.node.entries.get("text") if track.type in TYPES else None
            if entry is not None and isinstance(entry[1], Scalar) and entry[1].anchor is None:
                found.setdefault(entry[1].source, {})[entry[1].start] = entry[1].span
        return {source: [spans[start] for start in sorted(spans)] for source, spans in found.items()}

    def fill(self, track: Track, text: str) -> tuple[str, bool]:
        """The text with the values in it, and whether it is all known."""
        if self.values and "<" in text:
            self._check_angles(track, text)
        if "{" not in text and "}" not in text:
            return text, track.text_known
        filled = self._filled.get(text)
        if filled is None:
            had_room = self._room >= 0
            filled = self._filled[text] = self._put_in(text)
            if had_room and self._room < 0:
                self.log.add(problems.values_too_long(track.place("text"), MAX_FILLED))
        if filled.odd or filled.unset:
            self._report(track, filled)
        return filled.text, filled.known and track.text_known

    def _put_in(self, text: str) -> Filled:
        braces, name = self._compiled()
        parts: list[str] = []
        odd: list[str] = []
        unset: list[str] = []
        counts: dict[str, int] = {}
        done, known = 0, True
        for match in braces.finditer(text):
            found = match[0]
            parts.append(text[done : match.start()])
            done = match.end()
            if not name.fullmatch(found, 1, len(found) - 1):
                parts.append(found)
                self.used.update(name.findall(found))
                odd.append(found)
            elif (value := self._value(found[1:-1])) is not None:
                parts.append(value)
            else:
                known = False
                counts[found] = counts.get(found, 0) + 1
                if counts[found] <= MOST and self._is_unset(found[1:-1]):
                    unset.append(found)
        parts.append(text[done:])
        return Filled("".join(parts), known, tuple(odd), tuple(unset))

    def _check_angles(self, track: Track, text: str) -> None:
        """Report the names of values that stand in angle brackets, which only the spec's own variables do."""
        met = self._angles.get(text)
        if met is None:
            meant = {match[0]: self._meant(match[1]) for match in pattern(_ANGLES).finditer(text)}
            met = self._angles[text] = {written: name for written, name in meant.items() if name}
        for written, name in met.items():
            self.used.add(name)
            place = _place_of(track, written)
            if place is not None:
                self.log.add(problems.wrong_brackets(place, written, name))

    def _meant(self, written: str) -> str:
        """The value's name that is written so, in words too: `First Name`; empty where there is none."""
        if written in self.values or (" " not in written and "-" not in written):
            return written if written in self.values else ""
        if self._spelt is None:
            self._spelt = Names(self.values)
        return self._spelt.spelt(written) or ""

    def _compiled(self) -> tuple[Pattern[str], Pattern[str]]:
        """The patterns of braces and of a name: most specs have no braces."""
        if self._patterns is None:
            self._patterns = pattern(_BRACES), pattern(_NAME)
        return self._patterns

    def _value(self, name: str) -> str | None:
        """The value as text; None where there is none, and where too much was put in before."""
        self.used.add(name)
        if name not in self.values or self._room < 0:
            return None
        value = spoken_value(self.values[name])
        self._room -= len(value)
        return value if self._room >= 0 else None

    def _is_unset(self, name: str) -> bool:
        """Whether there is no value, and no other finding says why."""
        broken = self.spec.broken
        return name not in self.values and FIELD not in broken and f"{FIELD}.{name}" not in broken

    def _report(self, track: Track, filled: Filled) -> None:
        met: dict[str, int] = {}
        for found in filled.odd:
            met[found] = met.get(found, 0) + 1
            meant = found.strip("{} ")
            holder, _, last = meant.rpartition(".")
            if holder and f"{FIELD}.{holder.partition('.')[0]}" in self.spec.broken:
                continue  # it is said there that values are flat
            right = next((name for name in (meant, last) if name in self.values), "") or self._meant(meant)
            place = self._place(track, found, met[found])
            mixed = self._mixed(place) if found == "}" else None
            self.log.add(problems.odd_braces(place, found, right) if mixed is None else mixed)
        for found in filled.unset:
            met[found] = met.get(found, 0) + 1
            places = self._unset.setdefault(found[1:-1], {})
            if len(places) < MOST:
                at = self._place(track, found, met[found])
                places.setdefault(at.span.key, at)
            self._nearest(found[1:-1])

    def _mixed(self, at: Place) -> Finding | None:
        """What is said of `<name}`; None for any other brace."""
        text = at.span.source.text
        opened = pattern(r"<(\w{1,60})\Z").search(text[max(0, at.span.start - 61) : at.span.start])
        if opened is None or at.span.text != "}":
            return None
        name = opened[1]
        self.used.add(name)
        span = Span(at.span.source, at.span.start - len(name) - 1, at.span.end)
        return problems.wrong_brackets(Place(span, at.path, at.via), f"<{name}}}", name, name in self.values)

    def _nearest(self, name: str) -> str | None:
        """The declared name that was meant."""
        if name not in self._near:
            from vidc.diag.near import nearest

            self._near[name] = nearest(name, self.values)
        return self._near[name]

    def report(self) -> None:
        """Say which variables have no value, and which values no text uses."""
        for name, places in self._unset.items():
            near = self._near[name]
            at, *others = places.values()
            declared = self._key_of(near) if others and near is not None and near not in self.used else None
            spans = tuple(place.span for place in others)
            if declared is None:
                self.log.add(problems.unset_service_variable(at, name, near, spans))
            else:
                self.log.add(problems.misspelt_service_variable(declared, near or "", name, (at.span, *spans)))
        self.used.update(near for near in self._near.values() if near is not None)
        self._report_unused()

    def _key_of(self, name: str) -> Place | None:
        """Where a value's name is written."""
        node = self.spec.node.entries.get(FIELD)
        if node is None or not isinstance(node[1], Mapping) or name not in node[1].entries:
            return None
        return Place(node[1].key(name), f"{FIELD}.{name}", node[1].via)

    def _place(self, track: Track, found: str, count: int) -> Place:
        """Where such braces stand for the so-manieth time in the text as written; else the whole text."""
        entry = track.node.entries.get("text")
        if entry is None or not isinstance(entry[1], Scalar) or entry[1].anchor is not None:
            return track.place("text")
        node = entry[1]
        written = self._written.get((node.source, node.start))
        if written is None:
            written = self._written[node.source, node.start] = {}
            is_quoted = node.source.text[node.start : node.start + 1] == '"'
            for match in self._compiled()[0].finditer(node.source.text, node.start, node.end):
                said = match[0].replace('\\"', '"') if is_quoted else match[0]
                written.setdefault(said, []).append(Span(node.source, *match.span()))
        spans = written.get(found, [])
        return Place(spans[count - 1], track.path, track.node.via) if count <= len(spans) else track.place("text")

    def _report_unused(self) -> None:
        """Say which values no text uses. A template's texts are not known, nor are those of a track that is missing."""
        if self.spec.kind == "template" or not self.values:
            return
        unused = [name for name in self.values if name not in self.used]
        if not unused or self.unsure or any(self._is_unsure(track) for track in self._tracks()):
            return
        said = _in_braces({text for track in self._tracks() for text in _texts(track.values) if "{" in text})
        said |= _in_braces({one.span.text for one in self.log.findings if one.name == "cut-by-comment"})
        for name in unused:
            if name not in said:
                place = self._key_of(name) or self.spec.place(FIELD)
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


def _around(span: Span, texts: list[Span]) -> Span | None:
    """The text that the span stands in."""
    index = bisect_right(texts, span.start, key=lambda text: text.start) - 1
    return texts[index] if index >= 0 and span.end <= texts[index].end else None


def _place_of(track: Track, written: str) -> Place | None:
    """Where such a piece of the text stands first, or the whole text; None where a backslash says that it is text."""
    whole = track.place("text")
    start, end = whole.span.start, whole.span.end
    source = whole.span.source
    is_escaped = False
    while (start := source.text.find(written, start, end)) >= 0:
        if source.text[start - 1 : start] != "\\":
            return Place(Span(source, start, start + len(written)), whole.path, whole.via)
        is_escaped = True
        start += len(written)
    return None if is_escaped else whole


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


def _in_braces(texts: set[str]) -> set[str]:
    """Everything that stands in braces."""
    braces = pattern(r"\{([^{}]*+)\}")
    return {match[1] for text in texts for match in braces.finditer(text)}
