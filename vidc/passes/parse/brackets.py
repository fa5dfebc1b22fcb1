"""brackets: what is wrong inside of braces and brackets: a comma that is missing, one that closes nothing."""

from __future__ import annotations

import re

from vidc.diag.finding import Edit, Finding, Label, Repair
from vidc.problems import syntax as problems

from .entry import KEY, indent
from .spot import BACK, Spot

_CLOSING = {"{": "}", "[": "]"}
_KIND = {"{": "mapping", "[": "list"}
_OUTSIDE = re.compile(r"[ \t]*(?:- |[^\W\d][\w.-]*:(?:\s|$))")
_QUOTED_KEY = re.compile(r"(?:\"[^\"\r\n]*\"|'[^'\r\n]*')[ \t]*:")


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
    return problems.yaml_syntax(at, message, f"write `{_CLOSING[sign]}` before it", (label,))


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
    where = "this line" if last == opened else f"line {last}"
    return problems.yaml_syntax(at, f"this `{sign}` is never closed", f"write `{_CLOSING[sign]}` at the end of {where}")


def missing_comma(spot: Spot) -> Finding | None:
    """`{x: 0 y: 0}`, `{x: 0; y: 0}`, or a line without a comma at its end above another key or item."""
    if spot.braces < 0 or not spot.problem.startswith("did not find expected ',' or"):
        return None
    text = spot.source.text
    if spot.here == ":":
        before = text[max(spot.braces, spot.at - BACK) : spot.at]
        found = re.search(rf"(?<=\S)(?P<sign>[ \t]*[;，、])?[ \t]+(?P<key>{KEY}|(?<=\d[ \t])[\w-]+)[ \t]*$", before)
        return _told(spot, spot.at - len(before) + found.start(), found["sign"] or "", found["key"]) if found else None
    key = _QUOTED_KEY.match(text, spot.at)
    if key is None and not (spot.here in ("{", "[") and text[spot.braces] == "["):
        return None
    end = max(spot.braces, spot.at - BACK)
    end += len(text[end : spot.at].rstrip())
    number = spot.source.position(spot.at)[0]
    if spot.source.position(end)[0] == number:
        return _told(spot, end, "", key[0][:-1].rstrip()) if key else None
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
