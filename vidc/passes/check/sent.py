"""sent: what was meant where the service's values, the callback or its payload have another shape than they need."""

from __future__ import annotations

from itertools import islice
from re import fullmatch, match

from vidc.ir.tree import Mapping, Node, Scalar, Sequence
from vidc.problems.quoting import as_value
from vidc.problems.wording import as_yaml, short

from .meant import Declared, held_by, in_languages

SHOWN = 6
LONGEST = 60
MOST = 100
LONGEST_PAYLOAD = 160
MAX_STEPS = 4
"""Limits: names that a help shows, characters of a value, items of a list that are looked at, characters of a payload
that a help shows, and fields that lead to a text in an object."""

_ADDRESSES = ("url", "callback", "callbackUrl", "callback_url", "address", "endpoint", "webhook", "href")
_PAYLOADS = ("payload", "callbackPayload", "callback_payload", "body", "data")
_VALUES = ("value", "text", "default")
"""What authors call the parts of a callback, and the text of an item that has a `name`."""

_BRACKETED = r"\{\{?[ \t]*(\w+)[ \t]*\}?\}|<[ \t]*(\w+)[ \t]*>|\$\{?(\w+)\}?|%(\w+)%|\[(\w+)\]"
_REACHED = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[(?:\w+|'\w+')\])*"
_PATH = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"


def bare_name(key: str) -> str:
    """The name that stands in brackets in a key; empty for any other key."""
    found = fullmatch(_BRACKETED, key[:80])
    name = next(filter(None, found.groups()), "") if found else ""
    return name if name.isascii() and name.isidentifier() else ""


def expression(node: Node) -> str:
    """The expression from which a mapping or a list came, such as `texts` for `<texts>`; empty where it is written."""
    text = node.span.text
    inner = text[1:-1] if text[:1] in "'\"" and text[:1] == text[-1:] else text
    found = fullmatch(rf"<({_PATH})>|\{{\{{\s*([^{{}}\"]*?)\s*\}}\}}", inner)
    return (found[1] or found[2]) if found else ""


def of_mapping(key: str, node: Mapping, own: Mapping, declared: Declared) -> str:
    """What to write for a value of the service that holds values of its own; `own`: all values of the service."""
    came = expression(node)
    choices = {name: held_by(one) for name, (_, one) in declared("variables").items()}
    chosen = next((name for name, held in choices.items() if held in node.entries), "")
    if came:
        return _of_object(key, came, chosen, choices.get(chosen, ""), node)
    if chosen and len(node.entries) > 1 and in_languages(node):
        texts = f"{key}s"
        return f'move it to `variables` as `{texts}: ...`, and here write `{key}: "{{{{ {texts}[{chosen}] }}}}"`'
    if len(node.entries) == 1 and not node.entries.keys().isdisjoint(_VALUES):
        return f"write `{key}: {_written(next(iter(node.entries.values()))[1])}`"
    names = _flattened(key, node, own)
    if not names:
        return ""
    shown = [f"`{name}: {_written(value)}`" for name, value in islice(names.items(), SHOWN)]
    used = [f"`{{{name}}}`" for name in islice(names, SHOWN)]
    more = ["so on"] if len(names) > SHOWN else []
    place = f"in place of `{key}`"
    return f"the service's values are flat: write {_and(shown + more)} {place}, and {_and(used + more)} in texts"


def _of_object(key: str, came: str, chosen_by: str, chosen: str, node: Mapping) -> str:
    """What to write for an object that an expression gives: one of the texts in it."""
    if not fullmatch(_REACHED, came):
        return ""
    held = node.entries[chosen][1] if chosen else node
    steps = _to_text(held, MAX_STEPS)
    if steps is None:
        return ""
    right = f"{came}[{chosen_by}]" if chosen_by else came
    right += "".join(f".{step}" for step in steps)
    written = f"<{right}>" if fullmatch(_PATH, right) else f'"{{{{ {right} }}}}"'
    such = "write" if chosen and not steps else "write one of its texts, such as"
    return f"{such} `{key}: {written}`"


def _to_text(node: Node, most: int) -> tuple[str, ...] | None:
    """The fields that lead to the first text in an object; None where none does."""
    if isinstance(node, Scalar):
        return () if node.value is not None and not node.unknown else None
    for name, (_, inner) in islice(node.entries.items(), SHOWN) if isinstance(node, Mapping) and most else ():
        rest = _to_text(inner, most - 1)
        if rest is not None and fullmatch(r"[A-Za-z_]\w*", name):
            return (name, *rest)
    return None


def _flattened(key: str, node: Mapping, own: Mapping) -> dict[str, Node]:
    """The values in a value of the service, with names that nothing else has; empty where one cannot be a name."""
    inner = dict(islice(_leaves(node, ()), MOST))
    taken = set(own.entries) - {key}
    for name, (_, other) in islice(own.entries.items(), MOST):
        taken |= set(other.entries) if name != key and isinstance(other, Mapping) else set()
    last = [path[-1] for path in inner]
    is_plain = len(set(last)) == len(last) and taken.isdisjoint(last)
    names = {name if is_plain else "_".join((key, *path)): inner[path] for path, name in zip(inner, last, strict=True)}
    return names if all(fullmatch(r"[A-Za-z_]\w{0,60}", name) for name in names) else {}


