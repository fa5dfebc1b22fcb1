"""storyboard_images: the images of a page, each held once; only files of the project."""

from __future__ import annotations

import os
from collections.abc import Callable
from html import escape

from vidc.fetch import Missing, mirrored
from vidc.render.media_library import FOLDER, Library, library_of

MOST_IMAGE = 8_000_000
"""Limit: bytes of an image; a larger one is a card in the page."""

MOST_IMAGES = 40_000_000
"""Limit: bytes of all images of a page together."""

Hold = Callable[[bytes, str], str]
"""Keeps content of a media type where the page finds it, and gives that address."""

_BEGINS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)


class Album:
    """Holds what a spec's images show. `files`: the paths on which that depends, also those where no file is yet."""

    def __init__(self, file: str, root: str | None, hold: Hold) -> None:
        self.library: Library = library_of(file, root)
        self.hold = hold
        self.files: set[str] = set()
        self.known: dict[str, str | None] = {}
        self.symbols: list[str] = []
        self.left = MOST_IMAGES

    def image(self, address: str) -> str | None:
        """The id under which the page has an image; None where it has none."""
        if address not in self.known:
            self.known[address] = self._held(address)
        return self.known[address]

    def definitions(self) -> str:
        """What the page needs so that an image's id means something."""
        return f'<svg class="held" width="0" height="0" aria-hidden="true">{"".join(self.symbols)}</svg>\n'

    def _held(self, address: str) -> str | None:
        try:
            path = self.library.resolve(address)
        except Missing:
            self.files |= set(self._expected(address))
            return None
        self.files.add(path)
        content = _read(path, min(MOST_IMAGE, self.left))
        kind = "" if content is None else _kind(content)
        if content is None or not kind:
            return None
        self.left -= len(content)
        name = f"image-{len(self.symbols)}"
        self.symbols.append(
            f'<symbol id="{name}"><image width="100%" height="100%" preserveAspectRatio="xMidYMid slice" '
            f'href="{escape(self.hold(content, kind))}"/></symbol>'
        )
        return name

    def _expected(self, address: str) -> list[str]:
        """Where a missing file would be found."""
        name = mirrored(address)
        if name is None:
            return [] if "\0" in address else [os.path.realpath(os.path.join(self.library.folder, address))]
        folders = (self.library.folder, self.library.root)
        return [os.path.join(os.path.realpath(folder), FOLDER, name) for folder in folders]


def _read(path: str, most: int) -> bytes | None:
    try:
        with open(path, "rb") as file:
            content = file.read(most + 1)
    except OSError:
        return None
    return content if len(content) <= most else None


def _kind(content: bytes) -> str:
    """The media type that the content says; empty where it is no picture that a browser shows."""
    for begin, kind in _BEGINS:
        if content.startswith(begin):
            return kind
    return "image/svg+xml" if b"<svg" in content[:1000] else ""
