"""findings: what is said of the mistakes in a template."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import islice
from re import Match, finditer, fullmatch
from re import compile as pattern

from vidc.diag.finding import Finding, Label, Place
from vidc.hints import Any
from vidc.ir.tree import Sequence, first_line
from vidc.problems.wording import MAX_SHOWN, short

from .budget import Budget
from .origins import View, node_of
from .short import FORM, NAME
from .values import Fault

Scope = Mapping[str, Any]

_CALL = r"(?:(?P<value>[\w.\[\]]+)\.)?(?P<name>\w+)\((?P<told>[^()]*)\)"
MOST_CHOICES = 6
"""A list of more is hardly meant as one of its words."""
_CHOICE = r"[^\W_][\w .-]{0,23}"
_BARE_WORDS = r"[^\W\d_][\w '’!?.-]*"
_DASHED = rf"(?<![\w-]){NAME}(?:-\w+)+(?![\w-])"


def joined(faults: tuple[Fault, ...], text: str) -> list[Fault]:
    """The mistakes, with a word in dashes as one name where none of its parts is one: `first-name`. In a list of words
    without quotes they are one."""
    if faults and text[:1] == "[" and text[-1:] == "]" and (right := _in_quotes(text, len(faults))):
        return [Fault("template-syntax", 0, len(text), ("words of a list stand in quotes", f"write `{right}`"))]
    faults = tuple(_listed(faults, text)) if "[" in text else faults
    undefined = {fault.start for fault in faults if fault.kind == "undefined-name"}
    if len(undefined) < 2 or "-" not in text:
        return list(faults)
    words = [match.span() for match in finditer(_DASHED, text)]
    kept: list[Fault] = []
    for fault in faults:
        word = next(((start, end) for start, end in words if start <= fault.start < end), None)
        if fault.kind != "undefined-name" or word is None:
            kept.append(fault)
        elif fault.start == word[0]:
            kept.append(Fault("undefined-name", *word, (text[word[0] : word[1]],)))
        elif word[0] not in undefined:
            kept.append(fault)
    return kept


def _listed(faults: tuple[Fault, ...], text: str) -> list[Fault]:
    """The mistakes, with one for all words of a list behind `in` that stand there without quotes."""
    kept = list(faults)
    for match in islice(finditer(r"\bin\s*(\[[^\[\]'\"]{1,200}\])", text), MOST_CHOICES):
        start, end = match.span(1)
        inside = [fault for fault in kept if fault.kind == "undefined-name" and start < fault.start < end]
        if inside and len(inside) == match[1].count(",") + 1 and (right := _in_quotes(match[1], len(inside), 1)):
            at = kept.index(inside[0])
            kept = [fault for fault in kept if fault not in inside]
            help = f"write `{right}`"
            kept.insert(at, Fault("template-syntax", start, end, ("words of a list stand in quotes", help)))
    return kept


def _in_quotes(text: str, faults: int, least: int = 2) -> str:
    """`['Never climb', 'Never run']` for such a list without quotes; empty for one that may hold names."""
    words = [word.strip() for word in text[1:-1].split(",")] if len(text) <= MAX_SHOWN * 4 else []
    is_bare = bool(words) and all(fullmatch(_BARE_WORDS, word) for word in words)
    if not is_bare or not (any(" " in word for word in words) or (len(words) >= least and faults == len(words))):
        return ""
    return f"[{', '.join(repr(word) for word in words)}]"


def _is_compared(text: str, at: int) -> bool:
    """Whether a name stands where a comparison has a word: behind `==` or `!=`, or with a capital beside one."""
    return text[:at].rstrip().endswith(("==", "!=")) or (text[at : at + 1].isupper() and ("==" in text or "!=" in text))


def finding_of(fault: Fault, at: Place, text: str, scope: Scope, budget: Budget, view: View) -> Finding:
    """What is said of a mistake in a text."""
    from vidc.problems import brackets, conditions
    from vidc.problems import template as problems

    from . import foreign, turns

    match fault.kind, fault.words:
        case "undefined-name", (name, *_) if name.startswith("env."):
            help = foreign.without_environment(name.removeprefix("env."), scope, ("<", ">"))
            return problems.undefined_name(at, text[fault.start : fault.end], "", scope, help=help)
        case "undefined-name", (name, *_):
            path = foreign.path_at(text, fault.start, name)
            if name in view.outer:
                return problems.undefined_name(at, name, "", scope, help=foreign.outside(path, view))
            near = budget.nearest(name, scope)
            is_word = not near and _is_compared(text, fault.start)
            help = foreign.help_for(path, scope, budget.nearest) or foreign.environment(path, scope)
            help = help or ("" if near else foreign.moment(path, at.span.source.text))
            rest = path[len(name) :]
            help = help or _of_service(path, view.served)
            here = turns.around(near, rest, at.via)
            help = help or (turns.elsewhere(name, scope, at.span.source) if rest and here == near else "")
            return problems.undefined_name(at, name, here, scope, is_word, help=help)
        case "undefined-field", (owner, field, kind, held, *fields):
            near = budget.nearest(field, fields)
            if kind.startswith("a list") and (item := turns.turn_of(owner, at.via)):
                field_of_turn = f"write `{item}.{short(field)}` for `{short(owner)}.{short(field)}`"
                return problems.undefined_field(at, owner, field, kind, held, "", tuple(fields), (), field_of_turn)
            labels = _given(owner, f"this is `{short(owner)}`", view)
            help, repairs = ("", ()) if near else foreign.field(fault, at.span, text, scope)
            return problems.undefined_field(at, owner, field, kind, held, near, tuple(fields), labels, help, repairs)
        case "misspelt-name" | "doubled-brackets", (_, path, _):
            return brackets.misspelt_name(at, text[fault.start : fault.end], path)
        case "misspelt-name", (name, *_):
            return _misspelt(name, at, pattern(FORM).match(text, fault.start - 1), scope, budget, view)
        case "worked-in-brackets", (inside, *_):
            help = _called(inside) or foreign.worked(inside, scope, budget.nearest)
            return brackets.worked_in_brackets(at, inside, help)
        case "own-variable-in-braces", (name, path):
            written = text[fault.start : fault.end]
            is_amount = written[0] == "$" and name == path and _is_number(scope.get(name))
            return brackets.own_variable_in_braces(at, written, name, path, is_amount)
        case "text-as-truth", (value, *_):
            what = text[fault.start : fault.end]
            return conditions.text_as_truth(at, what, value, _given(what, "it is given here", view))
        case "constant-truth", (joint, sign, left, first, *others):
            meant = conditions.compared(joint, sign, left, (first, *others))
            return conditions.text_as_truth(at, others[0], meant=meant)
        case "constant-condition", (left, sign, *others):
            return conditions.constant_condition(at, left, sign, tuple(others))
        case "never-equal", (left, right, meant, *_):
            return conditions.never_equal(at, left, right, meant)
        case "not-text", (kind, *names):
            what = text[fault.start : fault.end]
            choices = _choices(what, scope, view) or tuple(names)
            return problems.not_text(at, what, kind, choices, _given(what, "it is given here", view))
        case "template-syntax", (why, help, *_):
            return _unread(fault, at, text, why, help, scope, budget)
        case "template-not-allowed", (what, help, *_):
            return problems.template_not_allowed(at, what, help)
        case "template-failed", (why, help, *_):
            return problems.template_failed(at, why, help)
        case _, (what, *_):
            return problems.template_too_large(at, what)
    return problems.template_failed(at, "this cannot be worked out", "")


def _unread(fault: Fault, at: Place, text: str, why: str, help: str, scope: Scope, budget: Budget) -> Finding:
    """What is said of an expression that cannot be read."""
    from vidc.problems import template as problems

    from .foreign import BARE, braced_name, dotted
    from .foreign import equality as foreign_is
    from .foreign import formatted as foreign_format
    from .units import without_units

    if instead := dotted(text, fault.start, scope, budget.nearest):
        return problems.template_syntax(at, BARE, instead)
    if named := braced_name(text, fault.start, scope):
        return problems.template_syntax(at, "an expression names a value without braces", named)
    if compared := foreign_is(text, fault.start):
        return problems.template_syntax(at, "`is` asks what a value is, not which", compared)
    if formatted := foreign_format(text, fault.start):
        return problems.template_syntax(at, "nothing stands behind a `:` in an expression", formatted)
    if meant := without_units(text, fault.start):
        return problems.template_syntax(at, "units do not stand inside of an expression", meant)
    return problems.template_syntax(at, why, help)


def _of_service(path: str, served: Collection[str]) -> str:
    """What to write for `dynamicVariables.city`; empty for any other name."""
    holder, _, name = path.partition(".")
    return f"the service fills it in: write `{{{name}}}`" if holder == "dynamicVariables" and name in served else ""


def _called(inside: str) -> str:
    """What to write for a method or a function in angle brackets; empty for what is none, or is not known."""
    from .instead import told

    call = fullmatch(_CALL, inside)
    if call is None:
        return ""
    arguments = [one.strip() for one in call["told"].split(",") if one.strip()]
    value, *arguments = [call["value"], *arguments] if call["value"] else arguments or [""]
    help = told(call["name"], value, arguments)
    right = fullmatch("write `([^`]*)`", help)
    return f"write `{{{{ {right[1]} }}}}`" if right else help


def _is_number(value: object) -> bool:
    """Whether a value is an amount, as the `$` before it may say: a number, or a text that is one."""
    return not isinstance(value, bool) and fullmatch(r"[0-9][0-9.,]*", str(value)) is not None


def _given(path: str, words: str, view: View) -> tuple[Label, ...]:
    """A label where the value of a path was read."""
    node = node_of(path, view.origins)
    return () if node is None else (Label(first_line(node), words),)


def _choices(name: str, scope: Scope, view: View) -> tuple[str, ...]:
    """The words of a variable that may be meant as one of them: a list of a few, written without a declaration."""
    value: object = scope.get(name)
    node = node_of(name, view.origins)
    if not isinstance(value, list) or not 1 < len(value) <= MOST_CHOICES or not isinstance(node, Sequence):
        return ()
    words = [word for word in value if isinstance(word, str) and fullmatch(_CHOICE, word)]
    return tuple(words) if len(words) == len(value) else ()


def _misspelt(name: str, at: Place, form: Match[str] | None, scope: Scope, budget: Budget, view: View) -> Finding:
    from vidc.problems import brackets

    from . import turns
    from .foreign import FORLOOP, help_for, moment, numbered, outside

    rest = form["fields"] if form is not None else ""
    marks = ("<", f"{form['filters'] or ''}>" if form is not None else ">")
    help = "" if name in view.outer else help_for(name + rest, scope, budget.nearest, marks)
    near = budget.nearest(name, scope)
    help = help or ("" if near or name in view.outer else moment(name + rest, at.span.source.text))
    if near and name not in view.outer and not help:
        here = turns.around(near, rest, at.via)
        help = turns.elsewhere(name, scope, at.span.source) if here == near and rest else ""
        if not help:
            return brackets.misspelt_name(at, name + rest, here + rest)
    in_component = any(step.text.startswith("in component") for step in at.via)
    if name in ("loop", FORLOOP) and rest and not help:
        return brackets.unfilled_loop(at, name + rest, numbered(rest[1:], view) if in_component else "")
    served = budget.nearest(name, view.served)
    outer = outside(name + rest, view, ("<", ">")) if name in view.outer else ""
    return brackets.unfilled_name(at, name, rest, in_component, outer, served, help)
