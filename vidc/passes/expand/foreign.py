"""foreign: names as other languages write them: of a loop's turn, of a parameter, of the field that a value names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from re import Match, fullmatch, match
from re import compile as pattern

from vidc.diag.finding import Edit, Repair
from vidc.hints import Any, TypeAlias
from vidc.ir.tree import Node
from vidc.problems.wording import MAX_SHOWN, kind_of, passed
from vidc.source import Span

from .origins import View
from .short import FORM, NAME
from .values import UNKNOWN, Fault

_FIELDS = frozenset(("index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem"))
_TURNS = {
    **dict.fromkeys(("counter", "index1", "iteration", "number", "num", "nr", "no", "pos"), "index"),
    **dict.fromkeys(("counter0", "i", "idx", "ix"), "index0"),
    **dict.fromkeys(("revcounter", "rindex"), "revindex"),
    **dict.fromkeys(("revcounter0", "rindex0"), "revindex0"),
    **dict.fromkeys(("size", "total"), "length"),
    **dict.fromkeys(("is_first", "isFirst"), "first"),
    **dict.fromkeys(("is_last", "isLast"), "last"),
    **dict.fromkeys(("prev", "previous"), "previtem"),
    "next": "nextitem",
}
"""What other languages call the fields of `loop`."""

FORLOOP = "forloop"
BARE = "a name stands alone, without a sign before it"
_HOLDERS = frozenset((
    "this", "self", "props", "params", "parameters", "args", "arguments", "attrs", "attributes", "inputs", "input",
    "with", "variables", "variable", "vars", "var", "values", "Values", "local", "locals", "data", "context",
    "component",
))  # fmt: skip
"""What other languages put before the names of parameters and variables."""

_KINDS = {"an object": "object", "a list": "list", "a number": "number", "text": "string", "nothing": "string"}

MOST_SEARCHED = 100_000
"""Limit: in a longer spec no track is looked for that has the name."""

Nearest: TypeAlias = Callable[[str, Collection[str]], str]

_DOTTED = rf"\$?\.?((?:{NAME}\.){{0,4}}{NAME})"
_COUNTER = rf"i|ix|(?:{NAME}_)?(?:index|idx)|index0|counter0?"


def turn(field: str) -> str:
    """The field of `loop` that another language calls so; empty for none."""
    return field if field in _FIELDS else _TURNS.get(field, "")


def is_counter(name: str) -> bool:
    """Whether a name is one that the number of the turn often has."""
    return name == FORLOOP or fullmatch(_COUNTER, name) is not None


def own(path: str, scope: Collection[str], nearest: Nearest) -> str:
    """The path that `props.title`, `var.company` and `forloop.counter` mean; empty where it is not in scope."""
    first, *rest = path.split(".")
    if first in ("loop", FORLOOP) and len(rest) == 1 and "loop" in scope:
        right = turn(rest[0])
        return f"loop.{right}" if right else ""
    if first not in _HOLDERS:
        return ""
    while rest and rest[0] in _HOLDERS and rest[0] not in scope:
        del rest[0]
    if rest and rest[0] not in scope:
        rest[0] = nearest(rest[0], scope)
    return ".".join(rest) if rest and rest[0] else ""


def path_at(text: str, at: int, name: str) -> str:
    """The name at a place of an expression, with the fields behind it."""
    found = pattern(rf"{NAME}(?:\.{NAME})*").match(text, at)
    return found[0] if found is not None and found[0].partition(".")[0] == name else name


def help_for(path: str, scope: Collection[str], nearest: Nearest, marks: tuple[str, str] = ("", "")) -> str:
    """What to write for such a path, and for a name of a turn's number; empty for any other. `marks`: what stands
    around it in a text."""
    right = own(path, scope, nearest)
    opening, closing = marks
    if right:
        return f"write `{opening}{right}{closing}`" + ("" if opening else f" for `{path}`")
    if "loop" in scope and is_counter(path):
        return f"write `{opening}loop.index{closing}`, or `{opening}loop.index0{closing}` to count from 0"
    return ""


def outside(path: str, view: View, marks: tuple[str, str] = ("", "")) -> str:
    """What to write in a component, and where it is used, for a name that only its use sees. `marks`: what stands
    around it in a text."""
    name, _, rest = path.partition(".")
    if name == "loop":
        return numbered(rest, view, ("", ""))
    passed_as = _passed_as(name, view.origins)
    if passed_as:
        right = marks[0] + (f"{passed_as}.{rest}" if rest else passed_as) + marks[1]
        return f"a component does not see `{name}` around its use, which passes it as `{passed_as}`: write `{right}`"
    value = view.outer[name]
    kind = _KINDS.get(kind_of(value), "boolean") if value is not UNKNOWN else "object" if rest else "string"
    return f"a component does not see `{name}` around its use: {passed(name, name, kind, *view.passing)}"


def _passed_as(name: str, origins: Mapping[str, Node]) -> str:
    """The parameter by which a use passes the value of a name as it is; empty for none."""
    for parameter, node in origins.items():
        written = node.span.text.strip("'\"") if node.end - node.start <= MAX_SHOWN else ""
        if fullmatch(rf"<{name}>|\{{\{{ *{name} *\}}\}}", written):
            return parameter
    return ""


def numbered(field: str, view: View, marks: tuple[str, str] = ("<", ">")) -> str:
    """The same for a field of `loop`, which is passed under a name of its own."""
    right = turn(field) or "index"
    name, kind = (right, "boolean") if right in ("first", "last") else ("number", "number")
    here, given = f"write `{marks[0]}{name}{marks[1]}` here", passed(name, f"loop.{right}", kind, *view.passing)
    return f"a component does not see the loop around its use: {here}, {given}"


def dotted(text: str, at: int, scope: Collection[str], nearest: Nearest) -> str:
    """What to write for `{{ .Values.assets }}` and `{{ $.title }}`, where a dot or a dollar stands at a place."""
    found = pattern(_DOTTED).match(text, at) if text[at : at + 1] in (".", "$") else None
    if found is None or text[:at].rstrip(" ")[-2:] not in ("{{", "{%", "if", "in"):
        return ""
    path = found[1] if found[1].partition(".")[0] in scope else own(found[1], scope, nearest)
    return f"write `{path}` for `{found[0]}`" if path else ""


def braced_name(text: str, at: int, scope: Collection[str]) -> str:
    """What to write for `{years}` in an expression, around a place or right behind it; empty for none."""
    begin = text.rfind("{", 0, at + 1)
    begin = -1 if text[begin - 1 : begin] == "{" else begin
    found = pattern(rf"\{{[ ]*({NAME}(?:\.{NAME})*)[ ]*\}}").match(text, begin) if begin >= 0 else None
    opened = max(text.rfind("{{", 0, begin), text.rfind("{%", 0, begin))
    if found is None or opened < 0 or found.end() < at or found[1].partition(".")[0] not in scope:
        return ""
    return f"write `{found[1]}` for `{found[0]}`" if text[opened:begin].find("}}") < 0 else ""


def equality(text: str, at: int) -> str:
    """What to write for `plan is 'Pro'`, where the text stands at a place; empty for anything else."""
    found = pattern(rf"({NAME}(?:\.{NAME})*) +is( +not)? +\Z").search(text[:at][-MAX_SHOWN:])
    right = pattern(r"'[^'\n]{0,60}'|\"[^\"\n]{0,60}\"").match(text, at)
    return f"write `{found[1]} {'!=' if found[2] else '=='} {right[0]}`" if found and right else ""


def formatted(text: str, at: int) -> str:
    """What to write for `{{ price:.2f }}`, where the colon stands at a place; empty for anything else."""
    found = pattern(rf"({NAME}(?:\.{NAME})*) *\Z").search(text[:at][-MAX_SHOWN:])
    form = pattern(r":(,?)((?:\.\d{1,2})?[fd]?) *(?=\}\})").match(text, at)
    if found is None or form is None:
        return ""
    return f"write `'%{form[2] or 's'}' | format({found[1]})`"


def moment(path: str, source: str) -> str:
    """What to write for `speech.end`, where that is the name of a track; empty for any other name."""
    name, _, field = path.partition(".")
    if len(source) > MOST_SEARCHED or not pattern(rf"referenceId['\"]?: *['\"]?{name}\b").search(source):
        return ""
    if field in ("", "duration", "length", "intrinsicDuration"):
        right = f"intrinsicDurationTrackReference: {name}"
        return f"a template knows no lengths of tracks: in place of the scene's `duration`, write `{right}`"
    return f"a template knows no times of tracks: what begins when `{name}` is over goes into a scene of its own"


def environment(path: str, scope: Collection[str]) -> str:
    """What to write for `env.COMPANY`; empty for any other name."""
    found = fullmatch(r"(?:env|ENV|environ|os\.environ|process\.env|secrets)\.(\w+)", path)
    return "" if found is None else without_environment(found[1], scope)


def without_environment(name: str, scope: Collection[str], marks: tuple[str, str] = ("", "")) -> str:
    """The same for a name alone. `marks`: what stands around it in a text."""
    right = next((one for one in (name, name.lower()) if one in scope), "")
    given = f"give it with `--var {right or name.lower()}=...`"
    written = f"write `{marks[0]}{right or name.lower()}{marks[1]}`"
    if right:
        return f"vidc reads no environment: {written}, and {given}"
    return f"vidc reads no environment: declare `{name.lower()}` under `variables`, {written}, and {given}"


def field(fault: Fault, at: Span, text: str, scope: Mapping[str, Any]) -> tuple[str, tuple[Repair, ...]]:
    """What to write for a field that is not there: of a loop, or one that is the name of a value which names it."""
    owner, name, kind, _, *fields = fault.words
    if owner == "loop" and kind == "an object":
        return (f"write `loop.{turn(name)}`" if turn(name) else ""), ()
    if "loop" in scope and is_counter(name) and name not in scope:
        return "write `loop.index` for the number of the turn", ()
    if (owner, name) == ("each", "key") and "loop" in scope:
        return "write `loop.index0` for `each.key`, or `loop.index` to count from 1", ()
    behind = pattern(rf"\.({NAME})").match(text, fault.end)
    if behind is not None and kind == "an object" and behind[1] in fields:
        return f"write `{owner}.{behind[1]}` for `{owner}.{name}.{behind[1]}`", ()
    is_chosen = kind == "an object" and name in scope and (scope[name] is UNKNOWN or scope[name] in fields)
    return _chosen(text, at, fault.start, owner, name) if is_chosen else ("", ())


def worked(inside: str, scope: Collection[str], nearest: Nearest) -> str:
    """What to write for `<i + 1>`; empty for what has no foreign name in front."""
    found = match(rf"{NAME}(?:\.{NAME})*", inside)
    if found is None or found[0].partition(".")[0] in scope:
        return ""
    right = own(found[0], scope, nearest) or ("loop.index0" if "." not in found[0] else "")
    rest = inside[found.end() :]
    if right == "loop.index0" and "".join(rest.split()) == "+1":
        return "write `<loop.index>`"
    return f"write `{{{{ {right}{rest} }}}}`" if right else ""


def _chosen(text: str, at: Span, start: int, owner: str, name: str) -> tuple[str, tuple[Repair, ...]]:
    """What to write for `hello.lang` where the value of `lang` names a field of `hello`. `start` and `at`: where the
    field stands in the text and in the source."""
    right = f"{owner}[{name}]"
    begin = text.rfind("<", 0, start)
    form = pattern(FORM).match(text, begin) if begin >= 0 and text.startswith(owner, begin + 1) else None
    if form is not None:
        rest = f"{form['short']}{form['fields']}".removeprefix(f"{owner}.{name}")
        return _in_braces(form, f"{{{{ {right}{rest}{form['filters'] or ''} }}}}", at, at.start - start)
    sign = at.source.text[at.start - 1]
    edit = Edit(Span(at.source, at.start - 1, at.end), f"[{name}]") if sign == "." else Edit(at, name)
    return f"write `{right}`", (Repair(f"write `{right}`", (edit,)),) if sign in (".", "[") else ()


def _in_braces(form: Match[str], right: str, at: Span, begin: int) -> tuple[str, tuple[Repair, ...]]:
    """The same for `<hello.lang>`, which takes double braces then, and quotes around the text. `begin`: where the text
    begins in the source, if it stands there as it is."""
    text = at.source.text
    span = Span(at.source, begin + form.start(), begin + form.end())
    is_quoted = text[begin - 1] in ("'", '"') if begin > 0 else False
    if not is_quoted and form[0] == form.string:
        right = f'"{right}"'
    help = f"write `{right}`"
    if span.text != form[0]:
        return help, ()
    if not is_quoted and form[0] != form.string:
        return f"{help}, and the text in quotes", ()
    return help, (Repair(help, (Edit(span, right),)),)
