"""media_limits: what a medium must not be, and the error that says so.

CannotDecode    a file is no medium that can be shown or heard; its text says which and why
"""

from __future__ import annotations

MAX_PIXELS = 36_000_000
"""Limit: 8K (7680 x 4320) and a little more; a larger picture is an error."""

MAX_SIDE = 16_384


class CannotDecode(Exception):  # noqa: N818  # named as the sentence reads: "cannot decode FILE: reason"
    """A file is no medium that can be shown or heard; `reason` says why in a few words."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot decode {path}: {reason}")
        self.path = path
        self.reason = reason


def check_size(path: str, width: int, height: int) -> None:
    """Raises CannotDecode for a picture of that many pixels, which is done before any of them is decoded."""
    if width <= 0 or height <= 0:
        raise CannotDecode(path, f"its picture has no size, or more than {MAX_PIXELS // 1_000_000} million pixels")
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise CannotDecode(
            path, f"{width} x {height} pixels are more than the {MAX_PIXELS // 1_000_000} million allowed"
        )
