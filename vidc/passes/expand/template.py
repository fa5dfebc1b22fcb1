"""template: fills the templates inside one scalar. The one door of Jinja.

A text may hold `{{ expression }}`, `{% if %}`, `{% for %}`, `{# comment #}`, `{% raw %}`, and in short `<name>`,
`<name.field>` and `<name | filter>` where the name is in scope. What only looks names up is filled here; the rest is
worked out in a child process, one a document. A value is never read as a template again.

Limit: where the system cannot fork, templates are worked out in this process. They are bounded in steps, size and
nesting all the same, but the system does not bound their memory and time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from re import Match, fullmatch, search, sub

from vidc.diag.finding import Finding, Log, Place
from vidc.hints import Any
from vidc.record import record, replace
from vidc.source import Span

from . import direct
from .budget import Budget
from .direct import Look
from .origins import NOTHING, View
from .short import FORM, Shorts, candidates, shorts
from .values import MAX_TEXT, Fault, Outcome, TooLarge, settled

__all__ = ("Budget", "Filled", "evaluate", "fill", "filled", "told")

Scope = Mapping[str, Any]
Where = Callable[[int], int]

_QUOTED = r"'[^']*'|\"[^\"]*\""
_OPERATOR = r"(?:[(,\[=<>+*/%~-]|^|\b(?:and|or|not|in|if|else)) *$"
_BACK = 12
"""Characters before a short form that are looked at."""
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
    shorts: Shorts
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


def filled(
    text: str, scope: Scope, budget: Budget, served: Collection[str] | None = (), has_names: bool = False
) -> Outcome | None:
    """What filling a text gives, its mistakes not yet told; None where it holds no template.

    `served`: the names of the service's variables, None where they are not known. `has_names`: there are names around
    the component that the text stands in.
    """
    try:
        found = _holds_template(text) if len(text) < _LONG else budget.once("holds", text, _holds_template)
        if found:
            return budget.spend(_outcome(text, scope, budget, served, has_names or bool(scope)))
        odd = _odd(budget.once("shorts", text, shorts), scope, text) if "<" in text and ">" in text else ()
        return settled(text, False, odd) if odd else None
    except TooLarge as error:
        return budget.spend(_too_large(text, error.what))


def _too_large(text: str, what: str) -> Outcome:
    return settled(None, True, [Fault("template-too-large", 0, len(text), (what,))])


def _odd(found: Shorts, scope: Scope, text: str) -> list[Fault]:
    """What is text in spite of its brackets: names in scope with blanks and dashes, as in `< company >` and
    `<first-name>`, and expressions with such names, as in `<count + 1>`."""
    names = [
        Fault(
            "doubled-brackets" if text.startswith("<<", start) else "misspelt-name",
            start,
            end,
            (name, name + fields, ""),
        )
        for name, fields, start, end in found.odd
        if name in scope
    ]
    known = {fault.start for fault in names}
    return names + [
        Fault("worked-in-brackets", start, end, (text[start + 1 : end - 1].strip(),))
        for name, start, end in found.worked
        if start not in known and (name in scope or ("loop" in scope and _counts(name)))
    ]


def _counts(name: str) -> bool:
    from .foreign import is_counter

    return is_counter(name)


def _outcome(text: str, scope: Scope, budget: Budget, served: Collection[str] | None, has_names: bool) -> Outcome:
    if len(text) > MAX_TEXT:
        return _too_large(text, "template")
    template = budget.once("template", text, _read)
    near = _strange(template, scope, budget, served, has_names)
    outcome = _worked(template, text, scope, budget, near)
    is_odd = (template.shorts.odd or template.shorts.worked) and not template.marked
    odd = _odd(template.shorts, scope, text) if is_odd else ()
    return settled(outcome.value, outcome.unknown, [*outcome.faults, *odd]) if odd else outcome


def _worked(template: Template, text: str, scope: Scope, budget: Budget, near: Collection[str]) -> Outcome:
    if template.text != text and not template.marked and not near and template.shorts.names.isdisjoint(scope):
        return Outcome(text)
    if template.pieces is not None:
        budget.meter.step(2 * len(template.pieces))
        outcome = direct.fill(template.pieces, scope, near, template.text)
        if outcome is not None:
            return outcome
    return budget.work_out(template.text, False, scope, near)


def _strange(
    template: Template, scope: Scope, budget: Budget, served: Collection[str] | None, has_names: bool
) -> Collection[str]:
    """The names of short forms that are none in scope, and yet meant for one."""
    found = template.shorts
    if all(map(scope.__contains__, found.names)):
        return ()
    near = budget.near(found.names, scope)
    if served is None:
        return near
    meant = found.sure | found.likely if has_names else found.sure
    return {*near, *(name for name in meant if name not in scope and name not in served)}


def _read(text: str) -> Template:
    if "\r" in text:
        text = _with_newlines(text)
    return Template(text, _is_marked(text), shorts(text), direct.read(text))


def _with_newlines(text: str) -> str:
    """The text with line breaks as Jinja reads them."""
    return sub("\r\n?", "\n", text)


def evaluate(
    expression: str, scope: Scope, where: Where, place: Place, log: Log, budget: Budget, view: View = NOTHING
) -> Filled:
    """The value of one bare expression, such as `features` in `for: feature in features`.

    Marks around the whole of it do no harm, nor short forms in it: `<plan> == "Pro"` is read as `(plan) == "Pro"`.
    """
    start, end = _inside(expression)
    inner = expression[start:end]
    if "{" in inner:
        from .spelled import without_braces

        help = without_braces(inner, scope, lambda text: not _unread(_worked_out(text, scope, budget)))
        if help:
            why = "an expression stands here without braces"
            fault = Fault("template-syntax", 0, len(expression), (why, help))
            return told(Outcome(None, True, (fault,)), expression, scope, where, place, log, budget, view)
    outcome = budget.spend(_worked_out(inner, scope, budget))
    if _unread(outcome):
        from .spelled import without_signs

        help = without_signs(inner, lambda text: not _unread(_worked_out(text, scope, budget)))
        faults = (Fault("template-syntax", 0, len(inner), (outcome.faults[0].words[0], help)),)
        outcome = replace(outcome, faults=faults) if help else outcome
    return told(outcome, inner, scope, lambda at: where(at + start), place, log, budget, view)


def _unread(outcome: Outcome) -> bool:
    return bool(outcome.faults) and outcome.faults[0].kind == "template-syntax"


def _worked_out(expression: str, scope: Scope, budget: Budget) -> Outcome:
    try:
        return _evaluated(expression, scope, budget)
    except TooLarge as error:
        return _too_large(expression, error.what)


def _inside(expression: str) -> tuple[int, int]:
    """Where an expression begins and ends, without blanks and without marks around the whole of it."""
    bare = expression.strip()
    start = expression.find(bare)
    end = start + len(bare)
    if bare.startswith("{{") and bare.endswith("}}") and "{{" not in sub(_QUOTED, "", bare[2:]):
        return start + 2 + (bare[2] == "-"), end - 2 - (bare[-3] == "-" and len(bare) > 5)
    if bare.startswith("<") and fullmatch(FORM, bare):
        return start + 1, end - 1
    return start, end


def _evaluated(expression: str, scope: Scope, budget: Budget) -> Outcome:
    if "<" in expression:
        candidate = budget.once("candidates", expression, lambda text: frozenset(candidates(text)))
        taken = frozenset(name for name in candidate if name in scope)
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
    """The expression with its short forms in brackets, of which each is as long. A name that is not in scope is one of
    a short form where no comparison can be."""

    def bracketed(form: Match[str]) -> str:
        if form["short"] is None or form["escape"]:
            return form[0]
        before = expression[max(0, form.start() - _BACK) : form.start()]
        return f"({form[0][1:-1]})" if form["short"] in taken or search(_OPERATOR, before) else form[0]

    return sub(rf"{_QUOTED}|{FORM}", bracketed, expression)


def told(
    outcome: Outcome,
    text: str,
    scope: Scope,
    where: Where,
    place: Place,
    log: Log,
    budget: Budget,
    view: View = NOTHING,
) -> Filled:
    """What was filled; its mistakes are added to the log."""
    if not outcome.faults:
        return Filled(outcome.value, outcome.unknown)
    from .findings import finding_of, joined

    if "\r" in text:
        text = _with_newlines(text)
    for fault in joined(outcome.faults, text):
        if budget.is_news((fault.kind, fault.words, fault.start, fault.end, place.span)):
            at = replace(place, span=_span(fault, text, where, place.span))
            finding = finding_of(fault, at, text, scope, budget, view)
            if budget.is_news((finding.name, finding.words.message, _cause(finding))):
                log.add(finding)
    return Filled(outcome.value, outcome.unknown)


def _cause(finding: Finding) -> Span:
    """The place to mend: a text that stands for a truth has its mistake where it is given, wherever it is asked for."""
    labels = finding.words.labels if finding.name == "text-as-truth" else ()
    return labels[0].span if labels else finding.span


def _span(fault: Fault, text: str, where: Where, whole: Span) -> Span:
    """The characters at fault, if they stand in the source as they do in the text; else the whole scalar."""
    written = text[fault.start : fault.end]
    if not written or (written == text and whole.text in (text, f"'{text}'", f'"{text}"')):
        return whole
    start = where(fault.start)
    end = start + len(written)
    return Span(whole.source, start, end) if whole.source.text[start:end] == written else whole
