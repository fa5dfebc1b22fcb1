"""jinja: fills one template by way of Jinja's parser, in this process. Any text gives an outcome."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from .budget import Meter
from .inert import Parsed, parse
from .interpret import interpret
from .short import RESERVED, candidates
from .values import Fault, Mistaken, Outcome, TooLarge, settled

Cache = dict[tuple[str, bool, frozenset[str], frozenset[str]], Parsed]

MAX_CACHED = 2_000


def work_out(
    text: str, expression: bool, scope: Mapping[str, Any], near: Collection[str], meter: Meter, cache: Cache
) -> Outcome:
    """`expression`: the text is one bare expression, without marks around it. `cache` keeps what was parsed before."""
    try:
        return interpret(_parsed(text, expression, scope, near, meter, cache), dict(scope), meter)
    except Mistaken as mistake:
        fault = mistake.fault
    except TooLarge as error:
        fault = Fault("template-too-large", 0, len(text), (error.what,))
    except (RecursionError, MemoryError):
        fault = Fault("template-too-large", 0, len(text), ("nesting",))
    except Exception:  # the promise holds for what nobody thought of as well
        fault = Fault("template-failed", 0, len(text), ("this cannot be worked out", ""))
    return settled(None, True, [fault])


def _parsed(
    text: str, expression: bool, scope: Mapping[str, Any], near: Collection[str], meter: Meter, cache: Cache
) -> Parsed:
    shorts = candidates(text) if "<" in text else set()
    taken = frozenset(name for name in shorts if name in scope and name not in RESERVED)
    key = (text, expression, taken, frozenset(near))
    found = cache.get(key)
    if found is not None:
        return found
    meter.step(len(text) // 2)
    parsed = parse(text, expression, taken, near)
    if len(cache) < MAX_CACHED:
        cache[key] = parsed
    return parsed
