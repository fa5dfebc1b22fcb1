"""lone: keys without a value that are no fields. In braces they come of `x:100` and of `width: 1,000`."""

from __future__ import annotations

from re import search

from vidc.diag.finding import Edit, Label, Repair
from vidc.hints import Any
from vidc.ir.tree import Scalar
from vidc.problems import mistakes
from vidc.source import Span

from .scope import Scope

LONGEST = 80
"""Limit: a key and the number under it are looked for so far before the rest of the number."""

MOST = 8
"""Limit: so many keys of one mapping are shown."""

_CUT = r"(\w+)[\"']?:[ \t]+(-?\d+),$"


def lone(scope: Scope, name: str) -> bool:
    """Whether a key has no value, not even a written `null`."""
    node = scope.node.entries[name][1]
    return node.__class__ is Scalar and node.value is None and not node.unknown and node.start == node.end


def glued(name: str) -> bool:
    """Whether a key holds its value: `x:100`."""
    head, colon, rest = name.partition(":")
    return bool(head and colon and rest)


def report_glued(scope: Scope) -> None:
    """Report all keys of a mapping that hold their values; what they stand for counts as written."""
    from vidc.problems.quoting import as_value

    names = [name for name in scope.node.entries if glued(name) and lone(scope, name)]
    spans = [scope.node.key(name) for name in names]
    pairs = [name.split(":", 1) for name in names]
    written = [f"{key}: {as_value(value, in_braces=True)}" for key, value in pairs[:MOST]]
    labels = tuple(Label(span, "here too") for span in spans[1:MOST])
    edits = tuple(_blank(span, as_value(value, in_braces=True)) for span, (_, value) in zip(spans, pairs, strict=True))
    shown = ", ".join(written)
    repairs = (Repair(f"write `{shown}`", edits),) if all(":" in span.text for span in spans) else ()
    scope.log.add(mistakes.missing_blank(scope.place(spans[0]), names[0], shown, labels, repairs))
    for name in names:
        scope.leave(name, name.partition(":")[0])


def _blank(span: Span, right: str) -> Edit:
    """The value behind a blank, in quotes where it takes them."""
    after = span.start + span.text.find(":") + 1
    return Edit(Span(span.source, after, span.end), f" {right}")


def report_lone(scope: Scope, name: str, owner: str, sent: dict[str, Any]) -> None:
    """Report a key without a value: the rest of a number that a comma cut in two, or a word that says nothing."""
    key = scope.node.entries[name][0]
    at = scope.place(key.span)
    cut = search(_CUT, key.source.text[max(0, key.start - LONGEST) : key.start]) if name[:1].isdigit() else None
    if cut is None or cut[1] not in scope.node.entries:
        entries = scope.node.entries
        is_name = scope.scene >= 0 > scope.track and "name" not in entries and next(iter(entries)) == name
        scope.log.add(mistakes.lone_key(at, name, owner, f"write `name: {name}`" if is_name else ""))
        return
    before, number = cut.groups()
    whole = number + name if len(name) == 3 and name.isdigit() else f"{number}.{name}"
    label = Label(scope.node.at(before), "the number begins here")
    scope.log.add(mistakes.split_number(at, name, before, whole, label))
    scope.broken.update((name, before))
    sent.pop(before, None)
