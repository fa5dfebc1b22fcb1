"""commas: texts and numbers without quotes in braces, where a comma ends them and the rest is read as keys."""

from __future__ import annotations

import re
from bisect import bisect_right

from vidc.diag.finding import Finding, Label, Log, Place
from vidc.hints import TypeAlias
from vidc.ir.tree import Mapping, Node, Scalar, Value, plain
from vidc.problems.parse import cut_by_comma
from vidc.record import replace
from vidc.source import Key, Span

from .entry import FIELD, KEY, is_own

Entries: TypeAlias = "dict[str, tuple[Scalar, Node]]"
Blanks: TypeAlias = "frozenset[int]"

_PIECE = re.compile(r"[ \t]*+,[ \t]*+(?:\r?\n[ \t]*+)?(?P<key>[^,\[\]{}#\r\n\"'&*!|>%@`][^,\[\]{}\r\n]*)")
"""A key behind a comma, on the same line or the next one, that is not in quotes and has no comment in front of it."""
_SPEAKS = r"\w['’]\w|[.!?…]$"
_NO_COLON = rf"(?:{KEY})[ \t]*(?:[=：]|[ \t]\S*$)|[\w.-]+[ \t]*[=：]?[ \t]*[\"'{{\[]"
"""A key that lacks its colon."""
_DIGITS = r"\d+(?:\.\d+)?(?:%|ms|s|m)?"
_LOOPED = ("type", "use", "tracks")
"""A mapping that has one of these is a track or a scene."""
_TEXTS = ("text", "string", "str")
"""What the type of a variable is called whose value is text."""


def mended(entries: Entries, blanks: Blanks, again: list[tuple[Scalar, Node]], above: list[Value], log: Log) -> Entries:
    """The entries with the pieces of each text in one; a finding says so, and whatever was found of a piece is undone.

    `blanks`: where values stand of which nothing is written. `again`: the keys that were there already. `above`: the
    keys that the mapping stands under.
    """
    if is_own(above):
        return entries
    looping = any(name in entries for name in _LOOPED)
    made: Entries = {}
    cut: list[Span] = []
    for name, (key, node) in entries.items():
        if cut and key.start < cut[-1].end:
            continue
        pieces = _pieces(node, blanks)
        if pieces and ((name == "for" and looping) or (name == "choices" and "type" in entries)):
            node = _whole(node, pieces)  # its own finding shows what a loop and a declaration need
            cut.append(node.span)
        elif pieces and _is_number(node, pieces):
            node = _number(name, node, pieces[0], _is_worded(name, entries, above), log)
            cut.append(Span(node.source, node.start, pieces[0].end))
        elif pieces and _is_text(name, node, pieces):
            node = replace(_whole(node, pieces), unknown=True, faulty=True)
            log.add(cut_by_comma(Place(node.span), pieces[0].text))
            cut.append(node.span)
        made[name] = (key, node)
    if not cut:
        return entries
    _take_back(entries, made, again, cut, log)
    return made


def _take_back(entries: Entries, made: Entries, again: list[tuple[Scalar, Node]], cut: list[Span], log: Log) -> None:
    """Undo what was found of keys that are pieces of a text."""
    undone: set[Key] = set()
    inside = _Inside(cut)
    for key, node in again:
        name = str(key.value)
        is_piece = inside.holds(key)
        if is_piece or inside.holds(entries[name][0]):
            undone.add(key.span.key)
        if not is_piece:
            made.setdefault(name, (key, node))
    log.take_back([one for one in log.findings if _is_of_piece(one, undone, inside)])


def _is_of_piece(finding: Finding, undone: set[Key], inside: _Inside) -> bool:
    """Whether a finding only follows: of a key that is a piece, or of braces in the text."""
    if finding.name == "repeated-key":
        return finding.span.key in undone
    return finding.name == "key-not-text" and inside.holds(finding.span)


