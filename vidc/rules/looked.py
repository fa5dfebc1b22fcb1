"""looked: what the rules of one spec share."""

from __future__ import annotations

from vidc.ir.spec import Json
from vidc.record import record


@record
class Looked:
    """`values`: of the service's variables. `found`: what a rule found in a text; many tracks may have the same one."""

    values: dict[str, Json]
    found: dict[str, str]
