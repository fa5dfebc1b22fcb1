"""measure_cast: who speaks in a spec, and with which voice."""

from __future__ import annotations

from vidc.ir.graph import Graph, TrackNode
from vidc.ir.spec import Track

from .voice_cast import Voice, voice_of


class Cast:
    """The voices of a spec. One speaker's id is one voice throughout: where the id does not say whom it presents, the
    first actor that speaks with it does. And one text of one speaker is read in one language, as its length is kept."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.actors: dict[str, str] = {}
        self.languages: dict[tuple[str, str], str] = {}
        for node in self.spoken():
            assert node.spoken is not None
            speaker = speaker_of(node.track)
            self.actors.setdefault(speaker, actor_of(node.track))
            self.languages.setdefault((speaker, node.spoken.text), node.spoken.language)

    def spoken(self) -> list[TrackNode]:
        """The actors whose text is known, in order."""
        return [node for scene in self.graph.scenes for node in scene.tracks if node.spoken is not None]

    def role(self, node: TrackNode) -> tuple[str, str, str]:
        """The language, the speaker's id and the actor's with which a text is said."""
        assert node.spoken is not None
        speaker = speaker_of(node.track)
        return self.languages[speaker, node.spoken.text], speaker, self.actors[speaker]

    def voice(self, node: TrackNode) -> Voice:
        return voice_of(*self.role(node))


def speaker_of(track: Track) -> str:
    """The speaker's id, as `Facts.speech` has it."""
    speaker = track.values.get("speakerId")
    return speaker if isinstance(speaker, str) else ""


def actor_of(track: Track) -> str:
    actor = track.values.get("actor")
    return actor if isinstance(actor, str) else ""