def _pieces(node: Node, blanks: Blanks) -> list[Span]:
    """The keys without a value right behind a value: a scalar, or braces around one word, as a text may begin."""
    text = node.source.text
    found: list[Span] = []
    end = node.end
    if node.anchor is not None or node.start == end or not _is_word(node):
        return found
    while (piece := _PIECE.match(text, end)) is not None and piece.end() in blanks:
        written = piece["key"].rstrip()
        if not written or re.search(r":(?:\s|$)", written):
            break
        start = piece.start("key")
        found.append(Span(node.source, start, start + len(written)))
        end = piece.end()
    return found


def _is_word(node: Node) -> bool:
    """Whether a value is a scalar, and no alias of nothing, or `{name}`."""
    if not isinstance(node, Mapping):
        return isinstance(node, Scalar) and not node.source.text.startswith("*", node.start)
    values = [value for _, value in node.entries.values()]
    return len(values) == 1 and isinstance(values[0], Scalar) and values[0].start == values[0].end


def _is_number(node: Node, pieces: list[Span]) -> bool:
    """Whether a comma cuts a number in two: `1,000`, `1,5%`."""
    if not isinstance(node, Scalar) or node.value.__class__ not in (int, float) or len(pieces) > 1:
        return False
    behind = node.source.text[node.end : pieces[0].start]
    return behind == "," and re.fullmatch(_DIGITS, pieces[0].text) is not None


def _number(name: str, node: Node, rest: Span, is_text: bool, log: Log) -> Scalar:
    """Report a number that is cut in two. Nothing is known of it then."""
    from vidc.problems.mistakes import split_number

    written, more = node.span.text, rest.text
    whole = written + more if re.match(r"\d{3}(?!\d)", more) else f"{written}.{more}"
    if is_text:
        whole = f'"{written},{more}"'
    log.add(split_number(Place(rest), more, name, whole, Label(node.span, "the number begins here")))
    return Scalar(None, node.source, node.start, rest.end, unknown=True, faulty=True)


def _is_worded(name: str, entries: Entries, above: list[Value]) -> bool:
    """Whether a number is text: the value of a variable of the service, or of one that is declared as text."""
    found = entries.get("type")
    is_declared = name in ("default", "example") and found is not None and isinstance(found[1], Scalar)
    return "dynamicVariables" in above or (is_declared and found is not None and plain(found[1]) in _TEXTS)


def _is_text(name: str, node: Node, pieces: list[Span]) -> bool:
    """Whether keys without a value read as the rest of a text: by their signs, else by what they stand behind."""
    written = [piece.text for piece in pieces]
    first = node.span.text
    if all(re.fullmatch(FIELD, piece) for piece in written) or "://" in first:
        return False
    is_prose = name == "text" or (" " in first and first[0].isupper())
    if not is_prose and any(re.match(_NO_COLON, piece) for piece in written):
        return False
    if isinstance(node, Mapping):
        return name == "text" or any(" " in piece for piece in written)
    if any(re.search(_SPEAKS, piece) for piece in written):
        return True
    if first[0] in "\"'" or any(":" in piece for piece in written):
        return False
    if name == "text" or (
        first[-1].isdigit() and pieces[0].start == node.end + 1 and re.fullmatch(r"\d{3}", written[0])
    ):
        return True
    return (
        isinstance(node, Scalar)
        and isinstance(node.value, str)
        and (first[0].isupper() or any(" " in piece for piece in (first, *written)))
    )


def _whole(node: Node, pieces: list[Span]) -> Scalar:
    whole = Span(node.source, node.start, pieces[-1].end)
    text = " ".join(line.strip() for line in whole.text.split("\n"))
    return Scalar(text, node.source, whole.start, whole.end, live="<" in text or "{" in text)


class _Inside:
    """Spans, in order, and whether a key stands in one of them."""

    __slots__ = ("ends", "starts")

    def __init__(self, spans: list[Span]) -> None:
        self.starts = [span.start for span in spans]
        self.ends = [span.end for span in spans]

    def holds(self, key: Scalar | Span) -> bool:
        at = bisect_right(self.starts, key.start)
        return at > 0 and key.start < self.ends[at - 1]
