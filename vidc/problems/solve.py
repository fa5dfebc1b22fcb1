"""What can be wrong with the times of a spec that has them all.

Long because each finding carries its page.
"""

from __future__ import annotations

from vidc.clock import with_unit
from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Repair, Words
from vidc.record import replace
from vidc.source import Span

from .proof import Proof, cut, judged, lost_words
from .wording import quoted


@problem("error")
def zero_scene(
    at: Place, proof: Proof, labels: tuple[Label, ...], conflict: tuple[Span, ...], repairs: tuple[Repair, ...]
) -> Words:
    """A scene has no length.

    A script without anything to say is silent, and the scene that it sizes lasts for nothing.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - name: pause
        tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: "..."}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - name: pause
        tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: "Let us pause."}
    ```
    """
    help = "give the scene a `duration`"
    return judged(f"this scene has no length{proof.when}", at, proof, labels, conflict, repairs, help)


@problem("error")
def never_visible(
    at: Place,
    late: bool,
    proof: Proof,
    labels: tuple[Label, ...],
    conflict: tuple[Span, ...],
    repairs: tuple[Repair, ...],
    help: str,
) -> Words:
    """A track starts when its scene is over, or ends before it begins.

    Nothing of the track is seen or heard. It is judged of tracks with a length of their own; of a window that the
    scene makes, such as one with both gaps, `empty-window` says it. A track of which nothing is expected to be seen is
    not also called `clipped` or `starts-before-scene`; of one that is cut, this is not said as well.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             startTimeGap: 5s, duration: 2s}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             startTimeGap: 1s, duration: 2s}
    ```
    """
    what = "starts when its scene is over" if late else "ends before its scene begins"
    return judged(f"this track {what}{proof.when}", at, proof, labels, conflict, repairs, help, True)


@problem("error")
def empty_window(
    at: Place,
    proof: Proof,
    labels: tuple[Label, ...],
    conflict: tuple[Span, ...],
    repairs: tuple[Repair, ...],
    help: str,
    moment: str = "",
) -> Words:
    """The gaps of a track leave it no time.

    A track with both gaps, or an image, text or audio without `duration`, is as long as its gaps leave of the
    scene. They leave nothing, so it is never seen. An `endTimeGap` is no moment: it counts back
    from the scene's end. What is trimmed of its medium only follows from that and is not reported as well.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             startTimeGap: 2s, endTimeGap: 3s}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             startTimeGap: 1s, endTimeGap: 1s}
    ```
    """
    message = f"the gaps leave no time for this track{proof.when}"
    words = judged(message, at, proof, labels, conflict, repairs, help, True)
    reason = f"`endTimeGap` counts back from the scene's end: to end at {moment}, "
    return replace(words, help=reason + repairs[0].title) if moment else words


@problem("warning")
def clipped(at: Place, proof: Proof, labels: tuple[Label, ...], lost: str, help: str) -> Words:
    """A track runs past the end of its scene and is cut there.

    The service cuts silently whatever runs past a scene: the end of a sentence, the end of a film. It is paid for
    and not seen. A scene that a track sizes is exactly as long as that track, so a `startTimeGap` on it cuts that
    much from its end. A medium that continues in the next scene by `sequentialBlendId` is not cut where its own scene
    ends.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             startTimeGap: 2s, duration: 3s}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             startTimeGap: 1s, duration: 3s}
    ```
    """
    message = f"this track ends {proof.by}after the scene does{proof.when}{lost_words(lost)}"
    return cut(message, at, proof, labels, help)


@problem("warning")
def starts_before_scene(at: Place, proof: Proof, labels: tuple[Label, ...], lost: str, help: str) -> Words:
    """A track starts before its scene and its beginning is cut.

    An `endTimeGap` places a track from the end of its scene. One that is longer than what is left before that
    begins before the scene does, and that part is not seen. Where the track itself sizes the scene, any
    `endTimeGap` does that.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             duration: 3s, endTimeGap: 2s}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             duration: 3s, endTimeGap: 1s}
    ```
    """
    message = f"this track starts {proof.by}before the scene does{proof.when}{lost_words(lost)}"
    return cut(message, at, proof, labels, help)


@problem("warning")
def ends_early(at: Place, what: str, proof: Proof, labels: tuple[Label, ...], help: str) -> Words:
    """A medium is shorter than the window it was given.

    When a video ends or an actor has spoken, the track disappears: the service neither loops nor holds it. It is
    judged of tracks with a `duration` or both gaps, in front of whatever the scene cuts.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 5s
        tracks:
          - {type: video, videoUrl: https://cdn.example.com/a.mp4,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             intrinsicDuration: 2s, duration: 5s}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 5s
        tracks:
          - {type: video, videoUrl: https://cdn.example.com/a.mp4,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             intrinsicDuration: 5s, duration: 5s}
    ```
    """
    message = f"this {what} ends {proof.by}before its track does, and disappears{proof.when}"
    return cut(message, at, proof, labels, help)


