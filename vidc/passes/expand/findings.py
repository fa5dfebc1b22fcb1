"""findings: what is said of the mistakes in a template."""

from __future__ import annotations

from collections.abc import Mapping
from re import Match, finditer
from re import compile as pattern

from vidc.diag.finding import Finding, Label, Place
from vidc.hints import Any
from vidc.ir.tree import first_line
from vidc.problems.wording import short

from .budget import Budget
from .origins import View, node_of
from .short import FORM, NAME
from .values import Fault

Scope = Mapping[str, Any]

_DASHED = rf"(?<![\w-]){NAME}(?:-\w+)+(?![\w-])"


def joined(faults: tuple[Fault, ...], text: str) -> list[Fault]:
    """The mistakes, with a word in dashes as one name where none of its parts is one: `first-name`."""
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


def _is_compared(text: str, at: int) -> bool:
    """Whether a name stands where a comparison has a word: behind `==` or `!=`, or with a capital beside one."""
    return text[:at].rstrip().endswith(("==", "!=")) or (text[at : at + 1].isupper() and ("==" in text or "!=" in text))


def finding_of(fault: Fault, at: Place, text: str, scope: Scope, budget: Budget, view: View) -> Finding:
    """What is said of a mistake in a text."""
    from vidc.problems import brackets, conditions
    from vidc.problems import template as problems

    match fault.kind, fault.words:
        case "undefined-name", (name, *_):
            if name in view.outer:
                return problems.undefined_name(at, name, "", scope, outer=True)
            near = budget.nearest(name, scope)
            return problems.undefined_name(at, name, near, scope, not near and _is_compared(text, fault.start))
        case "undefined-field", (owner, field, kind, held, *fields):
            near = budget.nearest(field, fields)
            labels = _given(owner, f"this is `{short(owner)}`", view)
            return problems.undefined_field(at, owner, field, kind, held, near, tuple(fields), labels)
        case "misspelt-name", (_, path, _):
            return brackets.misspelt_name(at, text[fault.start : fault.end], path)
        case "misspelt-name", (name, *_):
            return _misspelt(name, at, pattern(FORM).match(text, fault.start - 1), scope, budget, view)
        case "worked-in-brackets", (inside, *_):
            return brackets.worked_in_brackets(at, inside)
        case "own-variable-in-braces", (name, path):
            return brackets.own_variable_in_braces(at, text[fault.start : fault.end], name, path)
        case "text-as-truth", (value, *_):
            what = text[fault.start : fault.end]
            return conditions.text_as_truth(at, what, value, _given(what, "it is given here", view))
        case "never-equal", (left, right, meant):
            return conditions.never_equal(at, left, right, meant)
        case "not-text", (kind, *_):
            return problems.not_text(at, text[fault.start : fault.end], kind)
        case "template-syntax", (why, help, *_):
            return problems.template_syntax(at, why, help)
        case "template-not-allowed", (what, help, *_):
            return problems.template_not_allowed(at, what, help)
        case "template-failed", (why, help, *_):
            return problems.template_failed(at, why, help)
        case _, (what, *_):
            return problems.template_too_large(at, what)
    return problems.template_failed(at, "this cannot be worked out", "")


def _given(path: str, words: str, view: View) -> tuple[Label, ...]:
    """A label where the value of a path was read."""
    node = node_of(path, view.origins)
    return () if node is None else (Label(first_line(node), words),)


def _misspelt(name: str, at: Place, form: Match[str] | None, scope: Scope, budget: Budget, view: View) -> Finding:
    from vidc.problems import brackets

    rest = form["fields"] if form is not None else ""
    near = budget.nearest(name, scope)
    if near and name not in view.outer:
        return brackets.misspelt_name(at, name + rest, near + rest)
    in_component = any(step.text.startswith("in component") for step in at.via)
    if name == "loop" and rest:
        return brackets.unfilled_loop(at, name + rest, in_component)
    served = budget.nearest(name, view.served)
    return brackets.unfilled_name(at, name, rest, in_component, name in view.outer, served)
