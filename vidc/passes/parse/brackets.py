"""brackets: what is wrong inside of braces and brackets: a comma that is missing, one that closes nothing."""

from __future__ import annotations

import re
from itertools import islice

from vidc.diag.finding import Edit, Finding, Label, Repair
from vidc.problems import syntax as problems
from vidc.problems.wording import short

from .entry import KEY, LINES, entry_begins, indent, uncommented
from .spot import BACK, Spot

_CLOSING = {"{": "}", "[": "]"}
_KIND = {"{": "mapping", "[": "list"}
_OUTSIDE = re.compile(r"[ \t]*(?:- |[^\W\d][\w.-]*:(?:\s|$))")
_COMMA_ALONE = re.compile(r"(?<=[\]}\"']),[ \t]*(?:#.*)?$")
_DASHED = re.compile(r"(?P<lead>[ ]*)- \{")
_NEXT_ITEM = re.compile(r",[ \t]*(?:#[^\r\n]*)?\r?\n(?P<lead>[ ]*)(?=\{)")
_NEXT_KEY = re.compile(
    r"(?P<sign>[;，、][ \t]*)?"
    r"(?P<key>\"[^\"\r\n]*\"|'[^'\r\n]*'|(?<=[\"'}\]][;，、 \t])[ \t]*[^\W\d][\w.-]*)[ \t]*:(?!\S)"
)
"""A key behind a value in quotes or braces, with what stands there for a comma."""
_PAIR = re.compile(r"\s*[\w.\"'-]+:\s")
_KEY_AS_VALUE = re.compile(rf"(?:{KEY}):[ \t]+(?P<key>{KEY})$")
_COLON_KEY = re.compile(rf"[{{,]\s*(?P<key>{KEY})(?P<gap>[ \t]*(?P<sign>[:=：]?)[ \t]*)(?:[\"'][^\"'\r\n]*)?$")
"""A key in braces that lacks its colon, or the blank behind it, and the quotes that its value begins with."""


def comment_in_braces(spot: Spot) -> Finding | None:
    """`{color: #fff}`: the comment takes what closes the braces."""
    if spot.braces < 0 or " #" not in spot.source.text:
        return None
    from .comments import cut_in_braces

    return cut_in_braces(spot.source, spot.braces, spot.at)


def closes_nothing(spot: Spot) -> Finding | None:
    """A bracket too much, or one of the other kind."""
    if spot.here not in ("}", "]"):
        return None
    at = spot.span(spot.at, spot.at + 1)
    if spot.braces < 0:
        repairs = (Repair("remove it", (Edit(at, ""),)),)
        return problems.yaml_syntax(at, f"this `{spot.here}` closes nothing", "remove it", repairs=repairs)
    sign = spot.source.text[spot.braces]
    if _CLOSING[sign] == spot.here:
        return None
    label = Label(spot.span(spot.braces, spot.braces + 1), f"the {_KIND[sign]} begins here")
    message = f"`{spot.here}` stands where `{_CLOSING[sign]}` should close this {_KIND[sign]}"
    right = _CLOSING[sign]
    ways = [(f"write `{right}` in its place", at, right), (f"write `{right}` before it", at, right + spot.here)]
    behind = spot.span(spot.braces + 1, spot.braces + 1)
    if spot.here == "}" and _PAIR.match(spot.source.text, behind.end):
        ways.append(("write `{`", behind, "{"))
    else:
        ways.append(("remove it", at, ""))
    choices = tuple(Repair(title, (Edit(span, text),)) for title, span, text in ways)
    return problems.yaml_syntax(at, message, f"write `{right}` before it or in its place", (label,), choices)


def closes_early(spot: Spot) -> Finding | None:
    """`{position: {x: 0}}, size: {y: 0}}`: a line that goes on behind the bracket that closes the last one."""
    before = spot.source.text[max(spot.at - BACK, 0) : spot.at].rstrip()
    if spot.here != "," or spot.braces >= 0 or before[-1:] not in ("}", "]"):
        return None
    end = max(spot.at - BACK, 0) + len(before)
    at = spot.span(end - 1, end)
    repairs = (Repair("remove it", (Edit(at, ""),)),)
    return problems.yaml_syntax(
        at, f"the line goes on behind this `{at.text}`, which closes the last bracket", "remove it", repairs=repairs
    )


