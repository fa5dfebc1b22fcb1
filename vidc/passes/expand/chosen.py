"""chosen: comparisons of a variable that has `choices` with a text that is none of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from re import finditer

from vidc.diag.near import nearest
from vidc.hints import Any
from vidc.problems.wording import listed, short

from .values import Fault

_COMPARED = r"(?<![\w.\]'\"])(?P<name>[^\W\d]\w*)\s*[!=]=\s*(?P<right>'(?P<one>[^'\\]*)'|\"(?P<two>[^\"\\]*)\")"


def never_chosen(text: str, choices: Mapping[str, Collection[Any]], scope: Mapping[str, Any]) -> list[Fault]:
    """What is said of them. A name that holds something else here is another one, such as a parameter's or a loop's."""
    faults = []
    for found in finditer(_COMPARED, text):
        name, right = found["name"], found["one"] if found["one"] is not None else found["two"]
        own = choices.get(name)
        if own is None or right in own or scope.get(name) not in own or _is_alike(scope[name], right):
            continue
        words = [one for one in own if isinstance(one, str)]
        near = nearest(right, words)
        meant = f"write `'{short(near)}'`" if near else f"it is one of {listed(words)}"
        faults.append(Fault("never-equal", *found.span("right"), (f"`{name}`", f"the text `'{short(right)}'`", meant)))
    return faults


def _is_alike(held: Any, right: str) -> bool:
    """Whether the value that it has now is told of anyway."""
    return isinstance(held, str) and held.lower() == right.lower()
