"""levels: a key or an item that stands neither as deep as its neighbours nor as what they are in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from vidc.diag.finding import Edit, Finding, Repair
from vidc.problems import syntax as problems
from vidc.record import record

from .entry import indent
from .spot import Spot

_DASHES = re.compile(r"[ \t]*(?P<dashes>(?:-[ \t]+)*)(?P<key>[^\W\d][\w.-]*:(?:\s|$))?")
_LIST = re.compile(r"[ \t]*(?:-[ \t]+)*(?:scenes|tracks):\s*(?:#.*)?$")
_TOP = re.compile(r" *(?:vidc|settings|scenes|variables|dynamicVariables|defaults|components|include|callback)\b")
"""Keys that stand at the top of a spec and nowhere else."""

LINES = 60
"""Limit: so many lines above are looked at, and below."""
FAR = 3
"""What stands farther off is no slip of the hand."""


@record
class _Start:
    """Where the dashes and the key of a line stand that has any; -1 for no key."""

    number: int
    dashes: list[int]
    key: int


def first_dash(spot: Spot) -> Finding | None:
    """A scene or a track right below `scenes:` or `tracks:` that begins without a dash."""
    above = list(islice(_starts(spot), 2))
    if not _is_first_word(spot) or len(above) < 2 or not _LIST.match(spot.source.line(above[1].number)):
        return None
    return (
        _missing_dash(spot, above[0].number) if not above[0].dashes and above[0].key + 2 == indent(spot.line) else None
    )


def dash_above(spot: Spot) -> Finding | None:
    """The first scene or track begins without a dash, and the second, where the parser stumbles, has one."""
    column = indent(spot.line)
    if not _is_first_word(spot) or not spot.line.startswith("- ", column):
        return None
    first = 0
    for start in _starts(spot):
        if start.key < column and not start.dashes:
            is_list = _LIST.match(spot.source.line(start.number)) is not None
            return _missing_dash(spot, first, column) if is_list and first else None
        if start.dashes and start.dashes[0] <= column:
            return None
        first = start.number if start.key == column + 2 and not start.dashes else 0
    return None


def second_dash(spot: Spot) -> Finding | None:
    """`- - type: actor`: a list in the list, of which the next key stands where the second dash does."""
    above = next(_starts(spot), None)
    if not _is_first_word(spot) or above is None or len(above.dashes) < 2 or above.dashes[-1] != indent(spot.line):
        return None
    begin = spot.source.starts[above.number - 1]
    at = spot.span(begin + above.dashes[-1], begin + above.dashes[-1] + 1)
    repairs = (Repair("remove it", (Edit(spot.span(at.start, begin + above.key), ""),)),)
    return problems.yaml_syntax(at, "this `-` is one too many", "remove it", repairs=repairs)


def missing_dash(spot: Spot) -> Finding | None:
    """A key that stands as deep as the dashes above."""
    column = indent(spot.line)
    if not _is_first_word(spot) or spot.line.startswith("- ", column) or column not in _levels(spot, is_item=True):
        return None
    return _missing_dash(spot, spot.number)


def _missing_dash(spot: Spot, number: int, column: int = -1) -> Finding:
    """`column`: where the dash stands if it takes the place of blanks."""
    line = spot.source.line(number)
    begin = spot.source.starts[number - 1]
    start = begin + indent(line)
    at = spot.span(start, start + len(line.split()[0].rstrip(":")))
    repair = Repair("write `- `", (Edit(spot.span(start if column < 0 else begin + column, start), "- "),))
    help = f"write `- {at.text}`" if column < 0 else f"write `- ` in place of the two blanks before `{at.text}`"
    return problems.yaml_syntax(at, "a `-` is missing before this item", help, repairs=(repair,))


def line_above(spot: Spot) -> Finding | None:
    """A key that is indented unlike those above and below: the parser stumbles over the line behind it."""
    column = indent(spot.line)
    above = list(islice(_starts(spot), 2))
    if not _is_first_word(spot) or not above or above[0].key < 0 or column != _indent_below(spot):
        return None
    odd, off = above[0], column - above[0].key
    line, begin = spot.source.line(odd.number), spot.source.starts[odd.number - 1]
    if not 0 < abs(off) <= FAR or odd.key in [start.key for start in above[1:]] or (not odd.key and _TOP.match(line)):
        return None
    at = spot.span(begin + odd.key, begin + line.index(":", odd.key))
    wanted = indent(line) + off
    repairs = (
        Repair(f"indent it as line {spot.number}", (Edit(spot.span(begin, begin + indent(line)), " " * wanted),)),
    )
    help = f"indent it as line {spot.number}"
    return problems.yaml_syntax(at, "this key is indented unlike those below", help, repairs=repairs)


def between_levels(spot: Spot) -> Finding | None:
    """A key or an item that is indented unlike those above, with those right below it that stand as deep."""
    if spot.problem.startswith("mapping values") or not _is_first_word(spot):
        return None
    column = indent(spot.line)
    is_item = spot.line.startswith("- ", column)
    levels = _levels(spot, is_item)
    nearest = min((abs(level - column) for level in levels), default=0)
    likely = [level for level in levels if 0 < abs(level - column) == nearest <= FAR]
    if 0 in likely and _TOP.match(spot.line):
        likely = [0]
    if not likely:
        return None
    repairs = tuple(_indenting(spot, is_item, level, levels[level]) for level in likely)
    at = spot.span(spot.at, spot.at + max(len(spot.line.split()[0].rstrip(":")), 1))
    message = f"this {'item' if is_item else 'key'} is indented unlike those above"
    help = " or ".join(f"by {level} spaces, as line {levels[level]}" for level in likely)
    return problems.yaml_syntax(at, message, f"indent it {help}", repairs=repairs)


def _is_first_word(spot: Spot) -> bool:
    """Whether the text stops being YAML at a line's first word, or at the colon behind it."""
    before = spot.source.text[spot.source.starts[spot.number - 1] : spot.at]
    if spot.problem.startswith("mapping values"):
        before = before.removesuffix(spot.line.split(":")[0].strip())
    elif spot.problem not in ("did not find expected '-' indicator", "did not find expected key"):
        return False
    return spot.braces < 0 and not before.strip(" \t")


