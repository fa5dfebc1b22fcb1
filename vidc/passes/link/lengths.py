"""lengths: how long every medium is: stated, measured before, estimated, or not known."""

from __future__ import annotations

from vidc.clock import INF, Length
from vidc.diag.finding import Log
from vidc.ir.facts import Facts
from vidc.ir.graph import Spoken
from vidc.ir.spec import Scene, Spec, Track
from vidc.problems import link as problems
from vidc.record import replace

from .variables import TYPES, Variables

ASSUMED_MS = 5000
"""The length that is expected of a medium of which nothing is known."""

UNKNOWN = Length(1, ASSUMED_MS, INF, "estimated")

ADDRESSES = {"video": "videoUrl", "audio": "audioUrl", "actor": "audioUrl"}
"""The field that holds a medium's address, by type."""


class Lengths:
    """Gives each track its medium's length, and each actor what it says."""

    __slots__ = ("assumed", "facts", "judged", "log", "spec", "variables")

    def __init__(self, spec: Spec, facts: Facts, variables: Variables, log: Log) -> None:
        self.spec = spec
        self.facts = facts
        self.variables = variables
        self.log = log
        self.assumed = False
        self.judged: set[tuple[str, str | None]] = set()

    def of(self, scene: Scene, track: Track) -> tuple[Length | None, Spoken | None]:
        """The medium's length, None where there is none or a finding speaks of it; and the speech where it is known."""
        spoken: Spoken | None = None
        length: Length | None = None
        kind = track.type
        if track.text is not None and kind in TYPES:
            text, known = self.variables.fill(track, track.text)
            if kind == "actor":
                length, spoken = self._speech(scene, track, text, known)
        elif kind in ADDRESSES:
            length = self._medium(track)
        if track.intrinsic is not None:
            return track.intrinsic, spoken
        return (None if "intrinsicDuration" in track.broken else length), spoken

    def _medium(self, track: Track) -> Length | None:
        field = ADDRESSES[track.type]
        if field in track.broken or (track.type == "actor" and "text" in track.broken):
            return None
        address = track.values.get(field)
        measured = self.facts.media.get(address) if isinstance(address, str) else None
        if measured is not None:
            return Length(measured, measured, measured, "measured")
        return None if track.type == "audio" else UNKNOWN

    def _speech(self, scene: Scene, track: Track, text: str, known: bool) -> tuple[Length, Spoken | None]:
        from vidc.speech import estimate

        speaker = track.values.get("speakerId")
        speaker = speaker if isinstance(speaker, str) else ""
        measured = self.facts.speech.get((speaker, text)) if known else None
        calibration = self.facts.voices.get(speaker)
        spoken = Spoken(text, self._language(scene, track, speaker, text), calibration)
        if measured is not None:
            return Length(measured, measured, measured, "measured"), spoken
        length = estimate(text, spoken.language, calibration)
        if known:
            return length, spoken
        return Length(length.low, length.expected or ASSUMED_MS, INF, "estimated"), None

    def _language(self, scene: Scene, track: Track, speaker: str, text: str) -> str:
        """The speaker's where its id says one, else the scene's, the spec's, or English."""
        from vidc.speech import known, language_of

        own, said = language_of(speaker), scene.language or self.spec.language
        found = own or said
        if found is None:
            self._assume(scene, track, text)
            return "en"
        if (speaker, said) not in self.judged:
            self.judged.add((speaker, said))
            at = scene.place("language") if scene.language else self.spec.place("language")
            if own and said and _primary(own) != _primary(said):
                self.log.add(problems.language_mismatch(track.place("speakerId"), own, said, at.span))
            if not known(found):
                self.log.add(problems.unknown_language(track.place("speakerId") if own else at, found))
        return found

    def _assume(self, scene: Scene, track: Track, text: str) -> None:
        """Say once that English is assumed, unless what says the language is broken."""
        unsure = "language" in self.spec.broken or "language" in scene.broken or "speakerId" in track.broken
        if not self.assumed and not unsure and text.strip():
            self.assumed = True
            self.log.add(problems.assumed_language(track.place("text")))


def _primary(language: str) -> str:
    """`en` of `en-GB`."""
    return language.split("-", 1)[0].lower()


def left_of(medium: Length) -> Length:
    """What a medium has left that was seen in part: any part of it."""
    return replace(medium, low=0)
