"""declaration: what one declaration of a variable or a parameter holds."""

from __future__ import annotations

from vidc.hints import Any
from vidc.ir.tree import Node, Scalar
from vidc.record import record

TYPES = ("string", "number", "boolean", "list", "object", "url", "time")
KEYS = (
    "type",
    "required",
    "default",
    "example",
    "description",
    "max_length",
    "min_length",
    "choices",
    "minimum",
    "maximum",
)

OPTIONS: dict[str, Any] = {
    "required": bool,
    "max_length": int,
    "min_length": int,
    "choices": list,
    "minimum": (int, float),
    "maximum": (int, float),
}
"""What the value of each key of a declaration is, where it is not any text or value."""

ALIKE = {
    **dict.fromkeys(("text", "str", "enum", "date", "color", "colour", "char"), "string"),
    **dict.fromkeys(("int", "integer", "float", "double", "decimal"), "number"),
    **dict.fromkeys(("bool", "flag", "truth"), "boolean"),
    **dict.fromkeys(("array", "sequence", "set"), "list"),
    **dict.fromkeys(("dict", "map", "mapping", "hash", "record"), "object"),
    **dict.fromkeys(("link", "uri", "image", "video", "audio", "file", "address"), "url"),
    **dict.fromkeys(("duration", "seconds", "milliseconds", "ms"), "time"),
}
"""What other languages call each type."""


@record
class Declaration:
    """One variable or parameter: where it stands, its type (None: any), and its default, example and bounds.

    `faulty`: a finding speaks of one of its keys, and nothing may be concluded from what is not there.
    """

    name: str
    key: Scalar
    type: str | None
    required: bool
    default: Node | None
    example: Node | None
    options: dict[str, Any]
    faulty: bool = False

    @property
    def is_named(self) -> bool:
        """Whether it has the name that is written: one that cannot be a name is taken for the nearest that can."""
        return self.key.value == self.name


def is_option(option: tuple[str, Any]) -> bool:
    """Whether a key of a declaration has a value of its kind; none is as good as no key."""
    name, value = option
    kind = OPTIONS.get(name)
    return kind is None or value is None or (isinstance(value, kind) and (kind is bool or not isinstance(value, bool)))
