"""unquoted: texts without quotes that hold what means something else in YAML."""

from __future__ import annotations

import re

from vidc.diag.finding import Edit, Finding, Repair
from vidc.problems import syntax as problems
from vidc.problems.wording import quoted
from vidc.source import Span

from .entry import KEY, LONGEST, Entry, entry_above, entry_begins, entry_of, indent
from .spot import BACK, Spot, value_at, writing

_SIGNS = {
    "found character that cannot start any token": "%@`",
    "did not find expected comment or line break": "|>",
    "did not find expected alphabetic or numeric character": "*&",
    "block sequence entries are not allowed in this context": "-",
    "mapping keys are not allowed in this context": "?",
    "found undefined tag handle": "!",
    "did not find expected whitespace or line break": "*&!",
    "did not find expected node content": "-",
}
"""What a text begins with where the parser says so."""
_HEADER = re.compile(r"(?P<header>[|>][-+0-9]{0,2})[ \t]+(?P<first>\S)")
_PLACES = re.compile(rf"(?:(?:{KEY}):[ \t]+[^\s,:{{}}]+(?:,[ \t]*|$))+$")
"""`x: 0, y: 0`: a mapping on one line that lacks its braces."""
_CURLY = re.compile(r"[“”„‟][^“”„‟]*[“”‟]")
"""A text in quotes that are none to YAML."""


def beginning(spot: Spot) -> Finding | None:
    """A text that begins with a sign which means something else in YAML: `%name%`, `* all`, `[Anna] Hello`."""
    signs = _SIGNS.get(spot.problem, "")
    place = spot.at
    if not signs:
        place = _bracket_before(spot)
        signs = "[{"
    elif spot.problem.startswith("did not find expected") and spot.context >= 0:
        place = spot.context
    whole = value_at(spot, place) if place >= 0 else None
    if whole is None or whole.text[0] not in signs or "\t" in whole.text[:2]:
        return None
    header = _HEADER.match(whole.text) if spot.braces < 0 else None
    return _headed(spot, whole, header) if header is not None else needing_quotes(spot, whole, whole.start)


def _bracket_before(spot: Spot) -> int:
    """Where a list or a mapping of plain words begins that ends right before the place; -1 where none does."""
    text = spot.source.text
    back = max(0, spot.at - BACK)
    found = re.search(r"(?:\{\{?[^{}\[\]:\r\n]*\}\}?|\[[^\[\]{}:,\r\n]*\])[ \t]*$", text[back : spot.at])
    return back + found.start() if found else -1


def _headed(spot: Spot, whole: Span, header: re.Match[str]) -> Finding:
    """A text that begins on the line of its `>-`. A lone `>` may be a part of it: `> 50 people`."""
    entry = entry_of(spot.source, spot.source.position(whole.start)[0])
    if header["header"] == ">" or entry is None or not entry.key:
        return needing_quotes(spot, whole, whole.start)
    depth = entry.column + 2
    gap = spot.span(whole.start + header.end("header"), whole.start + header.start("first"))
    repair = Repair("begin the text on the next line", (Edit(gap, "\n" + " " * depth),))
    return problems.text_on_header(spot.span(whole.start, gap.start), entry.key, depth, repair)


def behind_words(spot: Spot) -> Finding | None:
    """A text in braces that a sign of YAML's ends: `{text: Hello {name}}`, `{text: Note: it is}`, `{text: <a[b]>}`."""
    if spot.here == ">":
        back = max(0, spot.at - BACK)
        looked = re.search(r"<[\w.]{1,60}(?=\[[\w.]{1,60}\][\w.]{0,60}\Z)", spot.source.text[back : spot.at])
        whole = spot.span(back + looked.start(), spot.at + 1) if looked else None
        return needing_quotes(spot, whole, back + looked.end()) if looked and whole else None
    if spot.braces < 0 or not spot.problem.startswith("did not find expected ',' or"):
        return None
    if spot.here not in ("{", "[", ":") or (
        spot.here == ":" and not spot.source.text[spot.at + 1 : spot.at + 2].isspace()
    ):
        return None
    whole = value_at(spot, spot.at)
    if whole is None or whole.start == spot.at or whole.text[0] in "\"'":
        return None
    before = spot.source.text[whole.start : spot.at]
    if spot.here == ":" and re.search(rf"[\s;，](?:{KEY})[ \t]*$|\d[ \t][\w-]+[ \t]*$", before):
        return None
    return needing_quotes(spot, whole, spot.at)


