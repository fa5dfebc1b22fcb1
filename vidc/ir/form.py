"""form: whether a document is a spec, a part of specs, or a request as the service takes it."""

from __future__ import annotations

from .tree import Mapping

OWN_KEYS = (
    "vidc",
    "variables",
    "defaults",
    "components",
    "include",
    "settings",
    "scenes",
    "templateJobId",
    "language",
)
"""Keys at the top that only vidc reads there; the service's own job has `videoCreative` and none of them."""

BRINGS = ("variables", "defaults", "components", "include")
"""What a file can bring to those that include it."""

PLAIN = frozenset(
    (*OWN_KEYS, "$schema", "dynamicVariables", "callback", "callbackUrl", "callbackPayload", "videoCreative")
)
"""Keys that a document may have at the top, whatever form it has."""

_REQUEST = frozenset(("templateJobId", "dynamicVariables", "callbackUrl", "callbackPayload"))


def is_part(root: Mapping) -> bool:
    """Whether a file only brings names to those that include it, and is no spec of its own."""
    names = [name for name in root.entries if not name.startswith("x-") and name != "vidc"]
    return bool(names) and all(name in BRINGS for name in names)


def is_literal(root: Mapping) -> bool:
    """Whether a document is taken as it is, without templates: a job with `videoCreative`, or a template request, which
    is told from a spec by the service's `callbackUrl` or by being JSON."""
    entries = root.entries
    if "videoCreative" in entries:
        return entries.keys().isdisjoint(OWN_KEYS)
    if "templateJobId" not in entries or not entries.keys() <= _REQUEST:
        return False
    return "callbackUrl" in entries or root.source.text.startswith("{", root.start)
