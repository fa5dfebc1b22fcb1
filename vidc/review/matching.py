"""matching: which things of two lists are the same, and which of those changed places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from typing import TypeAlias, TypeVar

T = TypeVar("T")
G = TypeVar("G")

Pair: TypeAlias = tuple[int, int]
"""An index in the old list and one in the new."""

ALIKE = 0.4
"""From this likeness on, 0 to 1, a thing is taken for another version of one."""

MOST = 40_000
"""So many pairs are weighed for their likeness; what is over is matched by its key or its content only."""


def match(
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], Hashable | None],
    content: Callable[[T], Hashable],
    gist: Callable[[T], G],
    likeness: Callable[[G, G], float],
) -> list[Pair]:
    """Pairs in the order of the new list: by a key that only one has, else by the same content, by a key that only one
    of the others has, or by the likeness of their gists, each of which is made once."""
    pairs: list[Pair] = []
    left, right = list(range(len(old))), list(range(len(new)))

    def take(found: list[Pair]) -> None:
        pairs.extend(found)
        gone_old, gone_new = {a for a, _ in found}, {b for _, b in found}
        left[:] = [index for index in left if index not in gone_old]
        right[:] = [index for index in right if index not in gone_new]

    take(_by(key, old, new, left, right, once=True))
    take(_by(content, old, new, left, right, once=False))
    take(_by(key, old, new, left, right, once=True))
    if len(left) * len(right) <= MOST:
        keys_old, keys_new = ([key(one) for one in some] for some in (old, new))
        keyed_old, keyed_new = set(keys_old), set(keys_new)
        gists_old, gists_new = {a: gist(old[a]) for a in left}, {b: gist(new[b]) for b in right}
        weighed = [
            (likeness(gists_old[a], gists_new[b]), a, b)
            for a in left
            for b in right
            if keys_old[a] is None
            or keys_new[b] is None
            or keys_old[a] == keys_new[b]
            or (keys_old[a] not in keyed_new and keys_new[b] not in keyed_old)
        ]
        take(_best(sorted((item for item in weighed if item[0] >= ALIKE), key=lambda item: (-item[0], *item[1:]))))
    return sorted(pairs, key=lambda pair: pair[1])


def _by(
    value: Callable[[T], Hashable | None],
    old: Sequence[T],
    new: Sequence[T],
    left: list[int],
    right: list[int],
    once: bool,
) -> list[Pair]:
    """Those of the same value, in order; `once`: only values that stand once on each side."""
    before: dict[Hashable, list[int]] = {}
    after: dict[Hashable, list[int]] = {}
    for places, indices, things in ((before, left, old), (after, right, new)):
        for index in indices:
            found = value(things[index])
            if found is not None:
                places.setdefault(found, []).append(index)
    return [
        pair
        for found, places in before.items()
        if not once or len(places) == len(after.get(found, ())) == 1
        for pair in zip(places, after.get(found, ()), strict=False)
    ]


def _best(weighed: list[tuple[float, int, int]]) -> list[Pair]:
    """The likest first, each thing once."""
    pairs: list[Pair] = []
    seen_old: set[int] = set()
    seen_new: set[int] = set()
    for _, a, b in weighed:
        if a not in seen_old and b not in seen_new:
            seen_old.add(a)
            seen_new.add(b)
            pairs.append((a, b))
    return pairs


def moved(pairs: Sequence[Pair]) -> set[Pair]:
    """The fewest pairs, in the order of the new list, without which the others stand in the order of the old."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, (a, _) in enumerate(pairs):
        at = bisect_left(tails, a)
        before.append(last[at - 1] if at else -1)
        tails[at:] = [a, *tails[at + 1 :]]
        last[at:] = [place, *last[at + 1 :]]
    kept: set[int] = set()
    place = last[-1] if last else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return {pair for place, pair in enumerate(pairs) if place not in kept}
