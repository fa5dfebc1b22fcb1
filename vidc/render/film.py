"""film: a production as a file: pieces that were made before are taken, others drawn and encoded, and all joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import blake2b

from vidc.record import record
from vidc.whole import whole

from . import film_notes
from .encode import FPS, Packet, Profile, VideoEncoder, encoded_sound, joined, versions
from .encode_webm import unwrapped, wrapped
from .film_cuts import Piece
from .film_draw import drawer, pieces_of
from .film_sound import sound_key
from .media_sound import RATE
from .segments import Store
from .sound import Sound, Soundtrack
from .staging_film import Production

COMPOSED = "1"
"""Changes whenever the same layers would make other frames."""


@record
class Progress:
    """How far a film is: frames done of all, those of them that had to be made, and the scene at work."""

    done: int
    frames: int
    made: int
    label: str


@record
class Film:
    """What was written: its frames, and how many of them were not there before."""

    frames: int
    made: int

    @property
    def ms(self) -> int:
        return self.frames * 1000 // FPS


def film(
    production: Production,
    path: str,
    profile: Profile,
    store: Store,
    told: Callable[[Progress], None] = lambda _: None,
    only: int | None = None,
) -> Film:
    """Make a film and write it to a path, where it appears whole or not at all: MP4, or WebM with an alpha channel.

    `only`: the index of a scene, to make a film of that alone. Raises CannotDecode and OSError.
    """
    work = _Work(production, profile, store, told, only)
    runs = list(work.runs())
    work.keep_notes()
    sound = work.sound()
    with whole(path) as fresh:
        joined(fresh, production.size, profile, runs, sound, production.alpha)
    store.prune()
    return Film(work.frames, work.made)


class _Work:
    """The making of one film."""

    def __init__(
        self,
        production: Production,
        profile: Profile,
        store: Store,
        told: Callable[[Progress], None],
        only: int | None,
    ) -> None:
        self.production = production
        self.profile = profile
        self.store = store
        self.told = told
        self.only = only
        self.pieces = pieces_of(production, only)
        self.frames = sum(piece.frames for piece in self.pieces)
        self.done = self.made = 0
        self.keys: dict[int, str] = {}

    def runs(self) -> Iterator[list[Packet]]:
        """The packets of each piece, in order."""
        for piece in self.pieces:
            key = self._key(piece)
            run = self._kept(key)
            if run is None or len(run) != piece.frames:
                run = self._made(piece)
                self._keep(key, run)
            else:
                self._tell(piece, piece.frames, fresh=False)
            yield run

    def keep_notes(self) -> None:
        """Keep what was found in the scenes that were drawn, and recall it of the others."""
        found, scenes = self.production.found, self.production.timeline.scenes
        for scene, key in self.keys.items():
            name = self._hash("notes", key)
            if scene in found:
                self.store.write(name, film_notes.packed(found[scene], scenes[scene]))
            elif kept := self.store.read(name):
                found[scene] = list(film_notes.unpacked(kept, scenes[scene]))

    def sound(self) -> list[Packet]:
        soundtrack = self.production.soundtrack()
        scenes = range(len(soundtrack.scenes)) if self.only is None else range(self.only, self.only + 1)
        samples = self.frames * RATE // FPS
        key = self._hash("sound", samples, sound_key(soundtrack, scenes))
        packets = self.store.read(key)
        if packets is None:
            heard = _heard(soundtrack, scenes)
            packets = list(encoded_sound(heard, samples, self.production.alpha))
            self.store.write(key, packets)
        return packets

    def _kept(self, key: str) -> list[Packet] | None:
        run = self.store.read(key)
        return unwrapped(run[0].data) if run and self.production.alpha else run

    def _keep(self, key: str, run: list[Packet]) -> None:
        if self.production.alpha:
            run = [Packet(0, True, wrapped(run, self.production.size, self.profile))]
        self.store.write(key, run)

    def _made(self, piece: Piece) -> list[Packet]:
        encoder = VideoEncoder(self.production.size, self.profile, self.production.alpha)
        draw = drawer(self.production, piece, encoder.frame)
        packets: list[Packet] = []
        for number in range(piece.frames):
            draw(number)
            packets += encoder.encode()
            self._tell(piece, 1, fresh=True)
        return packets + encoder.finish()

    def _tell(self, piece: Piece, frames: int, fresh: bool) -> None:
        self.done += frames
        self.made += frames if fresh else 0
        label = self.production.timeline.scenes[piece.scene].scene.label
        self.told(Progress(self.done, self.frames, self.made, label))

    def _key(self, piece: Piece) -> str:
        scenes = [piece.scene, piece.scene + 1] if piece.kind == "fade" else [piece.scene]
        keys = [self._scene_key(scene) for scene in scenes]
        return self._hash(piece.kind, piece.first, piece.frames, *keys)

    def _scene_key(self, scene: int) -> str:
        if scene not in self.keys:
            self.keys[scene] = self.production.key(scene)
        return self.keys[scene]

    def _hash(self, *parts: object) -> str:
        whole = (versions(), COMPOSED, repr(self.profile), self.production.alpha, *parts)
        return blake2b(repr(whole).encode(), digest_size=16).hexdigest()


def _heard(soundtrack: Soundtrack, scenes: range) -> Iterator[Sound]:
    for scene in scenes:
        yield soundtrack.scene(scene)
