"""lengths: how long every medium is: stated, measured before, estimated, or not known."""

from __future__ import annotations

from vidc.clock import INF, Length
from vidc.diag.finding import Log
from vidc.ir.facts import Calibration, Facts
from vidc.ir.graph import Spoken
from vidc.ir.spec import Scene, Spec, Track
from vidc.record import replace

from .variables import TYPES, Variables

ASSUMED_MS = 5000
"""The length that is expected of a medium of which nothing is known."""

UNKNOWN = Length(1, ASSUMED_MS, INF, "estimated")

ADDRESSES = {"video": "videoUrl", "audio": "audioUrl", "actor": "audioUrl"}
"""The field that holds a medium's address, by type."""


MAX_NEW = 1_000_000
"""Limit: so many characters of words that were not met before are estimated."""

FREE = 100_000
"""So many characters of scripts are estimated without counting their words: most specs have fewer."""

LONG = 64
"""A longer word costs its whole time whenever it is met."""

EACH = 8
"""A short word costs as much time as so many characters of a long one."""

PER_NEW = 20
"""Of words that were met before so many characters cost as much time as a new one."""


class Effort:
    """Counts what it costs to estimate the scripts of one spec, each as often as it is estimated."""

    __slots__ = ("free", "left", "words")

    def __init__(self) -> None:
        self.free = FREE
        self.left = MAX_NEW
        self.words: dict[str, set[str]] = {}

    def affords(self, text: str, code: str) -> bool:
        """Whether a text may be estimated in the language of this code."""
        self.free -= len(text)
        if self.free < 0 <= self.left:
            words = self.words.setdefault(code, set())
            found = text.split()
            new = set(found).difference(words)
            again = [word for word in found if len(word) > LONG]
            words.update(new)
            self.left -= sum(map(len, new)) + EACH * len(new) + sum(map(len, again)) + len(text) // PER_NEW
        return self.left >= 0


class Lengths:
    """Gives each track its medium's length, and each actor what it says."""

    __slots__ = ("assumed", "effort", "estimates", "facts", "judged", "log", "spec", "variables")

    def __init__(self, spec: Spec, facts: Facts, variables: Variables, log: Log) -> None:
        self.spec = spec
        self.facts = facts
        self.variables = variables
        self.log = log
        self.assumed = False
        self.judged: set[tuple[str, str | None]] = set()
        self.effort = Effort()
        self.estimates: dict[tuple[str, str, Calibration | None], Length | None] = {}

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
            if spoken is not None and length is track.intrinsic:
                self._doubt(track, track.intrinsic, spoken)
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

    def _speech(self, scene: Scene, track: Track, text: str, known: bool) -> tuple[Length | None, Spoken | None]:
        speaker = track.values.get("speakerId")
        speaker = speaker if isinstance(speaker, str) else ""
        measured = self.facts.speech.get((speaker, text)) if known else None
        calibration = self.facts.voices.get(speaker)
        spoken = Spoken(text, self._language(scene, track, speaker, text), calibration)
        if measured is not None:
            return Length(measured, measured, measured, "measured"), spoken
        length = track.intrinsic or self._estimate(track, spoken)
        if known or length is None:
            return length, spoken if length else None
        return Length(length.low, length.expected or ASSUMED_MS, INF, "estimated"), None

    def _estimate(self, track: Track, spoken: Spoken) -> Length | None:
        """How long it takes to say; None where too much was estimated before, which is said once."""
        from vidc.speech import code_of, estimate

        code = code_of(spoken.language)
        key = spoken.text, code, spoken.calibration
        if key not in self.estimates:
            could = self.effort.left >= 0
            if self.effort.affords(spoken.text, code):
                self.estimates[key] = estimate(*key)
            else:
                self.estimates[key] = None
                if could:
                    from vidc.problems import languages as problems

                    self.log.add(problems.too_many_words(track.place("text"), MAX_NEW))
        return self.estimates[key]

    def _doubt(self, track: Track, stated: Length, spoken: Spoken) -> None:
        """Say where a speech is stated to be shorter than its words can be."""
        least = self._estimate(track, spoken)
        if least is not None and stated.high < least.low:
            from vidc.problems import languages as problems

            at = replace(track.place("intrinsicDuration"), span=track.node.entry("intrinsicDuration"))
            self.log.add(problems.doubtful_length(at, stated.high, least.low, track.place("text").span))

    def _language(self, scene: Scene, track: Track, speaker: str, text: str) -> str:
        """The speaker's where its id says one, else the scene's, the spec's, or English."""
        from vidc.speech import language_of

        own, said = language_of(speaker), scene.language or self.spec.language
        found = own or said
        if found is None:
            self._assume(scene, track, text)
            return "en"
        if (speaker, said) not in self.judged and "language" not in scene.broken and "language" not in track.broken:
            self.judged.add((speaker, said))
            self._judge(scene, track, own or "", said or "")
        return found

    def _judge(self, scene: Scene, track: Track, own: str, said: str) -> None:
        """Say where a voice speaks another language than its scripts are in, and of which language nothing is known."""
        from vidc.speech import known

        # What strayed into the scene may say another voice: nothing follows from that of the defaults.
        differ = bool(own and said) and _primary(own) != _primary(said) and "defaults" not in scene.broken
        if not differ and known(own or said):
            return
        from vidc.problems import languages as problems

        at = scene.place("language") if scene.language else self.spec.place("language")
        if differ:
            part = "this scene" if scene.language else "the spec"
            self.log.add(problems.language_mismatch(track.place("speakerId"), own, said, part, at.span))
        if not known(own or said):
            self.log.add(problems.unknown_language(track.place("speakerId") if own else at, own or said))

    def _assume(self, scene: Scene, track: Track, text: str) -> None:
        """Say once that English is assumed, unless what says the language is broken."""
        unsure = "language" in self.spec.broken or "language" in scene.broken or "speakerId" in track.broken
        if not self.assumed and not unsure and text.strip():
            self.assumed = True
            from vidc.problems import languages as problems

            self.log.add(problems.assumed_language(track.place("text")))


def _primary(language: str) -> str:
    """`en` of `en-GB`. `no` is Norwegian, whichever of its two written forms voices say (ISO 639-1)."""
    primary = language.split("-", 1)[0].lower()
    return "no" if primary in ("nb", "nn") else primary


def left_of(medium: Length) -> Length:
    """What a medium has left that was seen in part: any part of it."""
    return replace(medium, low=0)
