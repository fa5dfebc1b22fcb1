"""values: text, numbers, true or false, words of a list, and what passes unread."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from re import match

from vidc.diag.finding import Repair
from vidc.diag.near import nearest
from vidc.hints import Any
from vidc.ir.spec import Json
from vidc.ir.tree import Mapping, Node, Scalar, Sequence, first_line, plain
from vidc.problems import check as problems
from vidc.problems import values as value_problems
from vidc.problems.wording import kind, listed, quoted, respelled

from .scope import ABSENT, Reader, Scope

LONGEST = 80
"""Limit: so much of an author's text is shown in a help."""

_TRUTHS = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}


def text(scope: Scope, name: str, node: Node) -> Any:
    """A name, or another word; in a spec a number becomes text as it is written."""
    value = node.value if node.__class__ is Scalar else None
    if value.__class__ is str and value[-1:] == "," and not scope.literal and node.span.text == value:
        return scope.fail(name, value_problems.trailing_comma(scope.place(node.span), name, value))
    return _written(scope, name, node)


def _written(scope: Scope, name: str, node: Node) -> Any:
    if node.__class__ is Scalar:
        value = node.value
        if value.__class__ is str:
            return value
        if not scope.literal and isinstance(value, int | float) and value.__class__ is not bool:
            return as_text(node)
    return scope.mistyped(name, node, "text", in_quotes(node) or "write the text itself, in quotes")


def script(scope: Scope, name: str, node: Node) -> Any:
    """Text whose unknown parts may be missing: what is known of it still has a length."""
    if isinstance(node, Scalar) and node.unknown:
        scope.doubt()
        return "" if node.value is None else str(node.value)
    return _written(scope, name, node)


def reference(scope: Scope, name: str, node: Node) -> Any:
    """The `referenceId` of one track."""
    if isinstance(node, Scalar):
        return text(scope, name, node)
    from .referred import help_for

    return scope.mistyped(name, node, "text", help_for(scope, node))


def named(scope: Scope, name: str, node: Node) -> Any:
    """Text that must not be empty."""
    value = text(scope, name, node)
    return scope.fail(name, problems.empty_field(scope.place(node.span), name)) if value == "" else value


def as_text(node: Scalar) -> str:
    """A number or a truth as text: as it stands in the source where that is the number, `1.50` and not `1.5`."""
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    written = (node.anchor or node.span).text
    try:
        return written if float(written) == node.value else str(node.value)
    except ValueError:
        return str(node.value)


def in_quotes(node: Node) -> str:
    """Help for a value that is text but for its quotes."""
    if isinstance(node, Scalar) and isinstance(node.value, int | float):
        return f'write "{as_text(node)}" in quotes'
    written = "" if isinstance(node, Scalar) else (node.anchor or node.span).text
    if written[:1] not in ("{", "[") or not written.isprintable() or len(written) > LONGEST:
        return ""
    return f"put it in quotes: {quoted(written)}"


def truth(scope: Scope, name: str, node: Node) -> Any:
    if node.__class__ is Scalar:
        value = node.value
        if value.__class__ is bool:
            return value
        meant = _TRUTHS.get(value.casefold()) if isinstance(value, str) else None
        help = f"write `{meant}` without quotes" if meant else f"write `{name}: true` or `{name}: false`"
        return scope.mistyped(name, node, "true or false", help)
    return scope.mistyped(name, node, "true or false", f"write `{name}: true` or `{name}: false`")


def number(scope: Scope, name: str, node: Node) -> Any:
    """A finite number; in a spec a whole one becomes an integer."""
    if node.__class__ is Scalar:
        value = node.value
        if value.__class__ is int:
            return value
        if isinstance(value, float):
            if not isfinite(value):
                return scope.fail(name, value_problems.infinite_number(scope.place(node.span), name))
            return value if scope.literal else whole(value)
    return scope.mistyped(name, node, "a number", f"write `{name}: {_amount(node)}`, without quotes or a unit")


def _amount(node: Node) -> str:
    """The number with which a text begins, such as that of `90deg`; any other where it begins with none."""
    written = node.value if isinstance(node, Scalar) and isinstance(node.value, str) else ""
    found = match(r"\s*(-?\d{1,6}(?:\.\d{1,3})?)\s*\D{0,12}$", written[:40])
    return found[1] if found else "45"


def whole(value: int | float) -> int | float:
    """A whole number as an integer, any other as it is."""
    return int(value) if value == int(value) else value


def one_of(known: tuple[str, ...], complete: bool, beside: dict[str, tuple[str, ...]] | None = None) -> Reader:
    """Reads one of some words. Where the documentation does not show all of them, others pass with a warning.

    `beside`: the words of other fields of the same mapping, of which one may have been meant.
    """

    def word(scope: Scope, name: str, node: Node) -> Any:
        if node.__class__ is not Scalar or node.value.__class__ is not str:
            return scope.mistyped(name, node, f"one of {listed(known)}", f"write `{name}: {known[0]}`")
        value = str(node.value)
        if value in known:
            return value
        near = nearest(value, known) or ""
        what = f"{scope.key} {name}".lstrip()
        other = (None if near else _elsewhere(scope, name, value, beside or {})) or ("", None)
        found = problems.unknown_value(scope.place(node.span), what, value, known, near, complete, *other)
        if complete or near:
            return scope.fail(name, found)
        scope.log.add(found)
        return value

    return word