def _leaves(node: Mapping, above: tuple[str, ...]) -> list[tuple[tuple[str, ...], Node]]:
    found: list[tuple[tuple[str, ...], Node]] = []
    for name, (_, value) in islice(node.entries.items(), MOST):
        if len(found) < MOST:
            path = (*above, name)
            found += _leaves(value, path) if isinstance(value, Mapping) and value.entries else [(path, value)]
    return found


def of_list(key: str, node: Sequence) -> str:
    """What to write for a value of the service that is a list: its items as one text."""
    came = expression(node)
    if came:
        first = node.items[0] if node.items else None
        if not isinstance(first, Mapping):
            return f"write `{key}: \"{{{{ {came} | join(', ') }}}}\"`"
        field = next((name for name, (_, one) in first.entries.items() if _is_text(one)), "")
        picked = f"{came} | map(attribute='{field}') | join(', ')"
        return f'write `{key}: "{{{{ {picked} }}}}"`' if field.isidentifier() else ""
    items = [item.span.text for item in islice(node.items, SHOWN) if isinstance(item, Scalar)]
    text = ", ".join(item.strip("'\"") for item in items)
    is_whole = bool(items) and len(items) == len(node.items)
    return f"write one text: `{key}: {as_value(text)}`" if is_whole and text.isprintable() else ""


def as_mapping(field: str, node: Node) -> str:
    """What to write for a list of names and values that should be a mapping; empty for anything else."""
    names: dict[str, Node | None] = {}
    for item in islice(node.items, MOST) if isinstance(node, Sequence) else ():
        if isinstance(item, Scalar):
            names.setdefault(str(item.value), None)
        elif isinstance(item, Mapping):
            key = next((item.entries[one][1] for one in ("name", "key") if one in item.entries), None)
            value = next((item.entries[one][1] for one in _VALUES if one in item.entries), None)
            if isinstance(key, Scalar) and len(item.entries) <= 2:
                names.setdefault(str(key.value), value)
            else:
                names |= {name: inner for name, (_, inner) in item.entries.items()}
    inner = [f"{name}: {_written(value)}" for name, value in islice(names.items(), SHOWN)]
    if not inner or not all(fullmatch(r"\w{1,60}", name) for name in names):
        return ""
    return f"write `{field}: {{{', '.join(inner)}{', ...' if len(names) > SHOWN else ''}}}`"


def of_callback(name: str, node: Node) -> str:
    """What to write for a callback that is a mapping, or a list of one."""
    if isinstance(node, Sequence) and len(node.items) == 1:
        return f"write `{name}: {_written(node.items[0])}`" if isinstance(node.items[0], Scalar) else ""
    entries = node.entries if isinstance(node, Mapping) else {}
    address = next((entries[one][1] for one in _ADDRESSES if one in entries), None)
    if not isinstance(address, Scalar):
        return ""
    help = f"write `{name}: {_written(address)}`"
    payload = next((one for one in _PAYLOADS if one in entries), "")
    if not payload:
        return help
    written = entries[payload][1].span.text
    if written[:1] == "{" and written.isprintable() and len(written) <= LONGEST_PAYLOAD:
        return f"{help} and `callbackPayload: {written}`"
    return f"{help}, and `callbackPayload:` above what is under `{payload}`"


def of_payload(name: str, node: Node) -> str:
    """What to write for a payload that is the text of a JSON object."""
    found = _json(node.span.text) if isinstance(node, Scalar) and isinstance(node.value, str) else None
    if found is None:
        return ""
    written = _as_yaml(found)
    if len(written) <= LONGEST_PAYLOAD:
        return f"write `{name}: {written}`"
    return f"write the mapping itself, without quotes around it: `{name}: {short(written, LONGEST)}`"


def _json(written: str) -> dict[str, object] | None:
    """The object that a text holds, as it stands in the source, with names of variables not filled in."""
    from json import loads

    text = written.strip()[:10_000]
    if text[:1] in "|>":
        text = text.partition("\n")[2]
    try:
        if text[:1] == '"':
            text = loads(text)
        elif text[:1] == "'":
            text = text[1:-1].replace("''", "'")
        found = loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found else None


def _as_yaml(value: object) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_as_yaml(name)}: {_as_yaml(one)}' for name, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_as_yaml, value))}]"
    if isinstance(value, str):
        return value if fullmatch(rf"<{_PATH}>", value) else as_yaml(value)
    from json import dumps

    return dumps(value)


def _written(node: Node | None) -> str:
    """A value as it stands in the source, where it can stand in braces; dots for one that is long or not there."""
    if not isinstance(node, Scalar) or (node.value is None and not node.unknown):
        return "..."
    text = node.span.text
    return as_value(text, in_braces=True) if text.isprintable() and 0 < len(text) <= LONGEST else "..."


def _is_text(node: Node) -> bool:
    return isinstance(node, Scalar) and isinstance(node.value, str) and match(r"\S", node.value) is not None


def _and(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
