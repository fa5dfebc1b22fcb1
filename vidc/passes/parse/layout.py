"""layout: how lines hang together: indentation, the blank behind a dash or a colon, the colon itself."""

from __future__ import annotations

import re

from vidc.diag.finding import Edit, Finding, Place, Repair
from vidc.problems import syntax as problems
from vidc.problems.quoting import as_value
from vidc.problems.wording import short
from vidc.source import Span

from .entry import KEY, Entry, entry_on, indent, uncommented
from .spot import Spot, writing

_HEADER = re.compile(r"(?:^|[:-] )[ \t]*(?:[&!]\S+[ \t]+)*[|>][-+0-9]{0,2}[ \t]*(?:#.*)?$")
"""A line behind which a text begins."""
_KEY_LINE = re.compile(rf"[ \t]*(?:-[ \t]|(?:{KEY}):(?:\s|$))")
_GLUED = re.compile(r"[ \t]*(?:-[ \t]+)*(?P<key>[^\W\d]\w*):(?P<value>[^\s].*)$")
_LEAD = re.compile(r"[ \t]*(?:-[ \t]+)*")
_NO_COLON = re.compile(rf"(?P<key>{KEY})(?:[ \t]*=[ \t]*|[ \t]+|$)(?P<value>[^\s=:]*|[\[{{\"'].*)$")
_NO_COLON_OF_TEXT = re.compile(r"(?P<key>text|name)[ \t]+(?P<value>[^\s=:].*)$")
_WIDE = re.compile(r"(?P<key>[^\W\d]\w*)[ \t]*(?P<sign>[：﹕︰])[ \t]*(?P<value>.*)$")
_BULLET = re.compile(rf"[ \t]*(?P<sign>[–—•·‣●*]|\d{{1,3}}[.)])[ \t]+(?P<rest>(?:{KEY}):(?:\s.*)?)$")
_STATEMENT = re.compile(
    r"[ \t]*(?:- )?[ \t]*(?P<all>\{%[-+]?[ \t]*(?P<word>\w+)[ \t]*(?P<rest>[^%]{0,200}?)[ \t]*[-+]?%\})"
)

ABOVE = 60
"""Limit: so many lines above are looked at."""


def tab(spot: Spot) -> Finding | None:
    if spot.here != "\t":
        return None
    at = spot.span(spot.at, spot.at + 1)
    return problems.yaml_syntax(at, "a tab stands where only spaces can", "indent with spaces")


def statement(spot: Spot) -> Finding | None:
    """`{% for x in y %}` around scenes or tracks."""
    found = _STATEMENT.match(spot.source.line(spot.source.position(spot.at)[0]))
    if found is None or spot.here != "%":
        return None
    begin = spot.source.line_start(spot.at)
    at = spot.span(begin + found.start("all"), begin + found.end("all"))
    help = f"write `{found['word']}: {short(found['rest'])}` as a key of the scene or track itself"
    if found["word"] not in ("for", "if"):
        help = "remove it; `for` and `if` are keys of the scene or track itself"
    return problems.yaml_syntax(at, f"`{{% {found['word']} %}}` cannot stand around scenes or tracks", help)


def unindented_text(spot: Spot) -> Finding | None:
    """A text below `|` or `>` that stands no deeper than its key, or goes on no deeper; or a line of a text without
    either."""
    source, number = spot.source, spot.number
    if spot.braces >= 0 or not spot.problem.startswith(("could not find", "mapping values", "did not find expected")):
        return None
    first = number
    for above in range(number, max(number - ABOVE, 0), -1):
        line = source.line(above)
        entry = entry_on(source, above) if _HEADER.search(line) else None
        if entry is not None:
            break
        if line.strip() and _KEY_LINE.match(line):
            return _unindented_line(spot, above)
        first = above if line.strip() and indent(line) <= indent(spot.line) else first
    else:
        return None
    if first == entry.number or indent(source.line(first)) > entry.column:
        return None
    inner = next((line for line in map(source.line, range(entry.number + 1, first)) if line.strip()), "")
    head = spot.span(entry.start, entry.start + 1)
    return _unindented(spot, first, head, entry, indent(inner) or entry.column + 2)


def _unindented_line(spot: Spot, above: int) -> Finding | None:
    """A line of a text without quotes that stands as deep as the text's key."""
    entry = entry_on(spot.source, above)
    if entry is None or above == spot.number or not spot.problem.startswith("could not find"):
        return None
    prose = entry.value.text
    if " " not in prose or prose[0] in "[{|>'\"" or indent(spot.line) > entry.column or entry.key in ("", "type"):
        return None
    if _GLUED.match(spot.line) or _WIDE.match(spot.line.strip()) or _NO_COLON.match(spot.line.strip()):
        return None
    return _unindented(spot, spot.number, spot.span(entry.start, entry.start + 1), entry, entry.column + 2)


def _unindented(spot: Spot, first: int, head: Span, entry: Entry, wanted: int) -> Finding:
    begin, line = spot.source.starts[first - 1], spot.source.line(first)
    at = spot.span(begin + indent(line), begin + len(line.rstrip()))
    repair = Repair("indent the text", tuple(_indenting(spot, first, wanted, entry)))
    return problems.unindented_text(at, head, entry.key, wanted, (repair,))


def _indenting(spot: Spot, first: int, wanted: int, entry: Entry) -> list[Edit]:
    """The lines of the text, each as deep as it should be."""
    source = spot.source
    lead = indent(source.line(first))
    edits: list[Edit] = []
    for number in range(first, min(first + ABOVE, len(source.starts) + 1)):
        line = source.line(number)
        if not line.strip():
            continue
        if indent(line) < lead or (indent(line) <= entry.column and _KEY_LINE.match(line)):
            break
        start = source.starts[number - 1]
        edits.append(Edit(spot.span(start, start), " " * (wanted - lead)))
    return edits


