"""chosen: comparisons of a variable that has `choices` with a text that is none of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from re import Match, compile, finditer

from vidc.diag.near import nearest
from vidc.hints import Any
from vidc.problems.wording import listed, short

from .values import Fault

_TEXT = r"'(?:[^'\\]*)'|\"(?:[^\"\\]*)\""
_NAME = r"(?<![\w.\]'\"])(?P<name>[^\W\d]\w*)"
_COMPARED = (
    rf"{_NAME}\s*(?:[!=]=\s*(?P<right>{_TEXT})|(?:not\s+)?in\s*[\[(](?P<several>\s*(?:(?:{_TEXT})[\s,]*){{1,40}})[\])])"
)


def never_chosen(text: str, choices: Mapping[str, Collection[Any]], scope: Mapping[str, Any]) -> list[Fault]:
    """What is said of them. A name that holds something else here is another one, such as a parameter's or a loop's."""
    faults = []
    for found in finditer(_COMPARED, text):
        name = found["name"]
        own = choices.get(name)
        if own is None or scope.get(name) not in own:
            continue
        for start, end in _texts(found):
            right = text[start + 1 : end - 1]
            if right in own or (found["several"] is None and _is_alike(scope[name], right)):
                continue
            words = [one for one in own if isinstance(one, str)]
            near = nearest(right, words)
            meant = f"write `'{short(near)}'`" if near else f"it is one of {listed(words)}"
            faults.append(Fault("never-equal", start, end, (f"`{name}`", f"the text `'{short(right)}'`", meant)))
    return faults


def _texts(found: Match[str]) -> list[tuple[int, int]]:
    """Where the texts stand that a name is compared with."""
    if found["several"] is None:
        return [found.span("right")]
    return [one.span() for one in compile(_TEXT).finditer(found.string, *found.span("several"))]


def _is_alike(held: Any, right: str) -> bool:
    """Whether the comparison of these two by `==` is told of anyway."""
    return isinstance(held, str) and held.lower() == right.lower()
