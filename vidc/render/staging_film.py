"""staging_film: a spec as what its film is made from: measured, timed again, and its scenes ready to be drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from vidc.compile import Compiled
from vidc.diag.allow import unsilenced
from vidc.diag.finding import Finding, Log
from vidc.ir.facts import NOTHING, Facts
from vidc.ir.spec import Json
from vidc.ir.timeline import PlacedScene, Timeline

from .compose import Plates
from .film_cuts import Length
from .measure import Sources, measured
from .measure_sources import materials
from .media import Media
from .media_library import Library
from .sound import Soundtrack, soundtrack
from .stage import Material, StagedScene
from .staging import Shown, scene_key, stage

MAX_SIDE = 8192
"""Limit: pixels of a film's longer side, of either codec."""

KEPT = 3
"""Scenes that are kept ready to be drawn: a fade needs two."""


class CannotFilm(Exception):  # noqa: N818  # named as the sentence reads: "cannot make a film: reason"
    """A spec that compiles makes no film; its text says why and what to do."""


@dataclass(slots=True)
class Production:
    """All that a film is made from. `size`: the film's, in pixels; `timeline`: with the lengths that media have here.

    `found`: by scene, what cannot be shown as the service would show it, as far as scenes were staged.
    """

    made: Compiled
    sources: Sources
    timeline: Timeline
    spec_size: tuple[int, int]
    shown: Shown
    scale: float
    alpha: bool
    found: dict[int, list[Finding]] = field(default_factory=dict)
    staged: dict[int, StagedScene] = field(default_factory=dict)
    plates: Plates = field(default_factory=Plates)
    materials: dict[int, dict[tuple[int, int], Material]] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, int]:
        width, height = self.spec_size
        return max(round(width * self.scale), 1), max(round(height * self.scale), 1)

    def key(self, scene: int) -> str:
        """A hash of all that is seen in a scene; nothing is drawn for it."""
        return scene_key(*self._told(scene), self.shown, self.scale)

    def scene(self, scene: int) -> StagedScene:
        """A scene ready to be drawn. Raises CannotDecode."""
        if scene not in self.staged:
            while len(self.staged) >= KEPT:
                del self.staged[min(self.staged)]
            log = Log()
            self.staged[scene] = stage(*self._told(scene), log, self.shown, self.scale)
            self.found[scene] = log.findings
        return self.staged[scene]

    def findings(self) -> list[Finding]:
        """What was found while scenes were staged and is not allowed in the files, in order."""
        return unsilenced([one for scene in sorted(self.found) for one in self.found[scene]], self.made.sources)

    def lengths(self) -> list[Length]:
        """The place of each scene in the film."""
        return [
            Length(one.start.expected, one.duration.expected, _fade(one, number + 1 == len(self.timeline.scenes)))
            for number, one in enumerate(self.timeline.scenes)
        ]

    def files(self) -> list[str]:
        """The files that the film is made from: the spec's, those it includes, and the media."""
        specs = [source.file for source in self.made.sources if source.file]
        found = [self.sources.of(node).media for node in self.sources.nodes()]
        return list(dict.fromkeys(specs + [media.path for media in found if media is not None]))

    def soundtrack(self) -> Soundtrack:
        return soundtrack(self.timeline, self.sources)

    def _told(
        self, scene: int
    ) -> tuple[PlacedScene, tuple[int, int], dict[tuple[int, int], Material], dict[str, Json]]:
        assert self.made.spec is not None
        if scene not in self.materials:
            self.materials[scene] = materials(self.timeline, self.sources, scene)
        variables = self.made.spec.dynamic_variables
        return self.timeline.scenes[scene], self.spec_size, self.materials[scene], variables


def _fade(placed: PlacedScene, last: bool) -> int:
    transition = placed.scene.transition
    return 0 if transition is None or last else transition.duration or 0


def produce(
    compiled: Callable[[Facts], Compiled],
    library: Library,
    shown: Shown,
    scale: float | Callable[[tuple[int, int]], float] = 1.0,
    faces: Mapping[str, Media] | None = None,
) -> Production | list[Finding]:
    """Measure a spec's media and time it again; its findings where one of them is an error.

    `compiled`: the spec with these facts. `scale`: of the spec's pixels, or what gives it for a size. `faces`: pictures
    of actors, by name; the others are drawn as presenters. Raises CannotFilm.
    """
    draft = compiled(NOTHING)
    if draft.spec is not None and draft.spec.kind == "template" and not _is_broken(draft):
        raise CannotFilm("it names a template, whose scenes only the service has")
    if draft.graph is None or _is_broken(draft):
        return _sound(draft)
    sources = Sources(draft.graph, library, faces)
    made = compiled(measured(sources))
    if made.timeline is None or made.spec is None or _is_broken(made):
        return _sound(made)
    size = _size(made.timeline)
    scale = scale(size) if callable(scale) else scale
    if max(size) * scale > MAX_SIDE:
        raise CannotFilm(f"{size[0]} x {size[1]} pixels are too large to be rendered here; {MAX_SIDE} is the most")
    alpha = made.spec.settings.get("alphaChannel") is True
    return Production(made, sources, made.timeline, size, shown, scale, alpha)


def _is_broken(made: Compiled) -> bool:
    return any(finding.severity == "error" for finding in made.findings)


def _sound(made: Compiled) -> list[Finding]:
    """The findings of a spec that makes no film."""
    if _is_broken(made):
        return made.findings
    raise CannotFilm("it only brings names to files that include it: render one of those")


def _size(timeline: Timeline) -> tuple[int, int]:
    """The size of the video in the spec's pixels."""
    if not timeline.scenes or timeline.total.expected <= 0:
        raise CannotFilm("it has no scenes")
    if timeline.size is None:
        raise CannotFilm("it does not say how large the video is: set `settings.videoSize`")
    width, height = timeline.size
    if width < 1 or height < 1:
        raise CannotFilm(f"{width} x {height} pixels are no size")
    return width, height