def missing_blank(spot: Spot) -> Finding | None:
    """`name:hello`, `-type: actor`: a key or a dash that runs into what follows."""
    if spot.braces >= 0:
        return None
    for number in spot.lines:
        line = uncommented(spot.source.line(number))
        begin = spot.source.starts[number - 1]
        dash = re.match(r"([ \t]*)-([^\W\d][\w.-]*:(?:\s|$).*)", line)
        if dash is not None:
            at = begin + len(dash[1])
            repair = Repair("write a blank", (Edit(spot.span(at + 1, at + 1), " "),))
            help = f"write `- {dash[2][:20].rstrip()}`"
            message = "a blank is missing after this `-`"
            return problems.yaml_syntax(spot.span(at, at + 1), message, help, repairs=(repair,))
        glued = _GLUED.match(line)
        if glued is not None and not glued["value"].startswith("//"):
            return _glued(spot, begin, glued)
    return None


def _glued(spot: Spot, begin: int, glued: re.Match[str]) -> Finding:
    from vidc.problems.mistakes import missing_blank

    start = begin + glued.start("value")
    value = spot.span(start, start + len(glued["value"].rstrip()))
    right = as_value(value.text)
    key = spot.span(begin + glued.start("key"), begin + glued.end("key") + 1)
    shown = f"{glued['key']}: {short(right)}"
    repair = Repair(f"write `{shown}`", (Edit(spot.span(key.end, value.end), f" {right}"),))
    at = spot.span(key.start, value.end)
    return missing_blank(Place(at), short(at.text), shown, (), (repair,))


def missing_colon(spot: Spot) -> Finding | None:
    """`duration 6s`, `duration = 6s`, `tracks`, `text：Hello`: a line that would be a key with a colon."""
    if spot.braces >= 0:
        return None
    for number in spot.lines:
        line = uncommented(spot.source.line(number))
        lead = _LEAD.match(line)
        at = lead.end() if lead else 0
        wide = _WIDE.match(line, at)
        found = wide or _NO_COLON.match(line, at) or _NO_COLON_OF_TEXT.match(line, at)
        if found is None:
            continue
        start = spot.source.starts[number - 1] + at
        key, value = found["key"], found["value"].rstrip()
        right = f"{key}: {as_value(value)}" if value else f"{key}:"
        repair = writing(spot.span(start, spot.source.starts[number - 1] + len(line.rstrip())), right)
        place, message = spot.span(start, start + len(key)), f"a `:` is missing after `{key}`"
        if wide is not None:
            sign = spot.source.starts[number - 1] + wide.start("sign")
            place = spot.span(sign, sign + 1)
            message = f"`{place.text}` (U+{ord(place.text):04X}) is no colon to YAML"
        return problems.yaml_syntax(place, message, f"write `{short(right)}`", repairs=(repair,))
    return None


def bullet(spot: Spot) -> Finding | None:
    """`– duration: 4s`, `* duration: 4s`, `1. duration: 4s`: an item of a list that begins with no dash."""
    if spot.braces >= 0:
        return None
    for number in (spot.number, *spot.lines):
        found = _BULLET.match(uncommented(spot.source.line(number)))
        if found is not None:
            start = spot.source.starts[number - 1] + found.start("sign")
            at = spot.span(start, start + len(found["sign"]))
            help = f"write `- {short(found['rest'])}`"
            return problems.yaml_syntax(at, "an item of a list begins with `-`", help, repairs=(writing(at, "-"),))
    return None


def between_levels(spot: Spot) -> Finding | None:
    """A key or an item that stands neither as deep as its neighbours nor as what they are in."""
    expected = ("did not find expected '-' indicator", "did not find expected key")
    number, column = spot.source.position(spot.at)
    line = spot.source.line(number)
    if spot.problem not in expected or spot.braces >= 0 or indent(line) != column - 1:
        return None
    is_item = line.lstrip(" \t").startswith("- ")
    for above in range(number - 1, max(number - ABOVE, 0), -1):
        columns = _columns(spot.source.line(above))
        if not columns:
            continue
        wanted = columns[0] if is_item else columns[-1]
        is_like = (len(columns) > 1 or spot.source.line(above).lstrip().startswith("- ")) if is_item else True
        if is_like and 0 < abs(wanted - (column - 1)) <= 3:
            at = spot.span(spot.at, spot.at + max(len(line.split()[0].rstrip(":")), 1))
            edit = Edit(spot.span(spot.source.starts[number - 1], spot.at), " " * wanted)
            message = (
                "this item is indented unlike those above" if is_item else "this key is indented unlike those above"
            )
            help = f"indent it by {wanted} spaces, as line {above}" if wanted else f"do not indent it, as line {above}"
            return problems.yaml_syntax(at, message, help, repairs=(Repair("indent it", (edit,)),))
    return None


def _columns(line: str) -> list[int]:
    """Where the dashes and the key of a line stand, if it has any."""
    found = re.match(r"[ \t]*(?P<dashes>(?:-[ \t]+)*)(?P<key>[^\W\d][\w.-]*:(?:\s|$))?", line)
    if found is None or not (found["dashes"] or found["key"]):
        return []
    dashes = [found.start("dashes") + at for at, sign in enumerate(found["dashes"]) if sign == "-"]
    return [*dashes, *([found.start("key")] if found["key"] else [])]
