"""template: fills the templates inside one scalar. The one door of Jinja.

A text may hold `{{ expression }}`, `{% if %}`, `{% for %}`, `{# comment #}`, `{% raw %}`, and in short `<name>`,
`<name.field>` and `<name | filter>` where the name is in scope. What only looks names up is filled here; the rest is
worked out in a child process, one a document. A value is never read as a template again.

Limit: where the system cannot fork, templates are worked out in this process. They are bounded in steps, size and
nesting all the same, but the system does not bound their memory and time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from re import fullmatch, search, sub

from vidc.diag.finding import Finding, Label, Log, Place
from vidc.hints import Any
from vidc.ir.tree import first_line
from vidc.problems.wording import short
from vidc.record import record, replace
from vidc.source import Span

from . import direct
from .budget import Budget
from .direct import Look
from .names import names, names_of
from .origins import NOWHERE, Origins, node_of
from .short import FORM, RESERVED, candidates
from .values import MAX_TEXT, UNKNOWN, Fault, Outcome, TooLarge, settled, turn

__all__ = ("UNKNOWN", "Budget", "Filled", "evaluate", "fill", "filled", "names", "names_of", "told", "turn")

Scope = Mapping[str, Any]
Where = Callable[[int], int]

_NONE: frozenset[str] = frozenset()
_LONG = 200
"""Characters from which on it is worth while to keep whether a text holds a template."""


@record
class Filled:
    """A scalar's value. `unknown`: a part of it is not known, or a finding speaks of it. A text then holds what is
    known, so that what will be said is no shorter."""

    value: Any
    unknown: bool = False


@record
class Template:
    """What stands in a text, whatever the names in scope. `marked`: Jinja's marks do. `shorts`: the names where a
    short form would have one. `pieces`: as `direct` reads them."""

    text: str
    marked: bool
    shorts: frozenset[str]
    pieces: tuple[str | Look, ...] | None


def _holds_template(text: str) -> bool:
    """Whether a template may stand in a text: Jinja's marks do, or a short form of whatever name."""
    return _is_marked(text) or ("<" in text and ">" in text and search(FORM, text) is not None)


def _is_marked(text: str) -> bool:
    return "{" in text and ("{{" in text or "{%" in text or "{#" in text)


def fill(text: str, scope: Scope, where: Where, place: Place, log: Log, budget: Budget) -> Filled:
    """The text with its templates filled; of the value's own type where it is one expression alone.

    `scope`: plain data, or `UNKNOWN`, by name. `where`: the offset in the source of a character of the text.
    """
    outcome = filled(text, scope, budget)
    return Filled(text) if outcome is None else told(outcome, text, scope, where, place, log, budget)


def filled(text: str, scope: Scope, budget: Budget) -> Outcome | None:
    """What filling a text gives, its mistakes not yet told; None where it holds no template."""
    try:
        found = _holds_template(text) if len(text) < _LONG else budget.once("holds", text, _holds_template)
        return budget.spend(_outcome(text, scope, budget)) if found else None
    except TooLarge as error:
        return budget.spend(_too_large(text, error.what))


def _too_large(text: str, what: str) -> Outcome:
    return settled(None, True, [Fault("template-too-large", 0, len(text), (what,))])


def _outcome(text: str, scope: Scope, budget: Budget) -> Outcome:
    if len(text) > MAX_TEXT:
        return _too_large(text, "template")
    template = budget.once("template", text, _read)
    if template.text is not text and not template.marked and template.shorts.isdisjoint(scope):
        return Outcome(text)
    near = budget.near(template.shorts, scope) if template.shorts else ()
    if template.pieces is not None:
        budget.meter.step(2 * len(template.pieces))
        outcome = direct.fill(template.pieces, scope, near, template.text)
        if outcome is not None:
            return outcome
    return budget.work_out(template.text, False, scope, near)


def _read(text: str) -> Template:
    if "\r" in text:
        text = _with_newlines(text)
    shorts = frozenset(candidates(text)) - RESERVED if "<" in text else _NONE
    return Template(text, _is_marked(text), shorts, direct.read(text))


def _with_newlines(text: str) -> str:
    """The text with line breaks as Jinja reads them."""
    return sub("\r\n?", "\n", text)


