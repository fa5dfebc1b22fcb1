"""What can be wrong with the fields that size a scene or a track."""

from __future__ import annotations

from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Repair, Words
from vidc.source import Span

from .proof import help_of


@problem("error")
def over_constrained(
    at: Place, what: str, labels: tuple[Label, ...], conflict: tuple[Span, ...], repairs: tuple[Repair, ...]
) -> Words:
    """More fields than it takes set the length of a track or of a scene.

    A track's length comes from `duration` or from its two gaps, not from both; a scene's from `duration` or from
    `intrinsicDurationTrackReference`. The service rejects such a job when it is queued, even where the numbers
    agree.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 6s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             startTimeGap: 1s, duration: 3s, endTimeGap: 2s}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 6s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             startTimeGap: 1s, endTimeGap: 2s}
    ```
    """
    message = (
        "three fields set the length of this track" if what == "track" else "two fields set the length of this scene"
    )
    otherwise = (
        "remove `duration`, or a gap" if what == "track" else "remove `duration` or `intrinsicDurationTrackReference`"
    )
    help = help_of(repairs, otherwise)
    return Words(message, at, labels, help, verdict="always", conflict=conflict, repairs=repairs)


@problem("error")
def cyclic_duration(
    at: Place, labels: tuple[Label, ...], conflict: tuple[Span, ...], repairs: tuple[Repair, ...]
) -> Words:
    """A scene takes its length from a track that takes its length from the scene.

    A track with both gaps is as long as what they leave of its scene. Such a track cannot size the scene that sizes
    it: give it a length of its own, or let something else size the scene.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - intrinsicDurationTrackReference: speech
        tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there., referenceId: speech,
             startTimeGap: 1s, endTimeGap: 1s}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - intrinsicDurationTrackReference: speech
        tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there., referenceId: speech}
    ```
    """
    message = "this scene is as long as a track that is as long as the scene leaves it"
    return Words(message, at, labels, help_of(repairs), verdict="always", conflict=conflict, repairs=repairs)


@problem("error")
def unsized_reference(
    at: Place, labels: tuple[Label, ...], conflict: tuple[Span, ...], repairs: tuple[Repair, ...]
) -> Words:
    """A scene takes its length from a track that has none.

    Only an actor and a video have a length of their own. An image, a text or an audio can size a scene only by its
    `duration`.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - intrinsicDurationTrackReference: logo
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             referenceId: logo}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - intrinsicDurationTrackReference: logo
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             referenceId: logo, duration: 3s}
    ```
    """
    message = "this scene is as long as a track that has no length of its own"
    return Words(message, at, labels, help_of(repairs), verdict="always", conflict=conflict, repairs=repairs)


@problem("error")
def under_constrained(at: Place, repairs: tuple[Repair, ...]) -> Words:
    """Nothing says how long a scene is.

    A scene without `duration` and without a reference takes the length of the one track that has a length: an actor
    or video without both gaps, or any track with a `duration`. Here is none.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - name: title
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - name: title
        duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
    ```
    """
    return Words(
        "nothing says how long this scene is",
        at,
        help=help_of(repairs, "give the scene a `duration`"),
        verdict="always",
        repairs=repairs,
    )


@problem("error")
def ambiguous_duration(
    at: Place,
    count: int,
    labels: tuple[Label, ...],
    conflict: tuple[Span, ...],
    repairs: tuple[Repair, ...],
    together: bool,
) -> Words:
    """More than one track could size a scene.

    A scene without `duration` and without a reference takes the length of the one track that has a length. Here are
    several, and the service rejects the job when it is queued. An actor beside a video is the common case. Two actors
    who answer one another take a scene each: every actor starts with its scene.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - name: hello
        tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Welcome to the course.}
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             duration: 1s}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - name: hello
        intrinsicDurationTrackReference: speech
        tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Welcome to the course., referenceId: speech}
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             duration: 1s}
    ```
    """
    message = f"{count} tracks could say how long this scene is"
    help = help_of(repairs, "add `intrinsicDurationTrackReference`")
    if together:
        shortest = min((repair.title for repair in repairs), key=len, default="")
        help = "give each speech a scene of its own" + (f"; to have all at once, {shortest}" if shortest else "")
    return Words(
        message,
        at,
        labels,
        help,
        verdict="always",
        conflict=conflict,
        repairs=repairs,
    )
