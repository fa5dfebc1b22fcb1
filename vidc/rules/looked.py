"""looked: what the rules of one spec share."""

from __future__ import annotations

from vidc.ir.spec import Json
from vidc.record import record


@record
class Looked:
    """`values`: of the service's variables. `found`: the signs that a rule found in a text, each with its
    places; many tracks may have the same text."""

    values: dict[str, Json]
    found: dict[str, list[list[str]]]
