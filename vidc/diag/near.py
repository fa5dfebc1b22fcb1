"""nearest: the one known name that a misspelt one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

MAX_NAME = 64
"""Limit: a name longer than this is near only to one that differs in case, dashes and underscores alone."""

MAX_SLIPS = 3
MAX_NAMES = 10_000
"""Limit: so many candidates are known, the first ones."""

MAX_LETTERS = 1_000
"""Limit: no candidate longer than this is near to anything."""

MAX_ALIKE = 1_000
"""Limit: of so many candidates it is asked whether they have the same letters."""

MAX_COMPARED = 1_500
"""Limit: so many letters are compared one by one, of the candidates that might be near. A spec can name a thousand
unknown names before nothing more is looked for, and all of them together are looked up in a few seconds."""


class Names:
    """Candidates by their letters, sorted once to be compared with many names."""

    __slots__ = ("by_length", "by_letters")

    def __init__(self, candidates: Iterable[str]) -> None:
        self.by_letters: dict[str, str] = {}
        self.by_length: dict[int, list[str]] = {}
        for candidate in islice(candidates, MAX_NAMES):
            letters = _letters(candidate) if len(candidate) <= MAX_LETTERS else ""
            if letters and letters not in self.by_letters:
                self.by_letters[letters] = candidate
                self.by_length.setdefault(len(letters), []).append(letters)

    def spelt(self, name: str) -> str | None:
        """The candidate that `name` is in another spelling, as `first_name` is `First Name`, or None."""
        return self.by_letters.get(_letters(name))


_last: tuple[tuple[str, ...], Names] = ((), Names(()))
"""The candidates that were asked for last, since a spec with one unknown name often has more of them."""


def nearest(name: str, candidates: Iterable[str] | Names) -> str | None:
    """The candidate that `name` nearly is, or None.

    The same letters in another spelling (`start_time_gap`, `StartTimeGap`) come first, then the same words in another
    order, then up to one slip (a letter too many, missing, wrong, or two swapped) in three letters.
    """
    wanted = _letters(name)
    if not wanted:
        return None
    known = candidates if isinstance(candidates, Names) else _sorted(tuple(islice(candidates, MAX_NAMES)))
    same = known.by_letters.get(wanted)
    if same is not None or len(name) > MAX_NAME:
        return same
    return _reordered(name, wanted, known) or _misspelt(wanted, known)


def _sorted(candidates: tuple[str, ...]) -> Names:
    global _last
    if _last[0] != candidates:
        _last = (candidates, Names(candidates))
    return _last[1]


def _reordered(name: str, wanted: str, known: Names) -> str | None:
    words = _words(name)
    if len(words) < 2:
        return None
    signs = set(wanted)
    alike = (letters for letters in islice(known.by_length.get(len(wanted), ()), MAX_ALIKE) if set(letters) == signs)
    found = (known.by_letters[letters] for letters in islice(alike, MAX_COMPARED // len(wanted)))
    return next((candidate for candidate in found if _words(candidate) == words), None)


def _misspelt(wanted: str, known: Names) -> str | None:
    limit = min(len(wanted) // 3, MAX_SLIPS)
    best: tuple[int, bool, str] | None = None
    compared = 0
    for letters in islice(_as_long(len(wanted), limit, known), MAX_ALIKE):
        if abs(len(letters) - len(wanted)) > limit or len(set(letters) ^ set(wanted)) > 2 * limit:
            continue
        compared += len(wanted)
        slips = distance(wanted, letters, limit)
        if slips <= limit:
            rank = (slips, letters[0] != wanted[0], known.by_letters[letters])
            best = min(best or rank, rank)
            limit = best[0]
        if compared >= MAX_COMPARED or (best and best[:2] == (1, False)):
            break
    return best[2] if best else None


def _as_long(length: int, limit: int, known: Names) -> Iterator[str]:
    """The candidates of nearly this length, those that are exactly as long first."""
    for off in range(limit + 1):
        for number in {length - off, length + off}:
            yield from known.by_length.get(number, ())


def _letters(name: str) -> str:
    return name.replace("_", "").replace("-", "").replace(" ", "").lower()


def _words(name: str) -> list[str]:
    """The words of snake_case, kebab-case or camelCase, sorted."""
    spaced = "".join(f" {char}" if char.isupper() else " " if char in "_-" else char for char in name)
    return sorted(spaced.lower().split())


def distance(left: str, right: str, limit: int) -> int:
    """How many letters must be added, removed, changed or swapped with their neighbour; `limit + 1` for any more."""
    while left and right and left[0] == right[0]:
        left, right = left[1:], right[1:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    far = limit + 1
    before: list[int] = []
    above = list(range(len(right) + 1))
    least_above = 0
    for row, char in enumerate(left, 1):
        line = [row] + [far] * len(right)
        least = row
        for column in range(max(1, row - limit), min(len(right), row + limit) + 1):
            other = right[column - 1]
            # Comparing is twice as fast as asking `min` for each.
            cost = above[column - 1] + (char != other)
            if above[column] < cost:
                cost = above[column] + 1
            if line[column - 1] < cost:
                cost = line[column - 1] + 1
            if row > 1 and column > 1 and char == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            line[column] = cost
            if cost < least:
                least = cost
        # A swap reaches two rows up, so one row past the limit does not settle it.
        if least > limit and least_above > limit:
            return far
        before, above, least_above = above, line, least
    return min(above[-1], far)
