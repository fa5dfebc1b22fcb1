"""times: durations, gaps and stated lengths, in whole milliseconds."""

from __future__ import annotations

import re

from vidc.clock import INF, MAX_MS, Length, read_time
from vidc.diag.finding import Edit, Finding, Repair
from vidc.hints import Any
from vidc.ir.tree import Mapping, Node, Scalar, Sequence, first_line
from vidc.problems import values as problems
from vidc.problems.wording import as_yaml, kind, quoted, respelled, short
from vidc.record import replace

from .scope import ABSENT, Scope

FORMS = "write milliseconds, or text such as `500ms`, `2.5s` or `1m30s`"
ENDLESS = ("inf", ".inf", "+.inf", ".Inf", ".INF")
"""How an unbounded high end is written; YAML's own forms stay text in vidc."""

REFERENCE = "intrinsicDurationTrackReference"

SUSPICIOUS_MS = 1_000_000
"""From here on seconds have four digits."""

FRAME_MS = 33
"""No film has frames that are shorter than those of 30 a second."""

_UNITS = {"h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}
_AUTOMATIC = frozenset((
    "all", "always", "auto", "automatic", "end", "fit", "forever", "full", "inherit", "intrinsic", "max", "natural",
    "remainder", "remaining", "rest", "scene", "until end", "whole",
))  # fmt: skip
_MOMENT = r"(?:after |with )?[A-Za-z][\w-]*(?:\.(?:end|start|duration)|\s*\+.*)|after .*"
_CLOCK = r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2}(?:\.\d{1,3})?)"
_PART = r"(\d*\.?\d+)\s*(ms|msecs?|millis(?:econds?)?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)(?![a-z])\s*"


def duration(scope: Scope, name: str, node: Node) -> Any:
    """A time above zero, in ms."""
    return _time(scope, name, node, 1)


def gap(scope: Scope, name: str, node: Node) -> Any:
    """A time of zero or more, in ms."""
    return _time(scope, name, node, 0)


def _time(scope: Scope, name: str, node: Node, least: int) -> Any:
    if node.__class__ is Scalar:
        value = node.value
        ms = value if value.__class__ is int else _milliseconds(value, scope.literal)
        if ms is not None and least <= ms <= MAX_MS:
            if value.__class__ is str and (ms >= SUSPICIOUS_MS or (least and ms < FRAME_MS)):
                _suspect(scope, name, node, ms)
            return value if scope.literal else ms
        if node.unknown:
            return scope.doubt(name)
    if named := _of_track(scope, name, node):
        return scope.fail(name, named)
    what, help, instead = _share(scope, node) or _complaint(node, scope.literal, least)
    return scope.fail(name, problems.bad_time(scope.place(first_line(node)), name, what, help, instead))


def _share(scope: Scope, node: Node) -> tuple[str, str, str] | None:
    """What is wrong with a time in percent: it is worked out where its scene says how long it is."""
    value = node.value if isinstance(node, Scalar) else None
    share = re.fullmatch(r"(\d{1,3}(?:\.\d{1,3})?) ?%", value) if isinstance(value, str) else None
    if share is None or scope.literal:
        return None
    what = f"is `{value}`, and times are no shares"
    scene = scope.outer.node.entries.get("duration") if scope.track >= 0 and scope.outer is not None else None
    whole = _milliseconds(scene[1].value, False) if scene and isinstance(scene[1], Scalar) else None
    if whole is None or not 0 < whole <= MAX_MS:
        return what, FORMS, ""
    ms = round(whole * float(share[1]) / 100)
    if ms == 0:
        return what, FORMS, ""
    right = written(ms, False)
    return what, f"write `{right}`, which is {share[0]} of its scene", right


def _of_track(scope: Scope, name: str, node: Node) -> Finding | None:
    """What to say of a scene's `duration: speech`, and of a track's `startTimeGap: speech`, where that is the name of a
    track in the scene."""
    written = node.value if isinstance(node, Scalar) and node.anchor is None else None
    scene = scope.outer if scope.track >= 0 else scope if name == "duration" and not scope.key else None
    if not isinstance(written, str) or scene is None or not _has_track(scene, written):
        return None
    if scope.track >= 0:
        help = f"no time is counted from another track's: what begins when `{written}` is over is a scene of its own"
        return problems.bad_time(scope.place(node.span), name, f"is `{short(written, 24)}`, the name of a track", help)
    right = f"{REFERENCE}: {as_yaml(written)}"
    help, repair = f"write `{right}` in its place", None
    if REFERENCE in scope.node.entries:
        help = f"remove it: `{REFERENCE}` is there too"
    elif scope.is_own(name) and node.span.text.strip("'\"") == written:
        key = scope.node.key(name)
        repair = Repair(help, respelled(key, REFERENCE).edits)
    what = f"is `{short(written, 24)}`, the name of a track"
    return problems.bad_time(scope.place(node.span), name, what, help, repair=repair)


