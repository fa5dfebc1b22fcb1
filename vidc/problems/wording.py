"""wording: how the messages of templates, variables and components name what the author wrote."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice

from vidc.diag.finding import Edit, Repair
from vidc.ir.tree import Mapping, Node, Scalar
from vidc.source import Span

MAX_SHOWN = 60
"""Characters of a name or a text that a message shows."""
OR_TEXT = " if it is text, write "
"""What a help ends with where brackets around a name may be meant as they stand."""
MAX_LISTED = 12
"""Names that one message lists; it says how many more there are."""
_PLAIN = r"[^\W\d]\w*(?:(?:\.? |[-.])\w+)*\.*"
_RESERVED = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))
"""Words that some readers of YAML take for something else than text."""


def short(value: object, length: int = MAX_SHOWN) -> str:
    """A name or a text on one line, cut where it is long."""
    text = str(value)
    line = " ".join(text[: 10 * length].split())
    return line if len(line) <= length and len(text) <= 10 * length else line[: length - 1] + "…"


def quoted(text: str) -> str:
    """A text of one line, as it stands in the source, in quotes."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def as_yaml(text: str) -> str:
    """A text as YAML reads it as that text wherever it stands, in braces too: in quotes only where it takes them."""
    if re.fullmatch(_PLAIN, text) and text.lower() not in _RESERVED:
        return text
    from json import dumps

    return dumps(text, ensure_ascii=False)


def listed(names: Collection[str], most: int = MAX_LISTED) -> str:
    """Names in the order given, the first ones of many: `a`, `b` and 3 more."""
    shown = [f"`{short(name)}`" for name in islice(names, most)]
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def respelled(span: Span, name: str) -> Repair:
    """Write another key or value, in the quotes that it has."""
    text = span.text
    quote = text[:1] if text[:1] in ("'", '"') and text[-1:] == text[:1] else ""
    return Repair(f"write `{name}`", (Edit(span, f"{quote}{name}{quote}"),))


def meant(near: str) -> str:
    """The help where a name is nearly a known one."""
    return f"did you mean `{near}`?" if near else ""


def passed(name: str, value: str, kind: str, declares: bool, passes: bool) -> str:
    """What a component and its use need so that it sees a value. `kind`: the value's type. `declares`: the component
    has parameters. `passes`: its use has a `with`."""
    declared, given = f"{name}: {{type: {kind}}}", f"{name}: <{value}>"
    first = f"add `{declared}` to its `parameters`" if declares else f"give it `parameters: {{{declared}}}`"
    other = f"add `{given}` to the `with` of its use" if passes else f"give its use `with: {{{given}}}`"
    return f"{first}, and {other}"


def kind(node: Node) -> str:
    """What a part of the text is, as YAML calls it."""
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Scalar):
        return "null" if node.value is None else kind_of(node.value)
    return "a list"


def kind_of(value: object) -> str:
    """What a value is, as the types of variables call it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
    return "an object"


def counted(first: int, last: int) -> str:
    """Numbers one after another, as a list of the language: `[1, 2, 3]`; dots stand for more than a few."""
    shown = [str(number) for number in range(first, min(last, first + 11) + 1)]
    return f"[{', '.join(shown)}{', ...' if last > first + 11 else ''}]"
