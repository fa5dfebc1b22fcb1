"""heads: what a spec declares under a misspelt head, or as a list where it should be a mapping."""

from __future__ import annotations

from itertools import islice

from vidc.diag.finding import Log, Place
from vidc.diag.near import nearest
from vidc.ir.form import OWN_KEYS
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems.expand import wrong_shape
from vidc.problems.wording import as_yaml, short
from vidc.record import replace

from .gaps import unknown
from .merge import merge

MOST = 50
SHOWN = 4
FEW = 2
LONGEST = 60
LONGEST_WHOLE = 240
"""Limits: items that are looked at; of what is too long as a whole the types that a help shows, and the fields of each;
characters of a field, and of the whole."""

DECLARED = ("variables", "components", "defaults")

_PLACE = ("position", "size")
_NEEDED = {
    "actor": ("actor", "speakerId", *_PLACE),
    "image": ("imageUrl", *_PLACE),
    "video": ("videoUrl", *_PLACE),
    "text": _PLACE,
    "audio": ("audioUrl",),
}
"""What tracks must have, and may have from defaults."""


def misspelt(root: Mapping, known: frozenset[str]) -> dict[str, str]:
    """The wrong keys at the top under which something is declared, by the right ones; `check` reports them."""
    found: dict[str, str] = {}
    for name in islice(root.entries, MOST):
        if name not in known and isinstance(root.entries[name][1], Mapping):
            right = "variables" if name == "vars" else nearest(name, OWN_KEYS)
            if right in DECLARED and right not in root.entries:
                found.setdefault(right, name)
    return found


def defaults_of(node: Sequence, types: tuple[str, ...], log: Log) -> Mapping:
    """What a list of tracks, each with its `type`, says as defaults, which is reported. Of those whose type is not
    known nothing is."""
    made: dict[str, tuple[Scalar, Mapping]] = {}
    shown: list[tuple[str, Mapping]] = []
    is_known = True
    for item in node.items[:MOST]:
        for key, kind, body in _kinds(item, types):
            made[kind] = (key, merge(body, made[kind][1]) if kind in made else body)
            shown.append((kind, body))
        is_known = is_known and bool(_kinds(item, types))
    whole = ", ".join(f"{kind}: {_written(body)}" for kind, body in shown)
    if len(whole) > LONGEST_WHOLE:
        whole = ", ".join(f"{kind}: {_written(body, FEW)}" for kind, body in shown[:SHOWN])
    right = f"defaults: {{{whole}}}" if shown else ""
    log.add(wrong_shape(Place(node.span), "defaults", "a mapping of types of track", right))
    for kind, names in _NEEDED.items() if not is_known else ():
        under = Mapping({name: _gap(node, name) for name in names}, node.source, node.start, node.end)
        made[kind] = (_gap(node, kind)[0], merge(made[kind][1], under) if kind in made else under)
    return Mapping({**made}, node.source, node.start, node.end, node.live)


def _gap(node: Node, name: str) -> tuple[Scalar, Scalar]:
    return Scalar(name, node.source, node.start, node.end), unknown(node)


def _kinds(item: Node, types: tuple[str, ...]) -> list[tuple[Scalar, str, Mapping]]:
    """The types that an item is for, each with its fields: of `- type: text ...` and of `- text: {...}`."""
    entries = item.entries if isinstance(item, Mapping) else {}
    kind = entries["type"][1] if "type" in entries else None
    if isinstance(item, Mapping) and isinstance(kind, Scalar) and kind.value in types:
        rest = {name: one for name, one in entries.items() if name != "type"}
        return [(entries["type"][0], str(kind.value), replace(item, entries=rest))]
    found = [(key, name, one) for name, (key, one) in entries.items() if name in types]
    is_whole = len(found) == len(entries)
    return [(key, name, one) for key, name, one in found if isinstance(one, Mapping)] if is_whole else []


def _written(body: Mapping, most: int = MOST) -> str:
    """The fields of a type as they are written in braces."""
    fields = [f"{as_yaml(short(name))}: {_value(one)}" for name, (_, one) in islice(body.entries.items(), most)]
    return f"{{{', '.join(fields)}{', ...' if len(body.entries) > most else ''}}}"


def _value(node: Node) -> str:
    text = node.span.text
    return text if text.isprintable() and 0 < len(text) <= LONGEST else "..."