def _has_track(scene: Scope, reference: str) -> bool:
    tracks = scene.node.entries.get("tracks")
    items = tracks[1].items if tracks is not None and isinstance(tracks[1], Sequence) else []
    names = (item.entries.get("referenceId") for item in items if isinstance(item, Mapping))
    return any(found and isinstance(found[1], Scalar) and found[1].value == reference for found in names)


def _suspect(scope: Scope, name: str, node: Scalar, ms: int) -> None:
    """Warn of a thousand seconds and more in digits, such as `6000s`: milliseconds with an `s` behind them? And of less
    than a frame, such as `20ms`: seconds with an `m` too much?"""
    value = str(node.value)
    if not re.fullmatch(r"\d{4,}s|\d\d?ms", value):
        return
    from vidc.problems.solve import suspicious_time

    template = _template(node)
    if ms < FRAME_MS:
        entry = scope.node.entries.get(name)
        if entry is None or entry[1] is not node:
            return  # a bound of a range
        at = replace(scope.place(node.span), span=scope.node.entry(name))
        said = quoted(f"{template[:-2]}s") if template.endswith(("}}ms", ">ms")) else f"{ms}s"
        edits = (Edit(node.span, said),) if node.span.text == value or said != f"{ms}s" else ()
        repair = Repair(f"set `{name}: {said}`", edits, sure=False)
        scope.log.add(suspicious_time(at, ms, repair, True, value))
        return
    said = quoted(template[:-1]) if template.endswith("}}s") else f"{value[:-1]}ms"
    edits = (Edit(node.span, said),) if node.span.text == value else ()
    repair = Repair(f"set `{name}: {said}`", edits, sure=False)
    scope.log.add(suspicious_time(scope.place(node.span), ms, repair, True, value))


def _milliseconds(value: object, literal: bool) -> int | None:
    """A value as ms, of any sign and size; None where it is no whole number of them."""
    match value:
        case bool():
            return None
        case int():
            return value
        case float() if value.is_integer():
            return int(value)
        case str() if not literal:
            return read_time(value)
    return None


def stated(scope: Scope, name: str, node: Node) -> Any:
    """`intrinsicDuration`: one time, or `[low, expected, high]` where high may be `inf`."""
    if not isinstance(node, Sequence):
        if written_range := _written_range(node):
            what, help = (
                f"is `{short(node.span.text)}`, which is a range",
                f"write `{written_range}`: low, expected and high",
            )
            return scope.fail(name, problems.bad_time(scope.place(node.span), name, what, help))
        ms = _time(scope, name, node, 1)
        return ms if ms is ABSENT else Length(ms, ms, ms, "stated")
    if len(node.items) != 3:
        return _misstated(scope, name, node, f"has {len(node.items)} lengths, and a range has three")
    *bounds, last = node.items
    endless = isinstance(last, Scalar) and (last.value in ENDLESS or last.value == INF)
    times = [_time(scope, name, item, 1) for item in (bounds if endless else node.items)]
    if any(ms is ABSENT for ms in times):
        return ABSENT
    low, expected, high = [*times, INF] if endless else times
    if not low <= expected <= high:
        return _misstated(scope, name, node, "is not in order")
    return Length(low, expected, high, "stated")


def _written_range(node: Node) -> str:
    """`[7s, 8s, 9s]` for `7s-9s`; empty for any other value."""
    value = node.value if isinstance(node, Scalar) else None
    found = re.fullmatch(_RANGE, value) if isinstance(value, str) and len(value) <= LONGEST else None
    if found is None:
        return ""
    low, high = _meant(found["low"] + (found["unit"] or found["last"])), _meant(found["high"] + found["last"])
    if low is None or high is None or not 0 < low <= high <= MAX_MS:
        return ""
    return f"[{', '.join(written(ms, False) for ms in (low, (low + high) // 2, high))}]"


_RANGE = r"(?P<low>[\d.]+) ?(?P<unit>[a-z]*) ?(?:-|–|to|\.\.) ?(?P<high>[\d.]+) ?(?P<last>[a-z]*)"


def _misstated(scope: Scope, name: str, node: Node, what: str) -> Any:
    help = "write one time, or `[low, expected, high]` where high may be `inf`"
    return scope.fail(name, problems.bad_time(scope.place(first_line(node)), name, what, help))


def _complaint(node: Node, literal: bool, least: int) -> tuple[str, str, str]:
    """What is wrong with a time, what to write, and the text to put there where that is sure."""
    if not isinstance(node, Scalar) or node.value is None or isinstance(node.value, bool):
        return f"is {kind(node)}, not a time", FORMS, ""
    value = node.value
    ms = _milliseconds(value, literal)
    if ms is not None:
        return (*_out_of_range(ms, least), "")
    if isinstance(value, str):
        right = _sum(_template(node))
        if right:
            return f"is `{value[:24]}`, which is no time", f"work it out inside of the braces: write `{right}`", ""
        return _unreadable(value.strip(), literal, least)
    what = f"is {value} ms, and times are whole milliseconds"
    if 0 < value < 1000:
        return what, f"write `{written(round(value * 1000), literal)}` if seconds are meant", ""
    return what, "write a whole number", ""