def items_in_braces(spot: Spot) -> Finding | None:
    """Items in braces with a comma between them, of which only the first has a dash: so JSON has them."""
    text, before = spot.source.text, spot.source.text[max(spot.at - BACK, 0) : spot.at].rstrip()
    next_item = _NEXT_ITEM.match(text, spot.at)
    lines = range(spot.number, max(spot.number - LINES, 0), -1)
    first = next((found for found in (_DASHED.match(spot.source.line(number)) for number in lines) if found), None)
    if spot.braces >= 0 or next_item is None or before[-1:] != "}" or first is None:
        return None
    edits: list[Edit] = []
    for found in islice(_NEXT_ITEM.finditer(text, spot.at), LINES):
        if found["lead"] == next_item["lead"]:
            comma, lead = spot.span(found.start(), found.start() + 1), spot.span(*found.span("lead"))
            edits += [Edit(comma, ""), Edit(lead, f"{first['lead']}- ")]
    help = "remove this `,`, and write `- ` before the next `{`"
    at = spot.span(spot.at, spot.at + 1)
    return problems.yaml_syntax(
        at, "each item of a list has a `-` of its own", help, repairs=(Repair(help, tuple(edits)),)
    )


def second_comma(spot: Spot) -> Finding | None:
    """`[a,, b]`, `{, a: b}`"""
    before = spot.source.text[max(spot.at - BACK, 0) : spot.at].rstrip()
    if spot.here != "," or spot.braces < 0 or before[-1:] not in (",", "{", "["):
        return None
    at = spot.span(spot.at, spot.at + 1)
    repairs = (Repair("remove it", (Edit(at, ""),)),)
    return problems.yaml_syntax(at, "nothing stands before this `,`", "remove it", repairs=repairs)


def missing_colon(spot: Spot) -> Finding | None:
    """`{size {width: 9}}`, `{text "{{ a }}"}`, `{text:"{{ a }}"}`: quotes that begin no value close one farther on."""
    ends_in_quotes = spot.problem == "found unexpected end of stream" and spot.context >= 0
    place = spot.context if ends_in_quotes else spot.at
    if spot.braces < 0 or not (ends_in_quotes or spot.here in ("{", "[")):
        return None
    back = max(spot.braces, place - BACK)
    found = _COLON_KEY.search(spot.source.text[back:place])
    if found is None or found["gap"].startswith(": "):
        return None
    gap = spot.span(back + found.start("gap"), back + found.end("gap"))
    at = spot.span(back + found.start("key"), back + found.end("key"))
    repairs = (Repair("write a colon and a blank", (Edit(gap, ": "),)),)
    missing = "blank is missing after the colon of" if found["sign"] == ":" else "`:` is missing after"
    return problems.yaml_syntax(at, f"a {missing} `{at.text}`", f"write `{at.text}: ...`", repairs=repairs)


def comma_behind(spot: Spot) -> Finding | None:
    """A comma at the end of a line behind braces or quotes, as JSON has it between its items."""
    if (
        spot.here != ","
        or spot.braces >= 0
        or not _COMMA_ALONE.match(spot.line, spot.at - spot.source.line_start(spot.at))
    ):
        return None
    at = spot.span(spot.at, spot.at + 1)
    return problems.yaml_syntax(
        at,
        "no comma stands between items or keys that have lines of their own",
        "remove it",
        repairs=(Repair("remove it", (Edit(at, ""),)),),
    )


