"""lint: what is unwise in a spec that can be compiled. The rules are in `vidc.rules`, one module each."""

from __future__ import annotations

from vidc.diag.finding import Log
from vidc.ir.spec import Spec
from vidc.ir.timeline import Timeline
from vidc.rules import RULES

SUSPICIOUS_MS = 100


def lint(spec: Spec, timeline: Timeline, log: Log) -> None:
    """Ask every rule about every track that could be placed."""
    canvas = _canvas(spec)
    looked_at: dict[str, str] = {}
    for scene in timeline.scenes:
        if scene.duration.expected < SUSPICIOUS_MS:
            continue  # seconds written for milliseconds: what it cuts only follows
        for placed in scene.tracks:
            for rule in RULES.get(placed.track.type, ()):
                finding = rule(canvas, placed, looked_at)
                if finding is not None:
                    log.add(finding)


def _canvas(spec: Spec) -> tuple[float, float] | None:
    """The video's width and height in pixels, where both are known."""
    size = spec.settings.get("videoSize")
    if isinstance(size, dict):
        width, height = size.get("width"), size.get("height")
        if isinstance(width, int | float) and isinstance(height, int | float):
            return width, height
    return None
