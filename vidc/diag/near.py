"""nearest: the one known name that a misspelt one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable

MAX_NAME = 64
"""Limit: a name longer than this is near only to one that differs in case, dashes and underscores alone."""

MAX_SLIPS = 3
MAX_COMPARED = 400
"""Limit: so many candidates are compared letter by letter, of those that might be near by length and letters."""


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `name` nearly is, or None.

    The same letters in another spelling (`start_time_gap`, `StartTimeGap`) come first, then the same words in another
    order, then up to one slip (a letter too many, missing, wrong, or two swapped) in three letters.
    """
    wanted = _letters(name)
    known = {candidate: _letters(candidate) for candidate in candidates if len(candidate) <= 2 * len(name) + MAX_SLIPS}
    if not wanted:
        return None
    same = next((candidate for candidate, letters in known.items() if letters == wanted), None)
    if same is not None or len(name) > MAX_NAME:
        return same
    return _reordered(name, wanted, known) or _misspelt(wanted, known)


def _reordered(name: str, wanted: str, known: dict[str, str]) -> str | None:
    words = _words(name)
    if len(words) < 2:
        return None
    alike = (candidate for candidate, letters in known.items() if len(letters) == len(wanted))
    return next((candidate for candidate in alike if _words(candidate) == words), None)


def _misspelt(wanted: str, known: dict[str, str]) -> str | None:
    limit = min(len(wanted) // 3, MAX_SLIPS)
    best: tuple[int, bool, str] | None = None
    compared = 0
    for candidate, letters in known.items():
        if abs(len(letters) - len(wanted)) > limit or len(set(letters) ^ set(wanted)) > 2 * limit:
            continue
        compared += 1
        slips = distance(wanted, letters, limit)
        if slips <= limit:
            rank = (slips, letters[0] != wanted[0], candidate)
            best = min(best or rank, rank)
            limit = best[0]
        if compared == MAX_COMPARED or (best and best[:2] == (1, False)):
            break
    return best[2] if best else None


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
    for row, char in enumerate(left, 1):
        line = [row] + [far] * len(right)
        for column in range(max(1, row - limit), min(len(right), row + limit) + 1):
            other = right[column - 1]
            cost = min(above[column] + 1, line[column - 1] + 1, above[column - 1] + (char != other))
            if row > 1 and column > 1 and char == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            line[column] = cost
        # A swap reaches two rows up, so one row past the limit does not settle it.
        if min(line) > limit and min(above) > limit:
            return far
        before, above = above, line
    return min(above[-1], far)
