"""meant: what a mapping was meant for where a field takes another value: a name in braces, a choice, or languages."""

from __future__ import annotations

from collections.abc import Callable
from re import fullmatch

from vidc.diag.finding import Via
from vidc.diag.near import nearest
from vidc.hints import TypeAlias
from vidc.ir.tree import Mapping, Node, Scalar
from vidc.problems.choices import choice

Declared: TypeAlias = Callable[[str], "dict[str, tuple[Scalar, Node]]"]
"""What a part of the document holds, by its name."""

_IN_COMPONENT = r"in component `(\w[\w-]*)`"
_IN_TURN = r"in turn \d+ of `for: (\w+) in .*`"
_LANGUAGE = r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?"
_HOLDERS = ("props", "this.props", "params", "parameters", "variables", "vars", "var")
"""What other languages put before the names of parameters and variables."""


def instead(name: str, wanted: str, node: Mapping, declared: Declared, via: tuple[Via, ...]) -> str:
    """What to write for `{title}`, for `{if: ..., then: ..., else: ...}` and for `{en-GB: ..., de-DE: ...}`; empty for
    any other mapping."""
    in_braces = _named(node, declared, via)
    return choice(node) or in_braces or (_of_languages(name, node, declared) if wanted == "text" else "")


def _of_languages(name: str, node: Mapping, declared: Declared) -> str:
    if len(node.entries) < 2 or not in_languages(node):
        return ""
    texts = "voices" if name == "speakerId" else f"{name}s" if fullmatch(r"\w{1,40}", name) else "texts"
    chosen = next((key for key, (_, value) in declared("variables").items() if held_by(value) in node.entries), "")
    if chosen:
        return f'move it to `variables` as `{texts}: ...`, and write `{name}: "{{{{ {texts}[{chosen}] }}}}"`'
    first = next(iter(node.entries))
    return (
        f"give each language a scene of its own, with its `language`; or for one video in each, write "
        f'`variables: {{lang: {first}, {texts}: ...}}` and `{name}: "{{{{ {texts}[lang] }}}}"`, and choose with `--var`'
    )


def in_languages(node: Mapping) -> bool:
    """Whether every key is the code of a language."""
    return all(fullmatch(_LANGUAGE, key) for key in node.entries)


def held_by(node: Node) -> str:
    """The text that a variable has, or may have."""
    if isinstance(node, Mapping):
        node = next((node.entries[name][1] for name in ("default", "example") if name in node.entries), node)
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else ""


def _named(node: Mapping, declared: Declared, via: tuple[Via, ...]) -> str:
    if len(node.entries) != 1 or node.span.text[:1] != "{":
        return ""
    ((name, (_, value)),) = node.entries.items()
    if not isinstance(value, Scalar) or value.value is not None or value.unknown:
        return ""
    path = next((name[len(one) + 1 :] for one in _HOLDERS if name.startswith(f"{one}.")), name)
    first, dot, rest = path.partition(".")
    if first in declared("dynamicVariables"):
        return ""
    known = _known(declared, via)
    own = first if first in known else nearest(first, sorted(known))
    return f"write `<{own}{dot}{rest}>`" if own else ""


def _known(declared: Declared, via: tuple[Via, ...]) -> set[str]:
    """The names that can be used in a mapping: the spec's variables, the component's parameters, those of loops."""
    known = set(declared("variables"))
    for step in via:
        component, turn = fullmatch(_IN_COMPONENT, step.text), fullmatch(_IN_TURN, step.text)
        if component:
            known = set(declared("variables")) | _parameters(declared, component[1])
        elif turn:
            known.add(turn[1])
    return known


def _parameters(declared: Declared, name: str) -> set[str]:
    found = declared("components").get(name)
    inner = found[1].entries.get("parameters") if found and isinstance(found[1], Mapping) else None
    return set(inner[1].entries) if inner and isinstance(inner[1], Mapping) else set()
