"""values: what templates see and make. Plain data only, so that no expression can reach past it."""

from __future__ import annotations

from vidc.hints import Any, Final
from vidc.problems.wording import kind_of
from vidc.record import record
from vidc.source import Span


class Absent:
    """What a look-up gives where there is nothing: an undefined name, a missing field, an item past the end."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ABSENT"


UNKNOWN: Final[Any] = ...
"""A value that is not known yet: a required variable while linting. No spec can write an ellipsis, and it is the one
thing beside plain data that `marshal` writes."""

ABSENT: Final[Any] = Absent()

MAX_TEXT = 100_000
"""Limit: characters of one template, and of one text that a template makes; as many as a scalar may have."""

MAX_DEPTH = 64
"""Limit: lists in lists, components that use components, and variables whose defaults use variables."""

MAX_DIGITS = 60
"""Limit: characters of a number that keeps its digits."""

MAX_FAULTS = 20
"""Limit: mistakes shown of one template."""


UNWISE = frozenset((
    "constant-condition", "constant-truth", "misspelt-name", "never-equal", "text-as-truth", "worked-in-brackets",
))  # fmt: skip
"""Mistakes that leave a template its value."""


@record
class Fault:
    """One mistake in a template: which, the characters of the template's text to fix, and what its message needs."""

    kind: str
    start: int
    end: int
    words: tuple[str, ...] = ()


class WrittenInt(int):
    """A number that was written otherwise than a program writes it, such as `0042`: a number wherever one is worked
    with, and where it comes into a text untouched it has the digits that the author wrote.

    `at`: where it was written, as far as that is known.
    """

    written: str
    at: Span | None

    def __str__(self) -> str:
        return self.written


class WrittenFloat(float):
    """The same of a number with a fraction."""

    written: str
    at: Span | None

    def __str__(self) -> str:
        return self.written


def as_written(value: int | float, written: str, at: Span | None = None) -> int | float:
    """A number that knows how it was written; a plain one where that is how a program writes it, or no number."""
    if written == str(value) or len(written) > MAX_DIGITS:
        return value
    try:
        if float(written) != value:
            return value
    except ValueError:
        return value
    made = WrittenInt(value) if isinstance(value, int) else WrittenFloat(value)
    made.written, made.at = written, at
    return made


_NO = frozenset(("0", "false", "n", "nil", "no", "none", "null", "off"))


class Mistaken(Exception):  # noqa: N818  # the author's mistake, not the program's: it leaves the expression it is in
    """An expression cannot be worked out, for this reason."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class Failed(Exception):  # noqa: N818  # as above, before it is known where in the template it happened
    """A filter, a test or an operator cannot take what it was given: why, and what to write instead."""

    def __init__(self, why: str, help: str) -> None:
        super().__init__(why)
        self.why = why
        self.help = help


def unfit(takes: str, value: object) -> Failed:
    """What was given is of another kind than what is taken: `text`, `a number`, `a list`, `an object`."""
    kind = kind_of(value)
    help = _INSTEAD.get((takes, kind)) or f"give it {takes}"
    found = f"not {kind}" if kind != "nothing" else "there is nothing"
    return Failed(f"this takes {takes}, and {found}", help)


_INSTEAD = {
    ("text", "nothing"): "say what stands for it: `| default('')` in front",
    ("text", "a list"): "make one text of it: `| join(', ')` in front",
    ("text", "an object"): "take one of its fields, such as `.title`",
    ("a number", "nothing"): "say what stands for it: `| default(0)` in front",
    ("a number", "text"): "make a number of it: `| int` or `| float` in front",
    ("a number", "a list"): "count its items: `| length` in front",
    ("a list", "nothing"): "say what stands for it: `| default([])` in front",
    ("a list", "text"): "write the value as a list: `[one, two]`",
    ("a list", "an object"): "make a list of its names and values: `| items` in front",
    ("an object", "a list"): "take one of its items, such as `[0]`",
}
"""What to write, by what is taken and what is there."""

ALIKE = "compare numbers with numbers, and texts with texts"


class Unclear(Exception):  # noqa: N818  # no mistake at all
    """What is asked for depends on a value that is not known yet."""


class TooLong(Exception):  # noqa: N818  # as above
    """A text would be longer than one may be."""


class TooLarge(Exception):  # noqa: N818  # as above: it leaves the template, and with it all others of the document
    """Templates do more work than one document may ask for."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@record
class Outcome:
    """What filling a template gives: its value, whether a part of it is unknown or faulty, and its mistakes."""

    value: Any
    unknown: bool = False
    faults: tuple[Fault, ...] = ()


def settled(value: object, unknown: bool, faults: list[Fault]) -> Outcome:
    """The outcome, each mistake once, in the order of the text. After an error there is no value."""
    if not faults:
        return Outcome(value, unknown)
    first = {(fault.kind, fault.words): fault for fault in sorted(faults, key=lambda fault: -fault.start)}
    ordered = tuple(sorted(first.values(), key=lambda fault: (fault.start, fault.end, fault.kind)))[:MAX_FAULTS]
    if any(fault.kind not in UNWISE for fault in ordered):
        return Outcome(None, True, ordered)
    return Outcome(value, unknown, ordered)


def look_up(value: object, key: object) -> Any:
    """The field or item of plain data; never an attribute of a Python object."""
    if isinstance(value, dict):
        return value.get(key, ABSENT) if isinstance(key, str) else ABSENT
    if isinstance(value, list | str):
        if isinstance(key, int) and not isinstance(key, bool) and -len(value) <= key < len(value):
            return value[key]
        return ABSENT
    return UNKNOWN if value is UNKNOWN else ABSENT


def fields(value: object) -> tuple[str, ...]:
    """The names that a misspelt field may have meant."""
    return tuple(value)[:100] if isinstance(value, dict) else ()


def says_no(value: object) -> bool:
    """Whether a value is a text that says no, and is true all the same."""
    return isinstance(value, str) and value.strip().lower() in _NO


def text_of(value: object) -> str | None:
    """A value as it is written inside a text; None where it cannot stand there.

    As Jinja writes it, but for true and false, which are in lower case as in YAML, and for what has no place in a
    text: nothing, lists and objects.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else None


def is_whole(text: str) -> bool:
    """Whether a text holds no lone surrogate, which no file and no job could hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def turn(index: int, items: list[Any]) -> dict[str, Any]:
    """What `loop` is in one turn of a loop, as in Jinja, as plain data."""
    length = len(items)
    values = {
        "index": index + 1,
        "index0": index,
        "revindex": length - index,
        "revindex0": length - index - 1,
        "first": index == 0,
        "last": index == length - 1,
        "length": length,
    }
    if index:
        values["previtem"] = items[index - 1]
    if index + 1 < length:
        values["nextitem"] = items[index + 1]
    return values