def _starts(spot: Spot) -> Iterator[_Start]:
    """The lines above that begin an item or a key, the nearest first."""
    for number in range(spot.number - 1, max(spot.number - LINES, 0), -1):
        found = _DASHES.match(spot.source.line(number))
        if found is not None and (found["dashes"] or found["key"]):
            dashes = [found.start("dashes") + at for at, sign in enumerate(found["dashes"]) if sign == "-"]
            yield _Start(number, dashes, found.start("key"))


def _levels(spot: Spot, is_item: bool) -> dict[int, int]:
    """How deep the line could stand, by what is open there: each depth, and the last line that stands so deep."""
    levels: dict[int, int] = {}
    for start in _starts(spot):
        level = (start.dashes or [-1])[0] if is_item else start.key
        if 0 <= level < min(levels, default=level + 1):
            levels[level] = start.number
    return levels


def _indent_below(spot: Spot) -> int:
    """How deep the next line stands."""
    below = range(spot.number + 1, min(spot.number + LINES, len(spot.source.starts) + 1))
    return next((indent(line) for line in map(spot.source.line, below) if line.strip()), -1)


def _indenting(spot: Spot, is_item: bool, level: int, like: int) -> Repair:
    """The line as deep as it should be, and those of its kind right below it that stand as deep as it does."""
    edits: list[Edit] = []
    lead = indent(spot.line)
    for number in range(spot.number, min(spot.number + LINES, len(spot.source.starts) + 1)):
        line = spot.source.line(number)
        if not line.strip() or indent(line) != lead or line.startswith("- ", lead) != is_item:
            break
        start = spot.source.starts[number - 1]
        edits.append(Edit(spot.span(start, start + lead), " " * level))
    return Repair(f"indent it as line {like}", tuple(edits))