@problem("warning")
def trimmed_media(
    at: Place, what: str, proof: Proof, labels: tuple[Label, ...], lost: str, help: str, meant: bool = False
) -> Words:
    """An actor or a video is longer than the time it was given.

    A `duration`, or both gaps, give a track its window; what its medium has beyond that is not seen or heard. Of a
    video with `startTimeGap: 0s` and `endTimeGap: 0s` behind a speech that sizes the scene it is a note: that is how a
    film is written that goes on for as long as somebody speaks.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 5s
        tracks:
          - {type: video, videoUrl: https://cdn.example.com/a.mp4,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             intrinsicDuration: 8s, duration: 5s}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 5s
        tracks:
          - {type: video, videoUrl: https://cdn.example.com/a.mp4,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             intrinsicDuration: 5s, duration: 5s}
    ```
    """
    message = f"this {what} is {proof.by}longer than the time given to it{proof.when}{lost_words(lost)}"
    words = cut(message, at, proof, labels, help, cuts=not meant)
    return replace(words, severity="note", help=help) if meant else words


@problem("error")
def overlong_transition(
    at: Place,
    how_long: str,
    proof: Proof,
    labels: tuple[Label, ...],
    conflict: tuple[Span, ...],
    repairs: tuple[Repair, ...],
) -> Words:
    """A transition is as long as one of the scenes that it joins, or longer.

    While a transition runs, both scenes are seen in part. One that lasts as long as a scene leaves nothing of that
    scene by itself.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 1s
        transition: {type: fade, duration: 2s}
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
      - duration: 5s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        transition: {type: fade, duration: 1s}
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
      - duration: 5s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
    ```
    """
    message = f"this transition is {how_long}{proof.when}"
    return judged(message, at, proof, labels, conflict, repairs, "make the transition shorter, or the scene longer")


@problem("warning")
def dangling_transition(at: Place, before: str = "", is_inherited: bool = False) -> Words:
    """The last scene has a transition, and nothing follows.

    A transition leads from a scene into the next one. What the service makes of one on the last scene is not
    documented.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        transition: {type: fade, duration: 500ms}
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
    ```
    """
    help = "remove `transition` from the last scene"
    if is_inherited:
        help = "write `transition: null` in the last scene"
    if before:
        help = f"it leads out of a scene: write it in {before}, or remove it"
    return Words("no scene follows this transition", at, help=help, verdict="always")


@problem("warning")
def suspicious_time(
    at: Place, ms: int, repair: Repair, has_units: bool, seconds: str = "", template: str = ""
) -> Words:
    """A bare number under 100 is written as a duration, under 40 as a gap, or a thousand seconds and more as a time.

    Bare numbers are milliseconds, as in the service. `duration: 5` is five thousandths of a second, less than one
    frame. A unit says which is meant: `5s`, or `50ms`; behind a variable it is written too: `"<hold>s"`. A duration
    of less than a frame is told with its unit too, such as `20ms`. What only follows, such as a script that is cut
    because its scene lasts 5 ms, is not said as well; where such an error follows, this is an error. And `6000s` are
    an hour and forty minutes, most likely milliseconds with an `s` behind them; a time that long is written in
    minutes: `100m`.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 5
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 5s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
    ```
    """
    if seconds.endswith("ms"):
        help = f"for seconds, {repair.title}"
        return Words(f"`{seconds}` is less than one frame", at, help=help, verdict="always", repairs=(repair,))
    if seconds:
        help = f"for milliseconds, {repair.title}; for so long a time, write `{with_unit(ms)}`"
        return Words(f"`{seconds}` is {ms / 60_000:.4g} minutes", at, help=help, verdict="always", repairs=(repair,))
    if template:
        help = f"for seconds, {repair.title}; for milliseconds, write `{quoted(f'{template}ms')}`"
        message = f"`{template}` without a unit is milliseconds, less than one frame"
        return Words(message, at, help=help, verdict="always", repairs=(repair,))
    return Words(
        f"`{ms}` without a unit is {ms} ms, less than one frame",
        at,
        help=f"for seconds, {repair.title}" + (f"; for milliseconds, write `{ms}ms`" if has_units else ""),
        verdict="always",
        repairs=(repair,),
    )


@problem("note")
def undocumented_reading(at: Place, reading: str, tracks: int, labels: tuple[Label, ...]) -> Words:
    """A result depends on how vidc reads what the service's documentation leaves open.

    It leaves open: whether a track without a length and without both gaps fills its scene; whether an actor or
    video with both gaps competes for sizing the scene; whether the gaps of the track that sizes a scene make the
    scene longer; how a lone `endTimeGap` on an actor or video is placed; whether a gap of 0 counts as set.

    vidc says how it reads each, once for all tracks that rest on it. `vidc compile --explicit` writes a job that does
    not depend on it, where that can be done.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             startTimeGap: 1s}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             startTimeGap: 1s, endTimeGap: 1s}
    ```
    """
    message = f"not documented: {reading}" + (f" ({tracks} tracks)" if tracks > 1 else "")
    return Words(message, at, labels, "`vidc compile --explicit` writes a job that does not rest on it")
