"""media_svg: drawings, which have no pixels of their own. With `drawing` the door to resvg."""

from __future__ import annotations

import re

from .media_limits import CannotDecode, check_size

MAX_BYTES = 8_000_000
"""Limit: a larger drawing is an error."""

_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[0-9]+)?)\s*(px|pt|pc|mm|cm|in|)\s*", re.IGNORECASE)
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_OUTSIDE = re.compile(r"""(href\s*=\s*)(["'])(?!#|data:)[^"']*\2""", re.IGNORECASE)
_ASSUMED = 100


def natural_size(path: str) -> tuple[int, int]:
    """Width and height in pixels as a drawing states them, else those of its `viewBox`, else 100 x 100."""
    text = text_of(path)
    found = re.search(r"<svg\b[^>]*>", text, re.DOTALL)
    root = found[0] if found else ""
    box = [float(part) for part in re.findall(r"[-+]?[0-9.]+(?:e[-+]?[0-9]+)?", _attribute(root, "viewBox"))[:4]]
    inner = (box[2], box[3]) if len(box) == 4 and box[2] > 0 and box[3] > 0 else (0.0, 0.0)
    width, height = _length(_attribute(root, "width")), _length(_attribute(root, "height"))
    if inner[0]:
        width, height = width or height * inner[0] / inner[1] or inner[0], height or width * inner[1] / inner[0]
        height = height or inner[1]
    size = max(1, round(width or _ASSUMED)), max(1, round(height or _ASSUMED))
    check_size(path, *size)
    return size


def _attribute(element: str, name: str) -> str:
    found = re.search(rf"""\s{name}\s*=\s*(["'])(.*?)\1""", element, re.DOTALL)
    return found[2] if found else ""


def _length(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _PIXELS[found[2].lower()] if found else 0.0


def text_of(path: str) -> str:
    """The drawing, without what it would bring from elsewhere: a stranger's drawing reads no file here."""
    with open(path, "rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise CannotDecode(path, f"it is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        return _OUTSIDE.sub(r"\1\2\2", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CannotDecode(path, "it is not UTF-8") from error


def rendered(path: str, width: int, height: int) -> bytes:
    """The drawing as a PNG of about this size, fitted into it. Raises CannotDecode."""
    from resvg_py import svg_to_bytes

    try:
        return bytes(svg_to_bytes(svg_string=text_of(path), width=width, height=height, skip_system_fonts=True))
    except ValueError as error:
        raise CannotDecode(path, f"it is no drawing that can be shown: {error}") from error