def evaluate(
    expression: str, scope: Scope, where: Where, place: Place, log: Log, budget: Budget, origins: Origins = NOWHERE
) -> Filled:
    """The value of one bare expression, such as `features` in `for: feature in features`.

    Marks around the whole of it do no harm, nor short forms in it: `<plan> == "Pro"` is read as `(plan) == "Pro"`.
    """
    bare = expression.strip()
    if bare.startswith("{{") or (bare.startswith("<") and fullmatch(FORM, bare)):
        before = len(expression) - len(expression.lstrip())
        return fill(bare, scope, lambda at: where(at + before), place, log, budget)
    try:
        outcome = _evaluated(expression, scope, budget)
    except TooLarge as error:
        outcome = _too_large(expression, error.what)
    return told(budget.spend(outcome), expression, scope, where, place, log, budget, origins)


def _evaluated(expression: str, scope: Scope, budget: Budget) -> Outcome:
    if "<" in expression:
        shorts = budget.once("shorts", expression, lambda text: frozenset(candidates(text)))
        taken = frozenset(name for name in shorts if name in scope)
        expression = budget.once(taken, expression, lambda text: _in_brackets(text, taken))
    marked = f"{{{{{expression}}}}}"
    pieces = budget.once("expression", marked, direct.read)
    if pieces is None or len(pieces) != 1 or isinstance(pieces[0], str) or pieces[0].short:
        return budget.work_out(expression, True, scope, ())
    outcome = direct.fill(pieces, scope, (), marked)
    assert outcome is not None
    faults = tuple(replace(fault, start=fault.start - 2, end=fault.end - 2) for fault in outcome.faults)
    return replace(outcome, faults=faults)


def _in_brackets(expression: str, taken: frozenset[str]) -> str:
    """The expression with its short forms in brackets, of which each is as long."""
    return sub(FORM, lambda form: f"({form[0][1:-1]})" if form["short"] in taken else form[0], expression)


def told(
    outcome: Outcome,
    text: str,
    scope: Scope,
    where: Where,
    place: Place,
    log: Log,
    budget: Budget,
    origins: Origins = NOWHERE,
) -> Filled:
    """What was filled; its mistakes are added to the log. `origins`: where the values of names stand."""
    if outcome.faults and "\r" in text:
        text = _with_newlines(text)
    for fault in outcome.faults:
        if budget.is_news((fault.kind, fault.words, fault.start, fault.end, place.span)):
            at = replace(place, span=_span(fault, text, where, place.span))
            finding = _finding(fault, at, text, scope, budget, origins)
            if budget.is_news((finding.name, finding.words.message, at.span)):
                log.add(finding)
    return Filled(outcome.value, outcome.unknown)


def _span(fault: Fault, text: str, where: Where, whole: Span) -> Span:
    """The characters at fault, if they stand in the source as they do in the text; else the whole scalar."""
    written = text[fault.start : fault.end]
    if not written or written == text:
        return whole
    start = where(fault.start)
    end = start + len(written)
    return Span(whole.source, start, end) if whole.source.text[start:end] == written else whole


def _is_compared(text: str, at: int) -> bool:
    """Whether a name stands where a comparison has a word: behind `==` or `!=`, or with a capital beside one."""
    return text[:at].rstrip().endswith(("==", "!=")) or (text[at : at + 1].isupper() and ("==" in text or "!=" in text))


def _finding(fault: Fault, at: Place, text: str, scope: Scope, budget: Budget, origins: Origins) -> Finding:
    from vidc.problems import template as problems

    match fault.kind, fault.words:
        case "undefined-name", (name, *_):
            near = budget.nearest(name, scope)
            return problems.undefined_name(at, name, near, scope, not near and _is_compared(text, fault.start))
        case "undefined-field", (owner, field, kind, held, *fields):
            near = budget.nearest(field, fields)
            node = node_of(owner, origins)
            labels = () if node is None else (Label(first_line(node), f"this is `{short(owner)}`"),)
            return problems.undefined_field(at, owner, field, kind, held, near, tuple(fields), labels)
        case "misspelt-name", (_, path, written):
            return problems.misspelt_name(at, written, path)
        case "misspelt-name", (name, *_):
            return problems.misspelt_name(at, name, budget.nearest(name, scope))
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
