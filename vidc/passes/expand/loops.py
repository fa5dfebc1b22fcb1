"""loops: what was meant by a `for` that is not written as `NAME in EXPRESSION`, or that has another name."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from re import IGNORECASE, Match, fullmatch, search, sub

from vidc.diag.finding import Edit, Finding, Place, Repair, Via
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems.wording import short
from vidc.record import replace
from vidc.source import Span

from .names import OTHER_LOOPS as OTHERS
from .scope import names_in

SHOWN = 4
LONGEST = 40
"""Limits: items that a help shows, and characters of one; a loop that is understood has twice as many."""

COUNTERS = frozenset(("i", "idx", "ix", "index", "j", "k", "n", "no", "nr", "num", "number", "count", "counter", "pos"))
"""What a name for the number of the turn is often called."""

_NAME = r"[$<]?([A-Za-z_]\w*)>?"
_NAMES = rf"(?:let |const |var )?(?P<open>[(\[]?) *{_NAME} *(?:, *{_NAME} *)?[)\]]?"
_FORM = rf"{_NAMES}(?: +(?:in|of|from) +| *(?:[:=]|<-) *)\$?(.+?):?"
_AS = rf"\$?([\w.]+) +as +{_NAME}"
_PATH = r"<?([A-Za-z_][\w.]*)>?"
_COUNTED = rf"enumerate\( *{_PATH} *(?:,[^()]*)?\)|{_PATH}\.entries\(\)|{_PATH} *\| *enumerate"
_PAIRS = rf"{_PATH}\.(?:items|iteritems)\(\)|Object\.entries\( *{_PATH} *\)|{_PATH} *\| *items"
_KEYED = ("k, v", "key, val", "key, value")
_AROUND = r"^(?:\{[{%]-? *)?(?:(?:for|each|every|foreach) +)*(?!(?:of|in|as|from) )| *-?[%}]\}$"


def by_number(name: str, from_zero: bool) -> str:
    """What stands for the name that another language gives the number of the turn."""
    if from_zero:
        return f"in place of `{name}`, write `loop.index0`"
    return f"in place of `{name}`, write `loop.index`, or `loop.index0` to begin with 0"


def by_pair(name: str, value: str) -> str:
    """What stands for the two names that another language gives an entry."""
    return f"in place of `{name}`, write `pair[0]`, and of `{value}` `pair[1]`"


def meant(node: Node) -> tuple[str, str]:
    """What to write for `i, feature in enumerate(features)`, `(feature, i) in features`, `feature of features`,
    `{feature: features}` and `features`, and where what the other name was for is found now; both may be empty."""
    if isinstance(node, Sequence):
        return _over(node), ""
    text = _text(node)
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    alike = fullmatch(_AS, text, IGNORECASE)
    if alike is not None:
        return f"{alike[2]} in {alike[1]}", ""
    found = fullmatch(_FORM, text, IGNORECASE)
    if found is not None:
        return _turned(found)
    if not fullmatch(r"[A-Za-z_]\w*", text):
        return "", ""
    return f"{text[:-1] if text.endswith('s') and len(text) > 2 else 'item'} in {text}", ""


def condition_in(name: str, expression: str) -> tuple[str, str] | None:
    """What to write for `feature in features if feature.image`; None where its `if` chooses between lists."""
    items, _, condition = expression.partition(" if ")
    if " else " in condition or not search(rf"\b{name}\b", condition):
        return None
    return f"{name} in {short(items.strip())}", f"beside it, write `if: {short(condition.strip())}`"


def _over(node: Sequence) -> str:
    """`item in ['a', 'b']` for a list of words; `feature in features` for the two names in it."""
    pair = [one.value for one in node.items[:3] if isinstance(one, Scalar) and isinstance(one.value, str)]
    if len(pair) == len(node.items) == 2 and str(pair[1]).startswith(str(pair[0])) and pair[0] != pair[1]:
        return f"{pair[0]} in {pair[1]}"
    texts = [one.value for one in node.items if isinstance(one, Scalar)][: SHOWN + 1]
    items = ", ".join(repr(short(text, LONGEST)) if isinstance(text, str) else str(text) for text in texts[:SHOWN])
    return f"item in [{items}{', ...' if len(node.items) > SHOWN else ''}]" if texts else ""


def _text(node: Node) -> str:
    """A loop as one text, without the marks and words around it."""
    if isinstance(node, Scalar):
        text = str(node.value)
    elif isinstance(node, Mapping) and (pair := _named(node)):
        text = pair
    else:
        entries = node.entries if isinstance(node, Mapping) else {}
        name, value = next(((name, value) for name, (_, value) in islice(entries.items(), 1)), ("", node))
        text = f"{name} of {value.value}" if isinstance(value, Scalar) else ""
    return sub(_AROUND, "", " ".join(text[: 2 * LONGEST].split()))


def _named(node: Mapping) -> str:
    """`feature of features` for `{item: feature, in: features}`; empty for any other mapping."""
    values = {name: value.value for name, (_, value) in islice(node.entries.items(), 4) if isinstance(value, Scalar)}
    items = next((values[name] for name in ("in", "of", "items", "list", "over", "each") if name in values), None)
    turn = next((values[name] for name in ("item", "as", "name", "var", "each", "value") if name in values), None)
    return f"{turn} of {items}" if isinstance(items, str) and isinstance(turn, str) and items != turn else ""


def _turned(found: Match[str]) -> tuple[str, str]:
    bracket, first, second, items = found.groups()
    pairs, counted = fullmatch(_PAIRS, items), fullmatch(_COUNTED, items)
    plain = pairs or counted or fullmatch(_PATH, items)
    if plain is None:
        return "", ""
    if second and (pairs or f"{first}, {second}".lower() in _KEYED):
        return f"pair in {_path(plain)} | items", by_pair(first, second)
    if not second:
        return f"{first} in {_path(plain)}{' | items' if pairs else ''}", ""
    is_first = second in COUNTERS or (bracket and first not in COUNTERS and not counted)
    name, number = (first, second) if is_first else (second, first)
    return f"{name} in {_path(plain)}", by_number(number, counted is not None and "," not in items)


def _path(found: Match[str]) -> str:
    return next(part for part in found.groups() if part)


def other_loop(item: Mapping, scope: Collection[str], owner: str, via: tuple[Via, ...]) -> Finding | None:
    """What is found where a scene or a track loops by a key of another language; None where its value is no list that
    is in scope."""
    from vidc.problems.mistakes import invented_property

    name = next(name for name in item.entries if name in OTHERS)
    key, value = item.entries[name]
    right, more = meant(value)
    turn, _, items = right.partition(" in ")
    if not items or (not isinstance(value, Sequence) and items.partition(".")[0] not in scope):
        return None
    if not isinstance(value, Scalar) or " " not in _text(value):
        right = f"{_turn(item, turn, scope)} in {items}"
    help = f"write `for: {right}`" + (f"; {more}" if more else "")
    found = invented_property(Place(key.span, "", via), name, owner, help)
    if more or key.source is not value.source or key.end > value.start:
        return found
    edit = Edit(Span(key.source, key.start, value.end), f"for: {right}")
    return replace(found, words=replace(found.words, repairs=(Repair(f"write `for: {right}`", (edit,)),)))


def _turn(item: Mapping, guess: str, scope: Collection[str]) -> str:
    """The name that the templates of a scene or a track use for what a loop gives: the guess, or the only one."""
    strange = sorted(name for name in names_in(item) if name not in scope and name != "loop")
    return strange[0] if len(strange) == 1 or (strange and guess not in strange) else guess
