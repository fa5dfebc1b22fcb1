"""lint: what is unwise in a spec that can be compiled. The rules are in `vidc.rules`, one module each."""

from __future__ import annotations

from collections.abc import Collection

from vidc.diag.finding import Finding, Log
from vidc.ir.spec import Spec
from vidc.ir.timeline import PlacedScene, PlacedTrack, Timeline
from vidc.ir.tree import Mapping
from vidc.record import replace
from vidc.rules import RULES
from vidc.rules.looked import OPAQUE, Looked, corner_of, fills
from vidc.rules.repeated_scene import check_repeated_scene
from vidc.rules.unreadable_text import check_unreadable_text
from vidc.source import Span

SUSPICIOUS_MS = 100
SUSPICIOUS = "suspicious-time"

BRACKETS = ("misspelt-name", "unfilled-loop", "unfilled-name", "worked-in-brackets", "wrong-brackets")
"""Findings that say better what a script would have in angle brackets."""

UNUSED = ("unused-service-variable", "unused-parameter")
"""What follows from a name in the marks of another tool."""

MEDIA = ("wrong-medium", "not-a-file")
"""Findings of a file that has no length, as it is another one that is meant."""

OF_FILMS = frozenset(("clipped", "ends-early", "off-canvas", "tiny-size", "trimmed-media"))
"""What follows on the track of a film that is a sound, which has no place and does not say how long it is."""

OVERLAP = "overlapping-speech"

SPOKEN, ODD = "spoken-key", "odd-braces"
RIVALS = "ambiguous-duration"

OF_TIME = (check_unreadable_text,)
"""The rules that ask how long something is seen."""


def lint(spec: Spec, timeline: Timeline, log: Log) -> None:
    """Ask every rule about every track that could be placed."""
    canvas = _canvas(spec)
    looked = Looked(spec.dynamic_variables, _declared(spec), _unused_parameters(log), {}, set(), set(), [])
    for scene in timeline.scenes:
        is_cut = scene.duration.expected < SUSPICIOUS_MS and _is_suspected(scene.scene.path, log)
        for placed in scene.tracks:
            duration = placed.track.duration
            is_brief = is_cut or (
                duration is not None and duration < SUSPICIOUS_MS and _is_suspected(placed.track.path, log)
            )
            for rule in RULES.get(placed.track.type, ()):
                if is_brief and rule in OF_TIME:
                    continue  # seconds written for milliseconds: what it cuts only follows
                for finding in rule(canvas, placed, looked):
                    if not _is_told(finding, log):
                        log.add(finding)
                    if finding.name == SPOKEN:
                        _take_back_below(finding, placed, log)
        if not is_cut:
            _lint_layers(spec, canvas, scene, log)
    for before, one in zip(spec.scenes, spec.scenes[1:], strict=False):
        for finding in check_repeated_scene(before, one):
            log.add(finding)
    if looked.meant:
        log.take_back([one for one in log.findings if one.name in UNUSED and one.span.text in looked.meant])
    _mark_followers(log)


def _take_back_below(spoken: Finding, placed: PlacedTrack, log: Log) -> None:
    """Say nothing of the braces in the lines of a text that are fields indented too deep."""
    node = placed.track.node.entries["text"][1]
    source, start, end = spoken.span.source, spoken.span.start, (node.anchor or node.span).end
    odd = [one for one in log.findings if one.name == ODD and one.span.source is source]
    log.take_back([one for one in odd if start <= one.span.start < end])


def _is_suspected(path: str, log: Log) -> bool:
    """Whether a time was told here that is so short that another unit is meant."""
    return any(finding.name == SUSPICIOUS and finding.words.at.path == path for finding in log.findings)


def _lint_layers(spec: Spec, canvas: tuple[float, float] | None, scene: PlacedScene, log: Log) -> None:
    """Ask what lies on what, where a scene has a picture behind other tracks, or two texts that begin at one place."""
    pictures = False
    corners: list[tuple[float, float]] = []
    for placed in scene.tracks:
        track = placed.track
        if track.type == "text":
            corner = corner_of(track)
            if corner is not None:
                corners.append(corner)
        elif track.index and canvas is not None and track.type in OPAQUE and fills(canvas, placed):
            pictures = True
    if pictures and canvas is not None:
        from vidc.rules.covered import check_covered

        for finding in check_covered(canvas, scene):
            log.add(finding)
    if len(set(corners)) < len(corners):
        from vidc.rules.text_on_text import check_text_on_text

        for finding in check_text_on_text(scene, spec.literal):
            log.add(finding)


def _mark_followers(log: Log) -> None:
    """Say of what hangs on the length of a file that is none of its kind, and of a speech that is cut because it begins
    before another is over, that it follows from what is said of those."""
    strange = [one for one in log.findings if one.name in MEDIA]
    media = {one.span.key: one.span for one in strange}
    overlaps = {one.span.key: one.span for one in log.findings if one.name == OVERLAP and one.severity != "note"}
    if not media and not overlaps:
        return
    for index, finding in enumerate(log.findings):
        words = finding.words
        keys = [label.span.key for label in words.labels] if words.condition else []
        follows = next((media[key] for key in keys if key in media), None)
        if finding.name == "clipped" and follows is None:
            follows = overlaps.get(finding.span.key)
        if strange and follows is None and (finding.name in OF_FILMS or finding.name == RIVALS):
            follows = _of_sound(finding, strange)
        if follows is not None:
            log.findings[index] = replace(finding, words=replace(words, follows=follows))


def _of_sound(finding: Finding, strange: list[Finding]) -> Span | None:
    """The address of a sound from which a finding of the same track follows. Of those that could say how long a scene
    is, all but one must be such films."""
    sounds = [one for one in strange if "the address of a sound" in one.words.message]
    if finding.name == RIVALS:
        found = {one.span.key: one.span for one in sounds}
        same = [found[label.span.key] for label in finding.words.labels if label.span.key in found]
        return same[0] if same and len(finding.words.labels) - len(same) == 1 else None
    return next((one.span for one in sounds if one.words.at.path == finding.words.at.path), None)


def _declared(spec: Spec) -> Collection[str]:
    """The names of the spec's own variables, and of those that its files bring."""
    found = spec.node.entries.get("variables")
    return found[1].entries if found is not None and isinstance(found[1], Mapping) else ()


def _unused_parameters(log: Log) -> tuple[str, ...]:
    return tuple(one.span.text for one in log.findings if one.name == "unused-parameter")


def _is_told(finding: Finding, log: Log) -> bool:
    """Whether the brackets in a script are those of a name, of which a finding in the same text says it better."""
    if finding.name != "markup-in-script":
        return False
    whole = finding.span
    if whole.text.startswith("${"):
        return any(other.name == "unset-service-variable" and _within(whole, other.span) for other in log.findings)
    if "`<" not in finding.words.message:
        return False
    return any(
        other.name in BRACKETS and _within(whole, other.span) and other.span.text in finding.words.message
        for other in log.findings
    )


def _within(whole: Span, span: Span) -> bool:
    return span.source is whole.source and whole.start <= span.start < whole.end


def _canvas(spec: Spec) -> tuple[float, float] | None:
    """The video's width and height in pixels, where both are known."""
    size = spec.settings.get("videoSize")
    if isinstance(size, dict):
        width, height = size.get("width"), size.get("height")
        if isinstance(width, int | float) and isinstance(height, int | float):
            return width, height
    return None