def colon(spot: Spot) -> Finding | None:
    """A `: ` in a text without quotes, on the line of its key or on one below."""
    if spot.problem != "mapping values are not allowed in this context" or spot.braces >= 0:
        return None
    entry = entry_of(spot.source, spot.number)
    if entry is None or not entry.start <= spot.at <= entry.end:
        entry = entry_above(spot.source, spot.number)
    if entry is None or not entry.start < spot.at < entry.end or entry.end - entry.start > LONGEST:
        return None
    begin = spot.source.starts[spot.number - 1]
    word = re.search(r"[\w.-]*[ \t]*$", spot.line[: spot.at - begin])
    key, start = (word[0].strip(), begin + word.start()) if word else ("", spot.at)
    if entry.number == spot.number:
        return _on_its_line(spot, entry, key, start)
    first = spot.source.position(entry.start)[0]
    if first > entry.number and entry_begins(spot.source, first) is not None:
        return None  # what stands below the key is no text
    if not spot.source.text[begin:start].strip("- \t") and (_is_key(key, entry) or not key):
        return _too_deep(spot, entry, key, start)
    return None if spot.source.text[entry.start] in "|>[{'\"" else needing_quotes(spot, entry.value, spot.at)


def _too_deep(spot: Spot, entry: Entry, key: str, start: int) -> Finding:
    """A key or a list below a value."""
    begin = spot.source.starts[spot.number - 1]
    if spot.source.text[begin:start].strip():
        at = spot.span(begin + indent(spot.line), begin + indent(spot.line) + 1)
        help = "write its own key above it, such as `tracks:`"
        return problems.yaml_syntax(at, f"a list begins below `{entry.key}`, which has a value", help)
    message = "this line is indented deeper than the one above, which has a value"
    repairs = (Repair("indent it", (Edit(spot.span(begin, start), " " * entry.column),)),)
    help = f"indent it by {entry.column} spaces"
    return problems.yaml_syntax(spot.span(start, start + len(key)), message, help, repairs=repairs)


def _on_its_line(spot: Spot, entry: Entry, key: str, start: int) -> Finding:
    if _PLACES.fullmatch(entry.value.text) and entry.key not in ("text", "name"):
        right = f"{{{entry.value.text}}}"
        help = f"write `{entry.key}: {right}`"
        return problems.yaml_syntax(
            entry.value, "a mapping on one line needs braces", help, repairs=(writing(entry.value, right),)
        )
    if told := _in_filter(spot, entry, key, start):
        return told
    if re.fullmatch(KEY, key) and start > entry.start and re.fullmatch(KEY, entry.key):
        message = f"`{key}` begins a second key on this line"
        return problems.yaml_syntax(spot.span(start, start + len(key)), message, "write it on a line of its own")
    is_bracket = spot.source.text[entry.start] in "[{"
    return needing_quotes(spot, entry.value, entry.start if is_bracket else spot.at)


def _in_filter(spot: Spot, entry: Entry, key: str, start: int) -> Finding | None:
    """What is said of `<name | default: 'there'>`, as other languages tell a filter something."""
    before = spot.source.text[entry.start : start]
    told = re.compile(r": *('[^'\n]{1,60}'|\"[^\"\n]{1,60}\"|-?[\d.]+)(?= *[>}|])").match(
        spot.source.text, start + len(key)
    )
    if told is None or not re.search(r"[<{][^<>{}]*\| *\Z", before[-200:]):
        return None
    right = f"{key}({told[1]})"
    whole = spot.span(start, told.end())
    help = f"write `{right}`"
    return problems.yaml_syntax(
        whole, "what a filter is told stands in brackets", help, repairs=(writing(whole, right),)
    )


def _is_key(word: str, entry: Entry) -> bool:
    """Whether a word with a colon below a value is a key that stands too deep, and not a part of the text."""
    if re.fullmatch(KEY, word):
        return True
    return entry.key != "text" and re.fullmatch(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*", word) is not None


def needing_quotes(spot: Spot, whole: Span, at: int) -> Finding:
    sign = spot.source.text[at]
    entry = entry_of(spot.source, spot.source.position(whole.start)[0]) if spot.braces < 0 else None
    key = entry.key if entry is not None else ""
    place = whole if at == whole.start else spot.span(at, at + 1)
    text = whole.text[1:-1] if _CURLY.fullmatch(whole.text) else whole.text
    if sign == "[" and (looked := re.fullmatch(r"<([A-Za-z_][\w.]*\[[\w.]+\][\w.]*)>", text)):
        text = f"{{{{ {looked[1]} }}}}"  # the short form looks nothing up by a name
    repairs = (writing(whole, quoted(text)),)
    return problems.needs_quotes(place, sign, at == whole.start, text, key, repairs)
