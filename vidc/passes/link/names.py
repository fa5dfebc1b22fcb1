"""names: actors and voices that the workspace does not list."""

from __future__ import annotations

from vidc.diag.finding import Log
from vidc.ir.facts import Facts
from vidc.ir.spec import Spec
from vidc.problems import names as problems


def report_unlisted(spec: Spec, facts: Facts, log: Log) -> None:
    """Say which tracks name an actor or a voice that is not there; each name once, where it is first."""
    known = (("actor", facts.actors, problems.unlisted_actor), ("speakerId", facts.speakers, problems.unlisted_voice))
    seen: set[tuple[str, str]] = set()
    for track in (track for scene in spec.scenes for track in scene.tracks if track.type == "actor"):
        for field, listed, problem in known:
            name = track.values.get(field)
            if listed is None or not isinstance(name, str) or name in listed or (field, name) in seen:
                continue
            seen.add((field, name))
            from vidc.diag.near import nearest

            log.add(problem(track.place(field), name, nearest(name, sorted(listed))))