def _template(node: Scalar) -> str:
    """The text of a template that gave a value, without quotes; empty where none did."""
    written = node.span.text[:LONGEST_TEMPLATE].strip("'\"")
    return written if written != node.value and ("{{" in written or "<" in written) else ""


def _sum(template: str) -> str:
    """`"{{ hold * 2 }}"` for `{{ hold }} * 2` and `<hold> * 2`: behind the braces nothing is worked out."""
    found = re.fullmatch(_SUM, template)
    if found is None or not re.search(r"[-+*/]", found["before"] + found["after"]):
        return ""
    inner = found["name"] or found["short"]
    inner = inner if re.fullmatch(r"[\w.]+", inner) else f"({inner})"
    return f'"{{{{ {found["before"]}{inner}{found["after"].rstrip()} }}}}"'


def _out_of_range(ms: int, least: int) -> tuple[str, str]:
    if ms < 0:
        within = "write zero or more: nothing begins before its scene, or ends after it"
        return "is negative", "write a time above zero" if least else within
    if ms == 0:
        return "is zero", "write a time above zero, or remove it"
    return "is longer than a day", "times are in milliseconds; the service's videos end far below"


def _unreadable(text: str, literal: bool, least: int) -> tuple[str, str, str]:
    shown = f"`{text[:24]}`"
    if text[:1] == "-" and _meant(text[1:]) is not None:
        return (*_out_of_range(-1, least), "")
    bare = text.rstrip(", ")
    if bare != text and (_meant(bare) is not None or (bare.isascii() and bare.isdigit())):
        return f"is {shown}, and no comma stands behind a value", f"write `{bare[:24]}`", bare
    ms = _meant(text)
    if literal and ms is not None:
        what = f"is the text {shown}, and a job that is taken literally has milliseconds"
        return what, f"write {ms}", str(ms)
    if text.isascii() and text.isdigit():
        return f"is the text {shown}, which has no unit", _in_digits(text[:12]), ""
    if ms is None or not least <= ms <= MAX_MS:
        finer = re.fullmatch(r"\d*\.?\d+ *(s|ms)", text[:40])
        what = f"is {shown}, which is {'no whole number of milliseconds' if finer else 'no time'}"
        return what, _in_words(text) if not literal else FORMS, ""
    instead = written(ms, False)
    return f"is {shown}, which is no time", f"write `{instead}`", instead


def _in_digits(text: str) -> str:
    """The help for a number in quotes: few are seconds."""
    if len(text) < 3:
        return f"write `{text}s`, or `{text}ms` if milliseconds are meant"
    return f"write `{text}ms`, or the number without quotes"


def _in_words(text: str) -> str:
    """The help for words: an automatic length is none at all, and no time is counted from another track's."""
    if text.lower() in _AUTOMATIC:
        return "remove it: what has no length of its own is as long as what it holds, or as its scene"
    frames = re.fullmatch(r"(\d{1,6}) ?(?:f|fr|frames?)", text[:LONGEST])
    if frames:
        return f"frames are no time: at 25 a second, write `{int(frames[1]) * 40}ms`"
    if re.fullmatch(_MOMENT, text[:LONGEST]):
        return f"{FORMS}; what begins when another track is over goes into a scene of its own"
    return FORMS


def _meant(text: str) -> int | None:
    """The ms that a text most likely means: `1:30`, `2 sec`, `1,5s`, `PT2M`; None where that cannot be told."""
    if len(text) > LONGEST or not text.isascii():
        return None
    text = text.strip().lower().replace(",", ".").removeprefix("pt")
    clock = re.fullmatch(_CLOCK, text)
    if clock:
        hours, minutes, seconds = clock.groups()
        return (int(hours or 0) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)
    if not re.fullmatch(f"(?:{_PART})+", text):
        return None
    total = sum(float(number) * _unit(unit) for number, unit in re.findall(_PART, text))
    return int(total) if total == int(total) else None


_SUM = r"(?P<before>[\d\s.+*/()-]*)(?:\{\{\s*(?P<name>[^{}]+?)\s*\}\}|<(?P<short>\w[\w.]*)>)(?P<after>[\d\s.+*/()-]*)"

LONGEST_TEMPLATE = 120
"""Limit: so much of a template is looked at for a sum around it."""

LONGEST = 40
"""Limit: a longer text is no slip for a time."""


def _unit(word: str) -> int:
    return _UNITS["ms" if word.startswith(("ms", "mil")) else word[0]]


def written(ms: int, literal: bool) -> str:
    """A time as an author writes it: `1m30s`, `2.5s`, `500ms`; a bare number in a literal job."""
    if literal:
        return str(ms)
    minutes, rest = divmod(ms, 60_000)
    if rest < 1000 and rest:
        return f"{minutes}m{rest}ms" if minutes else f"{rest}ms"
    seconds = f"{rest // 1000}.{rest % 1000:03}".rstrip("0").rstrip(".") + "s"
    return (f"{minutes}m" if minutes else "") + (seconds if rest else "")
