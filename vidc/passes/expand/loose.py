"""loose: fields of a track that stand in `defaults` without the type of track that they are meant for."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from vidc.diag.finding import Label, Log, Place
from vidc.ir.tree import Node, Scalar
from vidc.problems.mistakes import misplaced_property
from vidc.problems.wording import as_yaml
from vidc.record import replace

_SPOKEN = ("actor", "speakerId", "variant", "view")
_PLACED = (
    "position", "size", "rotation", "removeBackground", "startTimeGap", "endTimeGap", "duration", "intrinsicDuration",
    "extra",
)  # fmt: skip
_SHOWN = {"imageUrl": "image", "videoUrl": "video", "audioUrl": "audio", "text": "text"}
_SEEN = ("actor", "image", "video", "text")
LONGEST = 40
"""So many characters of a value are shown."""

Entry = tuple[Scalar, Node]


def is_loose(name: str, body: Node) -> bool:
    """Whether an entry of `defaults` is a field; `actor` and `text` are types as well, of mappings."""
    if name in ("actor", "text"):
        return isinstance(body, Scalar) and body.value is not None
    return is_field(name)


def report(loose: Mapping[str, Entry], types: Collection[str], log: Log) -> tuple[str, ...]:
    """One finding for all of them; the types that they are taken for, so that no track lacks them too. `types`: those
    under which there are defaults."""
    kinds = _kinds(loose)
    kind = next((one for one in (*kinds, *types) if one != "scene"), "image")
    (name, (key, _)), *others = loose.items()
    if _is_block(loose):
        what = f"these {len(loose)} lines, and indent them" if others else "this line, and indent it"
        help = f"write `{kind}:` above {what}"
    else:
        inner = ", ".join(f"{name}: {_written(node)}" for name, (_, node) in loose.items())
        help = f"write it one level deeper, such as `{kind}: {{{inner}}}`"
    found = misplaced_property(Place(key.span), name, "`defaults`", help)
    labels = tuple(Label(key.span, "and this") for _, (key, _) in others)
    message = f"`{name}` stands in `defaults` without a type of track"
    log.add(replace(found, words=replace(found.words, message=message, labels=labels)))
    return kinds or _SEEN


def _is_block(loose: Mapping[str, Entry]) -> bool:
    """Whether each entry has one line of its own, right below the one before."""
    keys = [key for key, _ in loose.values()]
    lines = [key.source.position(key.start)[0] for key in keys]
    is_own = all(not key.source.text[key.source.line_start(key.start) : key.start].strip() for key in keys)
    is_short = all("\n" not in node.span.text for _, node in loose.values())
    return is_own and is_short and lines == [*range(lines[0], lines[0] + len(lines))]


def is_field(name: str) -> bool:
    """Whether tracks of some type have such a field."""
    return name in _SPOKEN or name in _PLACED or name in _SHOWN


def meant_by(names: Collection[str]) -> tuple[str, ...]:
    """The types of track that fields are for; without any of one type, those that are seen."""
    return _kinds(names) or _SEEN


def _kinds(names: Collection[str]) -> tuple[str, ...]:
    if any(name in _SPOKEN for name in names):
        return ("actor",)
    return tuple(_SHOWN[name] for name in names if name in _SHOWN)


def _written(node: Node) -> str:
    value = node.value if isinstance(node, Scalar) else None
    return as_yaml(value) if isinstance(value, str) and len(value) <= LONGEST and value.isprintable() else "..."
