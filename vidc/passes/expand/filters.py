"""filters: what may stand behind a `|`. Each does what Jinja's filter of that name does, on plain data.

None makes more than its data by an argument alone: a length, a width or a count never adds characters, and what a
replacement or a separator makes is counted before it is made.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from vidc.record import record

from .values import ABSENT, ALIKE, MAX_TEXT, UNKNOWN, Failed, TooLong, Unclear, look_up, text_of, unfit

_WORD_START = re.compile(r"([-\s({\[<]+)")
_MAX_PRECISION = 15
_MAX_WIDTH = 20
_MAX_VALUES = 8
_MAX_NUMBER = 10**30
"""Limits of what `format` makes of one number."""
_FORM = re.compile(r"%(?:%|(?P<flags>[-+ 0#]*)(?P<width>[0-9]*)(?:\.(?P<precision>[0-9]*))?(?P<kind>[sdifFeEgG])|)")


@record
class Filter:
    """`parameters`: the names of its arguments, of which the first `required` must be given. `nested`: it applies
    another filter or test, named by its argument `named`, and takes further arguments for that. `many`: of the last it
    takes so many in all."""

    run: Callable[..., Any]
    parameters: tuple[str, ...]
    required: int = 0
    nested: str = ""
    named: int = 0
    many: int = 0


@record
class Nested:
    """How a filter applies other filters and tests."""

    filter: Callable[[str, Any, list[Any]], Any]
    test: Callable[[str, Any, list[Any]], bool]


def text(value: object) -> str:
    found = text_of(value)
    if found is None:
        raise unfit("text", value)
    return found


def number(value: object) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise unfit("a number", value)
    return value


def items(value: object) -> list[Any]:
    """The items of a list, or the names in an object, all of them known."""
    if not isinstance(value, list | dict):
        raise unfit("a list", value)
    found = list(value)
    if any(item is UNKNOWN for item in found):
        raise Unclear
    return found


def at(item: object, attribute: str | int | None) -> Any:
    """The field of an item, by a path such as `author.name`."""
    if attribute is None:
        return item
    for step in str(attribute).split("."):
        item = look_up(item, int(step) if step.isdecimal() and len(step) < 10 else step)
        if item is ABSENT:
            raise Failed(f"an item of the list has no `{attribute}`", "give every item one, or leave out those without")
    if item is UNKNOWN:
        raise Unclear
    return item


def _folded(value: Any, case_sensitive: bool) -> Any:
    return value.lower() if isinstance(value, str) and not case_sensitive else value


def _keys(found: Iterable[Any], attribute: str | int | None, case_sensitive: bool) -> list[Any]:
    """What the items are told apart or ordered by: all numbers, or all text."""
    keys = [_folded(at(item, attribute), case_sensitive) for item in found]
    if not (all(isinstance(key, int | float) for key in keys) or all(isinstance(key, str) for key in keys)):
        help = "say which field: `attribute='title'`" if any(isinstance(key, list | dict) for key in keys) else ALIKE
        raise Failed("only numbers, or only texts, can be compared with each other", help)
    return keys


def upper(value: Any) -> str:
    return text(value).upper()


def lower(value: Any) -> str:
    return text(value).lower()


def capitalize(value: Any) -> str:
    return text(value).capitalize()


def title(value: Any) -> str:
    parts = _WORD_START.split(text(value))
    return "".join(part[0].upper() + part[1:].lower() for part in parts if part)


def trim(value: Any, chars: str | None = None) -> str:
    return text(value).strip(None if chars is None else text(chars))


def replace(s: Any, old: Any, new: Any, count: int | None = None) -> str:
    whole, old, new = text(s), text(old), text(new)
    times = whole.count(old) if count is None or number(count) < 0 else min(int(count), whole.count(old))
    if len(whole) + times * (len(new) - len(old)) > MAX_TEXT:
        raise TooLong
    return whole.replace(old, new, times)


def truncate(s: Any, length: int = 255, killwords: bool = False, end: str = "...", leeway: int = 5) -> str:
    if not isinstance(s, str):
        raise unfit("text", s)
    whole, end, length = s, text(end), int(number(length))
    if length < len(end):
        raise Failed(f"`truncate({length})` leaves no room for `{end}`", "give a greater length, or `end=''`")
    if len(whole) <= length + max(0, int(number(leeway))):
        return whole
    cut = whole[: length - len(end)]
    return (cut if killwords else cut.rsplit(" ", 1)[0]) + end


def formatted(value: Any, *values: Any) -> str:
    """The text with values in the places of `%s`, `%d`, `%.2f` and their like, each of bounded width and precision."""
    if not isinstance(value, str) and len(values) == 1 and isinstance(values[0], str):
        raise Failed("`format` stands behind the form, and the number in its brackets", "write `'%.2f' | format(...)`")
    whole = text(value)
    forms = [form for form in _FORM.finditer(whole) if form[0] != "%%"]
    if len(forms) != len(values):
        count = f"{len(forms)} place{'' if len(forms) == 1 else 's'}"
        help = f"write `'%{whole}'`" if re.fullmatch(r"\.[0-9][fd]", whole) else "write `%s` for each value"
        raise Failed(f"this text has {count} for values, not {len(values)}", help)
    taken = [_taken(form, one) for form, one in zip(forms, values, strict=True)]
    if len(whole) + sum(len(one) for one in taken if isinstance(one, str)) + _MAX_VALUES * _MAX_WIDTH > MAX_TEXT:
        raise TooLong
    return whole % tuple(taken)


def _taken(form: re.Match[str], value: Any) -> Any:
    """A value as it is put in the place of a form that can take it."""
    if not form["kind"]:
        raise Failed("a `%` in this text begins no form", "write `%s`, `%d` or `%.2f`; a percent sign is `%%`")
    if int((form["width"] or "0")[:9]) > _MAX_WIDTH or int((form["precision"] or "0")[:9]) > _MAX_PRECISION:
        why = f"`{form[0][:20]}` is wider than {_MAX_WIDTH} or has more than {_MAX_PRECISION} places"
        raise Failed(why, "write less, such as `%.2f`")
    if form["kind"] == "s":
        return text(value)
    if abs(number(value)) >= _MAX_NUMBER and form["kind"] in "difF":
        raise Failed("this number is too large to be written out", "write `%g`, or the number as text")
    return value


def urlencode(value: Any) -> str:
    return quote(text(value).encode("utf-8", "surrogatepass"), safe="/")


def wordcount(s: Any) -> int:
    return len(re.findall(r"\w+", text(s)))


def length(value: Any) -> int:
    if isinstance(value, str | list | dict):
        return len(value)
    raise unfit("a list", value)


def first(seq: Any) -> Any:
    return next(iter(_series(seq)), ABSENT)


def last(seq: Any) -> Any:
    return next(reversed(_series(seq)), ABSENT)


def reverse(value: Any) -> Any:
    return value[::-1] if isinstance(value, str) else list(reversed(_series(value)))


def listed(value: Any) -> list[Any]:
    return list(_series(value))


def _series(value: Any) -> Any:
    if isinstance(value, str | list | dict):
        return value
    raise unfit("a list", value)


def pairs(value: Any) -> list[list[Any]]:
    if not isinstance(value, dict):
        raise unfit("an object", value)
    return [[key, item] for key, item in value.items()]


def join(value: Any, d: Any = "", attribute: str | int | None = None) -> str:
    parts = [text(at(item, attribute)) for item in items(value)]
    between = text(d)
    if sum(map(len, parts)) + len(between) * max(0, len(parts) - 1) > MAX_TEXT:
        raise TooLong
    return between.join(parts)


def sort(
    value: Any, reverse: bool = False, case_sensitive: bool = False, attribute: str | int | None = None
) -> list[Any]:
    found = items(value)
    keys = _keys(found, attribute, case_sensitive)
    return [found[index] for index in sorted(range(len(found)), key=keys.__getitem__, reverse=bool(reverse))]


def unique(value: Any, case_sensitive: bool = False, attribute: str | int | None = None) -> list[Any]:
    found = items(value)
    seen: dict[Any, Any] = {}
    for item in found:
        key = _folded(at(item, attribute), case_sensitive)
        if isinstance(key, list | dict):
            raise Failed("only numbers and texts can be told apart", "say which field: `unique(attribute='title')`")
        seen.setdefault(key, item)
    return list(seen.values())


def smallest(value: Any, case_sensitive: bool = False, attribute: str | int | None = None) -> Any:
    found = items(value)
    keys = _keys(found, attribute, case_sensitive)
    return found[min(range(len(found)), key=keys.__getitem__)] if found else ABSENT


def greatest(value: Any, case_sensitive: bool = False, attribute: str | int | None = None) -> Any:
    found = items(value)
    keys = _keys(found, attribute, case_sensitive)
    return found[max(range(len(found)), key=keys.__getitem__)] if found else ABSENT


def total(iterable: Any, attribute: str | int | None = None, start: int | float = 0) -> Any:
    return sum((number(at(item, attribute)) for item in items(iterable)), number(start))


def absolute(x: Any) -> Any:
    return abs(number(x))


def rounded(value: Any, precision: int = 0, method: str = "common") -> Any:
    whole = number(value)
    if not isinstance(precision, int) or abs(precision) > _MAX_PRECISION:
        raise Failed(f"`round` takes at most {_MAX_PRECISION} places", "write fewer, such as `round(2)`")
    match method:
        case "common":
            return round(whole, precision)
        case "ceil":
            return math.ceil(whole * (10**precision)) / (10**precision)
        case "floor":
            return math.floor(whole * (10**precision)) / (10**precision)
    raise Failed("`round` rounds in no such way", "its ways are `common`, `ceil` and `floor`")


def integer(value: Any, default: Any = 0, base: int = 10) -> Any:
    if isinstance(value, str):
        try:
            return int(value, base)
        except (TypeError, ValueError):
            pass
    try:
        return int(value if isinstance(value, int) else float(value))
    except (TypeError, ValueError, OverflowError):
        return default


def floating(value: Any, default: Any = 0.0) -> Any:
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return default
    return found if math.isfinite(found) else default


def default(value: Any, default_value: Any = "", boolean: bool = False) -> Any:
    """Beside what is undefined, nothing (null) takes the default too: in a spec both are absence."""
    return default_value if value is ABSENT or value is None or (boolean and not value) else value


def mapped(nested: Nested, value: Any, *arguments: Any, attribute: Any = None, default: Any = None) -> list[Any]:
    if attribute is None:
        name, *rest = arguments or [None]
        if name is None:
            raise Failed("`map` needs to know what to take", "write `map(attribute='title')` or `map('upper')`")
        return [nested.filter(name, item, rest) for item in items(value)]
    if arguments:
        raise Failed("`map` takes an attribute or a filter, not both", "put one `map` behind the other")
    return [_or(item, attribute, default) for item in items(value)]


def _or(item: Any, attribute: str | int, default: Any) -> Any:
    try:
        return at(item, attribute)
    except Failed:
        if default is None:
            raise
        return default


def select(nested: Nested, value: Any, *arguments: Any) -> list[Any]:
    return [item for item in items(value) if _holds(nested, item, arguments)]


def reject(nested: Nested, value: Any, *arguments: Any) -> list[Any]:
    return [item for item in items(value) if not _holds(nested, item, arguments)]


def selectattr(nested: Nested, value: Any, attribute: Any, *arguments: Any) -> list[Any]:
    return [item for item in items(value) if _holds(nested, _field(item, attribute), arguments)]


def rejectattr(nested: Nested, value: Any, attribute: Any, *arguments: Any) -> list[Any]:
    return [item for item in items(value) if not _holds(nested, _field(item, attribute), arguments)]


def _field(item: Any, attribute: str | int) -> Any:
    try:
        return at(item, attribute)
    except Failed:
        return ABSENT


def _holds(nested: Nested, value: Any, arguments: tuple[Any, ...]) -> bool:
    if arguments:
        return nested.test(arguments[0], value, list(arguments[1:]))
    if value is ABSENT:
        raise Failed("an item of the list has no such field", "say what is asked: `selectattr('image', 'defined')`")
    return bool(value)


_ATTRIBUTE = ("case_sensitive", "attribute")

FILTERS: dict[str, Filter] = {
    "abs": Filter(absolute, ()),
    "capitalize": Filter(capitalize, ()),
    "count": Filter(length, ()),
    "d": Filter(default, ("default_value", "boolean")),
    "default": Filter(default, ("default_value", "boolean")),
    "first": Filter(first, ()),
    "float": Filter(floating, ("default",)),
    "format": Filter(formatted, ("values",), 1, many=_MAX_VALUES),
    "int": Filter(integer, ("default", "base")),
    "items": Filter(pairs, ()),
    "join": Filter(join, ("d", "attribute")),
    "last": Filter(last, ()),
    "length": Filter(length, ()),
    "list": Filter(listed, ()),
    "lower": Filter(lower, ()),
    "map": Filter(mapped, ("attribute", "default"), nested="filter"),
    "max": Filter(greatest, _ATTRIBUTE),
    "min": Filter(smallest, _ATTRIBUTE),
    "reject": Filter(reject, (), nested="test"),
    "rejectattr": Filter(rejectattr, (), 1, nested="test", named=1),
    "replace": Filter(replace, ("old", "new", "count"), 2),
    "reverse": Filter(reverse, ()),
    "round": Filter(rounded, ("precision", "method")),
    "select": Filter(select, (), nested="test"),
    "selectattr": Filter(selectattr, (), 1, nested="test", named=1),
    "sort": Filter(sort, ("reverse", *_ATTRIBUTE)),
    "string": Filter(text, ()),
    "sum": Filter(total, ("attribute", "start")),
    "title": Filter(title, ()),
    "trim": Filter(trim, ("chars",)),
    "truncate": Filter(truncate, ("length", "killwords", "end", "leeway")),
    "unique": Filter(unique, _ATTRIBUTE),
    "upper": Filter(upper, ()),
    "urlencode": Filter(urlencode, ()),
    "wordcount": Filter(wordcount, ()),
}