def unclosed(spot: Spot) -> Finding | None:
    """`{` or `[` on a line above, and here begins what stands outside of it."""
    if spot.braces < 0 or not spot.problem.startswith("did not find expected ',' or"):
        return None
    opened, number = (spot.source.position(at)[0] for at in (spot.braces, spot.at))
    line, first = spot.source.line(number), spot.source.line(opened)
    is_outside = opened < number and indent(line) <= indent(first) and _OUTSIDE.match(line)
    if not is_outside and spot.source.text[spot.at :].strip():
        return None
    sign = spot.source.text[spot.braces]
    at = spot.span(spot.braces, spot.braces + 1)
    last = next((above for above in range(number - 1, opened, -1) if spot.source.line(above).strip()), opened)
    right, end = _CLOSING[sign], spot.source.starts[last - 1] + len(uncommented(spot.source.line(last)))
    is_lone = not set("{[") & set(spot.source.text[spot.braces + 1 : end])  # else any of them may be the open one
    repairs = (Repair(f"write `{right}`", (Edit(spot.span(end, end), right),)),) if is_lone else ()
    help = f"write `{right}` at the end of {'this line' if last == opened else f'line {last}'}"
    return problems.yaml_syntax(at, f"this `{sign}` is never closed", help, repairs=repairs)


def missing_opening(spot: Spot) -> Finding | None:
    """`size: width: 9, height: 9}`, `- type: image, duration: 4s}`"""
    if spot.here != ":":
        return None
    places: list[int] = []
    entry = entry_begins(spot.source, spot.source.position(spot.at)[0]) if spot.braces < 0 else None
    if entry is not None and entry.value.text.count("}") == entry.value.text.count("{") + 1:
        dashes = re.match(r"[ \t]*(?:-[ \t]+)+", spot.source.line(entry.number))
        places = [entry.start, *([spot.source.starts[entry.number - 1] + dashes.end()] if dashes else [])]
    elif spot.braces >= 0:
        back = max(spot.braces, spot.at - BACK)
        found = _KEY_AS_VALUE.search(spot.source.text[back : spot.at])
        places = [back + found.start("key")] if found else []
    if not places:
        return None
    at = spot.span(places[0], spot.at)
    repairs = tuple(Repair("write `{`", (Edit(spot.span(place, place), "{"),)) for place in places)
    return problems.yaml_syntax(
        at, "a mapping on one line begins with `{`", f"write `{{{short(at.text)}: ...`", repairs=repairs
    )


def missing_comma(spot: Spot) -> Finding | None:
    """`{x: 0 y: 0}`, `{x: 0; y: 0}`, or a line without a comma at its end above another key or item."""
    if spot.braces < 0 or not spot.problem.startswith("did not find expected ',' or"):
        return None
    text = spot.source.text
    if spot.here == ":":
        before = text[max(spot.braces, spot.at - BACK) : spot.at]
        found = re.search(rf"(?<=\S)(?P<sign>[ \t]*[;，、])?[ \t]+(?P<key>{KEY}|(?<=\d[ \t])[\w-]+)[ \t]*$", before)
        return _told(spot, spot.at - len(before) + found.start(), found["sign"] or "", found["key"]) if found else None
    key = _NEXT_KEY.match(text, spot.at)
    if key is None and not (spot.here in ("{", "[") and text[spot.braces] == "["):
        return None
    end = max(spot.braces, spot.at - BACK)
    end += len(text[end : spot.at].rstrip())
    number = spot.source.position(spot.at)[0]
    if spot.source.position(end)[0] == number:
        sign = text[end : key.end("sign")].rstrip() if key and key["sign"] else ""
        return _told(spot, end, sign, key["key"].strip()) if key else None
    if text[end - 1] in ",{[:":
        return None
    at = spot.span(end - 1, end)
    repairs = (Repair("write a comma", (Edit(spot.span(end, end), ","),)),)
    return problems.yaml_syntax(at, "a `,` is missing at the end of this line", f"write `{at.text},`", repairs=repairs)


def _told(spot: Spot, end: int, sign: str, key: str) -> Finding:
    """`end`: behind the value before the key. `sign`: what stands there for a comma."""
    start = spot.source.text.index(key, end)
    at = spot.span(start, start + len(key))
    repairs = (Repair("write a comma", (Edit(spot.span(end, end + len(sign)), ","),)),)
    message = f"a `,` is missing before `{key}`"
    if sign:
        at = spot.span(end + len(sign) - 1, end + len(sign))
        message = f"`{at.text}` is no comma to YAML"
    return problems.yaml_syntax(at, message, f"write `, {key}: ...`", repairs=repairs)
