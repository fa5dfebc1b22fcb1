"""shapes: what was meant where a part of the spec has another shape than it needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from re import findall, search

from vidc.diag.finding import Edit, Finding, Label, Place
from vidc.diag.near import nearest
from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems import mistakes
from vidc.problems.quoting import as_value
from vidc.problems.wording import as_yaml, short
from vidc.source import Span

from .declaration import ALIKE

MOST = 100
"""Limit: so many items of a list are looked at."""
SHOWN = 4
LONGEST = 40
"""Limits: names that a help shows, and characters of a value."""

DECLARES = frozenset((
    "type", "required", "example", "description", "max_length", "min_length", "choices", "minimum", "maximum",
))  # fmt: skip
"""Keys that only a declaration has."""

_PARTS = ("tracks", "scene")
"""What a component has one of."""

_CUT = r"(\w+)[\"']?:[ \t]+(-?\d+),[ \t]*$"

Named = dict[str, tuple[Scalar, Node | None]]


def named(node: Node) -> Named:
    """The names that a list gives where a mapping should, each with its place and its value: of `- name: price`, of
    `- price: 4` and of `- price`."""
    found: Named = {}
    for item in islice(node.items, MOST) if isinstance(node, Sequence) else ():
        if isinstance(item, Scalar):
            found.setdefault(str(item.value), (item, None))
        elif isinstance(item, Mapping) and "name" in item.entries:
            key, value = item.entries["name"][1], item.entries.get("value") or item.entries.get("default")
            if isinstance(key, Scalar):
                found.setdefault(str(key.value), (key, value[1] if value else None))
        elif isinstance(item, Mapping):
            for name, (key, inner) in item.entries.items():
                found.setdefault(name, (key, inner))
    return {name: one for name, one in found.items() if name.replace("-", "_").isidentifier()}


def declared(what: str, node: Node, names: Named) -> str:
    """The same of declarations, where an item of a list has keys of one beside its name: `- name: title, type: string`;
    empty where none has."""
    found: dict[str, Mapping] = {}
    for item in islice(node.items, MOST) if isinstance(node, Sequence) else ():
        name = item.entries["name"][1] if isinstance(item, Mapping) and "name" in item.entries else None
        if isinstance(item, Mapping) and isinstance(name, Scalar) and not DECLARES.isdisjoint(item.entries):
            found.setdefault(str(name.value), item)
    inner = [
        f"{short(name)}: {_declaration(found[name]) if name in found else _shown(value)}"
        for name, (_, value) in islice(names.items(), SHOWN)
    ]
    more = ", ..." if len(names) > SHOWN else ""
    return f"{what}: {{{', '.join(inner)}{more}}}" if found else ""


def _declaration(item: Mapping) -> str:
    """The keys of an item beside its name, as a declaration has them."""
    kept = {name: node for name, (_, node) in item.entries.items() if name in DECLARES or name in ("default", "type")}
    parts = [f"{name}: {ALIKE.get(_shown(node), _shown(node))}" for name, node in islice(kept.items(), MOST)]
    first = [] if "type" in kept else ["type: string"]
    return f"{{{', '.join([*first, *parts])}}}"


def mapping(what: str, names: Named) -> str:
    """A part of the spec as a mapping: `variables: {price: 4}`; empty where no name is known."""
    inner = ", ".join(f"{short(name)}: {_shown(value)}" for name, (_, value) in islice(names.items(), SHOWN))
    more = ", ..." if len(names) > SHOWN else ""
    return f"{what}: {{{inner}{more}}}" if names else ""


def _shown(value: Node | None) -> str:
    written = value.span.text if value is not None else ""
    return written if written.isprintable() and 0 < len(written) <= LONGEST else "..."


def in_order(node: Node, parameters: Collection[str]) -> Named:
    """The values of a list that is passed, each for the parameter in its place; empty for any other list."""
    items = node.items if isinstance(node, Sequence) else []
    if not 0 < len(items) <= len(parameters) or not all(isinstance(one, Scalar) for one in items):
        return {}
    if any(isinstance(one, Scalar) and one.value in parameters for one in items):
        return {}
    return {name: (one, one) for name, one in zip(parameters, items, strict=False) if isinstance(one, Scalar)}


def used_of_list(node: Sequence, declared: Collection[str]) -> str:
    """What to write for a list of components that are to be used; empty where they are not known."""
    names = [str(one.value) for one in islice(node.items, MOST) if isinstance(one, Scalar)]
    if not names or not all(name in declared for name in names):
        return ""
    if len(names) == 1:
        return f"write `use: {as_yaml(names[0])}`"
    return "write an item for each: " + " and ".join(f"`- use: {as_yaml(name)}`" for name in names[:SHOWN])


def called(text: str, declared: Collection[str]) -> str:
    """What to write for a component that is used like a function, `badge(title='Hi')`; empty for none such."""
    name, _, told = text.partition("(")
    found = findall(r"(\w+)\s*[=:]\s*('[^']*'|\"[^\"]*\"|[^,()'\"]+)", told.rstrip(") "))
    if name.strip() not in declared:
        return ""
    given = ", ".join(f"{one}: {value.strip()}" for one, value in found[:SHOWN])
    beside = f"`with: {{{given}}}`" if given else "what it is passed under `with`"
    return f"write `use: {name.strip()}`, and {beside}"


def condition_of(node: Node) -> str:
    """The one expression that a list holds, as a condition: `if: plan == 'Pro'`; those of more are joined by `and`."""
    items = node.items if isinstance(node, Sequence) else []
    texts = [one.value for one in items if isinstance(one, Scalar) and isinstance(one.value, str)]
    if not texts or len(texts) != len(items) or len(texts) > SHOWN:
        return ""
    parts = [f"({text})" if " or " in text and len(texts) > 1 else text for text in texts]
    return f"if: {' and '.join(parts)}"


def files(items: Iterable[Node]) -> str:
    """The files that a list names, in whatever shape, as `include` names them; empty where none is named."""
    inner = (one for item in items for one in _scalars(item))
    names = [name if "." in name.rpartition("/")[2] else f"{name}.vidc.yaml" for name in inner if name.isprintable()]
    shown = ", ".join(as_value(name, in_braces=True) for name in names[:SHOWN])
    return f"include: [{shown}{', ...' if len(names) > SHOWN else ''}]" if names else ""


def _scalars(item: Node) -> list[str]:
    values = [one for _, one in islice(item.entries.values(), 1)] if isinstance(item, Mapping) else [item]
    return [short(one.value) for one in values if isinstance(one, Scalar) and isinstance(one.value, str)]


def used(name: str, key: Scalar, value: Node | None, parameter: str, item: Node) -> tuple[str, Edit | None]:
    """What is passed where a component's name stands as a key, as a mapping, and the edit that writes `use` and `with`.

    `value`: what stands behind the key, None where the name stands alone. `parameter`: the one that a lone text is for.
    """
    if value is None:
        return "", Edit(item.span, f"{{use: {as_yaml(name)}}}")
    written = value.span.text
    if isinstance(value, Scalar) and value.value is None:
        return "", Edit(Span(key.source, key.start, value.end), f"use: {as_yaml(name)}")
    if isinstance(value, Scalar) and parameter:
        written = f"{{{parameter}: {as_value(written, in_braces=True)}}}"
    sign = key.source.text[key.end : value.start].strip() if value.source is key.source else ""
    if written[:1] != "{" or "\n" in written or sign != ":":
        return "{...}", None
    column = key.source.position(key.start)[1]
    between = ", " if item.source.text[item.start] == "{" else "\n" + " " * (column - 1)
    return written, Edit(Span(key.source, key.start, value.end), f"use: {as_yaml(name)}{between}with: {written}")


def component_of(body: Node) -> str:
    """What to write for a component that has another shape than it needs."""
    if isinstance(body, Sequence):
        return "put this list under `tracks:`"
    if not isinstance(body, Mapping):
        return "write `tracks: [...]` under its name"
    if "tracks" in body.entries:
        return "remove `scene`, or put these tracks into it"
    if "type" in body.entries:
        return "put it under `tracks:`, behind a dash: `- type: ...`"
    wrong = {name: nearest(name, _PARTS) for name in islice(body.entries, MOST)}
    meant = next((f"write `{right}` for `{short(name)}`" for name, right in wrong.items() if right), "")
    return meant or "write `tracks: [...]` for tracks, or `scene: {...}` for a whole scene"


def split_number(node: Node | None, key: Scalar) -> Finding | None:
    """What is found where a key is the rest of a number that a comma cut in two: `price: 49,90`."""
    rest = str(key.value)
    cut = search(_CUT, key.source.text[max(0, key.start - 80) : key.start])
    if cut is None or not isinstance(node, Mapping) or cut[1] not in node.entries:
        return None
    value = node.entries[rest][1] if rest in node.entries else None
    if not isinstance(value, Scalar) or value.value is not None:
        return None
    whole = cut[2] + rest if len(rest) == 3 else f"{cut[2]}.{rest}"
    label = Label(node.at(cut[1]), "the number begins here")
    return mistakes.split_number(Place(key.span), rest, cut[1], whole, label)
