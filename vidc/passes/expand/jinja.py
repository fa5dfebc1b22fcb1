"""jinja: fills one template by way of Jinja's parser, in this process. Any text gives an outcome."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from .inert import Parsed, parse
from .interpret import interpret
from .meter import Meter
from .short import RESERVED, candidates
from .values import Fault, Mistaken, Outcome, TooLarge, settled

MAX_CACHED = 250_000
"""Limit: characters of the texts that are kept as they were parsed, each of which takes some hundred times its size."""
_EVEN_EMPTY = 100
"""Characters that a kept text counts beside its own."""
MAX_PARTS = 100_000
MAX_CHARACTERS = 1_000_000
"""Limit: values in one value that a template makes, and characters of all its texts. A list may stand in another
many times and take no memory, but each time it is answered anew."""

_PARSING = 200
"""Steps that it takes to parse a template, however short."""


class Cache:
    """The templates of one document that were parsed before, and the names in short forms of each text."""

    __slots__ = ("parsed", "room", "shorts")

    def __init__(self) -> None:
        self.parsed: dict[tuple[str, bool, frozenset[str], frozenset[str]], Parsed] = {}
        self.shorts: dict[str, set[str]] = {}
        self.room = MAX_CACHED

    def has_room(self, text: str) -> bool:
        """Whether one more thing found in a text may be kept; then its room is taken."""
        size = len(text) + _EVEN_EMPTY
        if size > self.room:
            return False
        self.room -= size
        return True


def work_out(
    text: str, expression: bool, scope: Mapping[str, Any], near: Collection[str], meter: Meter, cache: Cache
) -> Outcome:
    """`expression`: the text is one bare expression, without marks around it. `cache` keeps what was parsed before."""
    try:
        outcome = interpret(_parsed(text, expression, scope, near, meter, cache), dict(scope), meter)
        return outcome if _fits(outcome.value, meter) else settled(None, True, [too_much(len(text))])
    except Mistaken as mistake:
        fault = mistake.fault
    except TooLarge as error:
        fault = Fault("template-too-large", 0, len(text), (error.what,))
    except RecursionError:
        fault = Fault("template-too-large", 0, len(text), ("nesting",))
    except MemoryError:
        fault = Fault("template-too-large", 0, len(text), ("stopped",))
    except Exception:  # the promise holds for what nobody thought of as well
        fault = Fault("template-failed", 0, len(text), ("this cannot be worked out", ""))
    return settled(None, True, [fault])


def too_much(length: int) -> Fault:
    return Fault("template-too-large", 0, length, ("value",))


def _fits(value: object, meter: Meter) -> bool:
    """Whether a value is small enough to be answered; looking is counted."""
    waiting = [value]
    parts = characters = 0
    while waiting and parts + len(waiting) <= MAX_PARTS and characters <= MAX_CHARACTERS:
        item = waiting.pop()
        parts += 1
        if isinstance(item, str):
            characters += len(item)
        elif isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            waiting += item
            waiting += item.values()
    meter.step(parts // 4 + characters // 64)
    return not waiting and characters <= MAX_CHARACTERS


def _parsed(
    text: str, expression: bool, scope: Mapping[str, Any], near: Collection[str], meter: Meter, cache: Cache
) -> Parsed:
    shorts = cache.shorts.get(text)
    if shorts is None:
        meter.step(len(text) // 16)
        shorts = candidates(text) if "<" in text else set()
        if cache.has_room(text):
            cache.shorts[text] = shorts
    taken = frozenset(name for name in shorts if name in scope and name not in RESERVED)
    key = (text, expression, taken, frozenset(near))
    found = cache.parsed.get(key)
    if found is not None:
        return found
    meter.step(_PARSING + 3 * len(text))
    parsed = parse(text, expression, taken, near)
    if cache.has_room(text):
        cache.parsed[key] = parsed
    return parsed