def _elsewhere(
    scope: Scope, name: str, value: str, beside: dict[str, tuple[str, ...]]
) -> tuple[str, Repair | None] | None:
    """The help where a word is one of another field, and the change of the key that does it."""
    for field, words in beside.items():
        meant = nearest(value, words)
        if meant is not None and field in scope.node.entries:
            return f"it is a `{field}`, and there is one: remove it", None
        if meant is not None:
            repair = respelled(scope.node.key(name), field) if meant == value else None
            return f"it is a `{field}`: write `{field}: {meant}`", repair
    return None


def language(scope: Scope, name: str, node: Node) -> Any:
    """A language as BCP 47 writes it, by its shape: `en`, `pt-BR`, `zh-Hans-CN`."""
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, str):
        first, *rest = value.split("-")
        shaped = value.isascii() and first.isalpha() and 2 <= len(first) <= 3
        if shaped and all(part.isalnum() and len(part) <= 8 for part in rest):
            return value
    return _refused(scope, name, node, "a code such as `en` or `pt-BR`", f"write `{name}: {_code(value)}`")


def _code(value: object) -> str:
    """The code that a language by its name, or a code in another spelling, stands for; English for any other."""
    text = str(value).strip(" ,;").replace("_", "-")[:12]
    if text[2:3] == "-" and text.replace("-", "").isalnum() and text.isascii():
        return text
    return _CODES.get(text.lower(), "en")


_CODES = {
    "german": "de",
    "deutsch": "de",
    "spanish": "es",
    "french": "fr",
    "hindi": "hi",
    "indonesian": "id",
    "italian": "it",
    "polish": "pl",
    "portuguese": "pt",
    "turkish": "tr",
    "chinese": "zh",
}


def version(scope: Scope, name: str, node: Node) -> Any:
    """The version of the language: 1."""
    if isinstance(node, Scalar) and node.value in (1, "1") and not isinstance(node.value, bool):
        return 1
    return _refused(scope, name, node, "1, the version of the language that this vidc knows", "write `vidc: 1`")


def _refused(scope: Scope, name: str, node: Node, wanted: str, help: str) -> Any:
    found = f"`{str(node.value)[:24]}`" if isinstance(node, Scalar) else kind(node)
    return scope.fail(name, problems.wrong_type(scope.place(first_line(node)), f"`{name}`", wanted, found, help))


def untouched(scope: Scope, name: str, node: Node) -> Any:
    """Any value, as plain JSON. What a variable without a value stands in is left out."""
    for scalar in scalars(node):
        if scalar.unknown:
            return scope.doubt(name)
        if isinstance(scalar.value, float) and not isfinite(scalar.value):
            return scope.fail(name, value_problems.infinite_number(scope.place(scalar.span), name))
    return plain(node)


def scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Mapping(entries=entries):
            for _, value in entries.values():
                yield from scalars(value)
        case Sequence(items=items):
            for item in items:
                yield from scalars(item)


def payload(scope: Scope, name: str, node: Node) -> Any:
    """`callbackPayload`: a mapping, passed as it is."""
    if not isinstance(node, Mapping):
        from .sent import as_mapping, of_payload

        help = "" if scope.literal else of_payload(name, node) or as_mapping(name, node)
        return scope.mistyped(
            name, node, "a mapping of keys and values", help or f"write `{name}: {{campaign: spring}}`"
        )
    return untouched(scope, name, node)


def variables(scope: Scope, name: str, node: Node) -> Any:
    """`dynamicVariables`: names and texts. A value that is left out is `broken` as `dynamicVariables.NAME`."""
    if not isinstance(node, Mapping):
        from .sent import as_mapping

        help = as_mapping(name, node) or f"write `{name}: {{first_name: Ann}}`"
        return scope.mistyped(name, node, "a mapping of names and texts", help)
    values: dict[str, Json] = {}
    for key, (at, value) in node.entries.items():
        named = key if key.isidentifier() else _named(scope, node, at, key)
        got = _variable(scope, named, f"{name}.{named}", value, node, at)
        if got is not ABSENT:
            values[named] = got
    return values


def _named(scope: Scope, node: Mapping, at: Scalar, key: str) -> str:
    """The name that a key is meant for, without the brackets that belong into texts, which are reported."""
    from .sent import bare_name

    bare = bare_name(key)
    if not bare or scope.literal or bare in node.entries:
        return key
    from vidc.problems.variables import bad_variable_name

    scope.log.add(bad_variable_name(scope.place(at.span), key, False, bare, is_service=True))
    return bare


def _variable(scope: Scope, key: str, name: str, node: Node, own: Mapping, at: Scalar) -> Any:
    if node.__class__ is Scalar:
        value = node.value
        if value.__class__ is str or node.unknown:
            if node.unknown:
                scope.doubt(name)
            return value if value is not None else ""
        if value is not None and not scope.literal:
            return as_text(node)
        if value is not None:
            scope.log.add(problems.untyped_variable(scope.place(node.span), key, kind(node)))
            return value
    return _no_text(scope, key, name, node, own, at)


def _no_text(scope: Scope, key: str, name: str, node: Node, own: Mapping, at: Scalar) -> Any:
    """Report a value that is no text: at its key, unless an expression gave it."""
    from .meant import instead
    from .sent import expression, of_list, of_mapping

    help = ""
    if isinstance(node, Mapping):
        in_braces = "" if scope.literal else instead(name, "", node, scope.declared, scope.place(node.span).via)
        help = in_braces or of_mapping(key, node, own, scope.declared)
    elif isinstance(node, Sequence):
        help = of_list(key, node)
    is_written = not isinstance(node, Scalar) and node.anchor is None and not expression(node)
    span = at.span if is_written else first_line(node)
    help = help or in_quotes(node) or f"write `{key}: ...` with its text, or remove it"
    return scope.fail(name, problems.wrong_type(scope.place(span), f"`{name}`", "text", kind(node), help))
