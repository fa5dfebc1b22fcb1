"""preview_live: what a preview's server shows now: the page, and the sounds and pictures that it names."""

from __future__ import annotations

from hashlib import sha256
from threading import Lock

from vidc.compile import Compiled
from vidc.project import CannotRead

from .preview import Look, page, version_of
from .sound import Voices
from .storyboard_images import Album
from .watching import Spec, drawable, is_template


class Live:
    """One spec's page, made anew when it is told to. Each part of the work may be done in a thread of its own."""

    def __init__(self, spec: Spec, made: Compiled, voices: Voices | None, wants_sound: bool = True) -> None:
        self.spec = spec
        self.made = made
        self.picture = made
        self.trouble = ""
        self.voices = voices
        self.wants_sound = wants_sound
        self.html = b""
        self.version = ""
        self.held: dict[str, tuple[str, bytes]] = {}
        self.before: dict[str, tuple[str, bytes]] = {}
        self.images: set[str] = set()
        self.lock = Lock()
        self.draw()

    @property
    def files(self) -> set[str]:
        """What the page depends on."""
        return self.spec.files | self.images

    def renew(self) -> None:
        """Read and compile the spec again, and draw it; where it cannot be drawn, the last picture stays."""
        try:
            made, self.trouble = self.spec.compiled(), ""
        except CannotRead as error:
            made, self.trouble = self.made, str(error)
        self.made = made
        if drawable(made) or is_template(made) or not drawable(self.picture):
            self.picture = made
        self.draw()

    def draw(self) -> None:
        """Make the page of what is known now, with the sounds that are there."""
        with self.lock:
            held: dict[str, tuple[str, bytes]] = {}

            def hold(content: bytes, kind: str) -> str:
                name = sha256(content).hexdigest()[:32]
                held[name] = kind, content
                return f"/held/{name}"

            made = self.picture
            ready = {} if self.voices is None else self.voices.ready(made)
            sounds = {path: hold(wav, "audio/wav") for path, wav in ready.items()}
            album = Album(made.source.file, self.spec.settings.root, hold)
            html = page(Look(self.made, made, sounds, self._voices(made), self.trouble), album, live=True)
            self.before, self.held, self.images = self.held, held, album.files
            self.html, self.version = html.encode("utf-8", "backslashreplace"), version_of(html)

    def _voices(self, made: Compiled) -> str:
        if not self.wants_sound:
            return "unwanted"
        if self.voices is None:
            return "missing"
        return "made" if self.voices.has_all(made) else "awaited"

    def speak(self) -> bool:
        """Make the sounds that lack, as long as the same picture is shown; whether the page is new for it."""
        made = self.picture
        if self.voices is None or not self.voices.make(made, lambda: self.picture is made):
            return False
        self.draw()
        return True

    def content(self, name: str) -> tuple[str, bytes] | None:
        """What the page, or the one before it, names; its media type and its bytes."""
        return self.held.get(name) or self.before.get(name)
