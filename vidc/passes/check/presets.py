"""presets: names and shapes of video sizes, as other tools have them; for help alone."""

from __future__ import annotations

_PRESETS = {
    **dict.fromkeys(("square", "1:1", "1x1"), (1080, 1080)),
    **dict.fromkeys(("landscape", "horizontal", "wide", "widescreen", "16:9", "1080p", "hd", "fullhd"), (1920, 1080)),
    **dict.fromkeys(("portrait", "vertical", "story", "9:16"), (1080, 1920)),
    "720p": (1280, 720),
    "4:5": (1080, 1350),
    **dict.fromkeys(("4k", "2160p", "uhd"), (3840, 2160)),
}
"""What names of sizes most likely mean, as width and height in pixels."""


def preset(text: str) -> tuple[int, int] | None:
    """The size that a text such as `1080x1920`, `9:16` or `720p` means; None for any other."""
    text = text.strip().lower()[:24]
    width, times, height = text.replace("×", "x").replace("*", "x").partition("x")
    width, height = width.strip(), height.strip()
    if times and width.isascii() and width.isdigit() and height.isascii() and height.isdigit() and len(width) > 2:
        return int(width), int(height)
    return _PRESETS.get(text)
