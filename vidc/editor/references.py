"""references: where the name of a track is known: in its scene, and wherever the component that has it is put."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeAlias

from vidc.ir.tree import Mapping

from .places import Path, scalars

Home: TypeAlias = tuple[str, Path]
"""A scene of a file; or a component or a default, whose file does not matter and is empty."""

_ANYWHERE = ("components", "defaults")


def home(tree: Mapping, scope: Path) -> Home:
    """Of the tracks and references below a path."""
    return ("" if scope[0] in _ANYWHERE else tree.source.file, scope)


def is_shared(one: Home) -> bool:
    """Whether more than one scene may have it."""
    return one[1][0] in _ANYWHERE


class Homes:
    """Which components each scene, and each component, of some documents puts among its tracks."""

    def __init__(self, trees: Iterable[Mapping]) -> None:
        self._put: dict[Home, set[Home]] = {}
        for tree in trees:
            for path, scalar in scalars(tree):
                if len(path) > 3 and path[-1] == "use" and path[-3] == "tracks":
                    used = ("", ("components", str(scalar.value)))
                    self._put.setdefault(home(tree, path[:-3]), set()).add(used)

    def reached(self, one: Home) -> set[Home]:
        """It and all that is put into it."""
        met, waiting = {one}, [one]
        while waiting:
            fresh = self._put.get(waiting.pop(), set()) - met
            met |= fresh
            waiting += fresh
        return met

    def linked(self, one: Home, holding: Collection[Home]) -> set[Home]:
        """Those of the ones that hold a name in which it is the same as in one of them: where one is put into the
        other, and defaults, which are laid under all."""
        beside: dict[Home, set[Home]] = {each: set() for each in holding}
        for each in holding:
            parts = set(holding) if each[1][0] == "defaults" else self.reached(each) & beside.keys()
            for part in parts:
                beside[each].add(part)
                beside[part].add(each)
        met, waiting = {one}, [one]
        while waiting:
            fresh = beside.get(waiting.pop(), set()) - met
            met |= fresh
            waiting += fresh
        return met
