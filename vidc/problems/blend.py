"""What can be wrong with a medium that continues from one scene into the next.

Long because each finding carries its page.
"""

from __future__ import annotations

from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Words
from vidc.source import Span


@problem("error")
def blend_type(at: Place, type: str, other: str, before: Span) -> Words:
    """A track continues one of another type.

    Tracks with the same `sequentialBlendId` in adjacent scenes are one medium that goes on. An image cannot go on
    as a video.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: video, videoUrl: https://cdn.example.com/a.mp4,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             intrinsicDuration: 3s, sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: video, videoUrl: https://cdn.example.com/a.mp4,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             intrinsicDuration: 3s, sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: video, videoUrl: https://cdn.example.com/a.mp4,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             intrinsicDuration: 3s, sequentialBlendId: a}
    ```
    """
    label = Label(before, f"{other} in the scene before")
    return Words(
        f"this {type} continues the scene before, where the track is of type `{other}`",
        at,
        (label,),
        "continue a track of the same type, or use another `sequentialBlendId`",
    )


@problem("error")
def blend_content(at: Place, field: str, before: Span) -> Words:
    """A track continues one that shows something else.

    What goes on over a cut is the same medium: the same `videoUrl`, `imageUrl` or `actor`. An actor's words may
    differ.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/b.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```
    """
    label = Label(before, "in the scene before")
    return Words(
        f"this track continues the scene before with another `{field}`",
        at,
        (label,),
        f"use the same `{field}`, or another `sequentialBlendId`",
    )


@problem("error")
def blend_gap(at: Place, field: str, other: Span) -> Words:
    """A gap parts a medium from its continuation.

    A medium goes on seamlessly where it lasts to the end of one scene and from the start of the next: without
    `endTimeGap` on the first track and without `startTimeGap` on the following one. A gap of 0 is a gap that is
    set.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a, startTimeGap: 1s}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```
    """
    where = "continues in the next scene" if field == "endTimeGap" else "continues the scene before"
    label = Label(other, "the other part of it")
    return Words(f"this track {where}, so it cannot have `{field}`", at, (label,), f"remove `{field}`")


@problem("error")
def blend_apart(at: Place, name: str, first: Span) -> Words:
    """Tracks with one `sequentialBlendId` are not in adjacent scenes.

    A medium goes on from one scene into the next one. Over a scene in between it cannot.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```
    """
    label = Label(first, "also here")
    message = f"no track of an adjacent scene has the `sequentialBlendId` `{name}`"
    return Words(message, at, (label,), "put the scenes next to each other, or use another id")


@problem("error")
def blend_repeated(at: Place, name: str, first: Span) -> Words:
    """Two tracks of one scene have the same `sequentialBlendId`.

    Which of them continues the medium of the scene before is then not clear.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```
    """
    label = Label(first, "the first one")
    return Words(
        f"two tracks of this scene have the `sequentialBlendId` `{name}`", at, (label,), "remove it from one of them"
    )


@problem("warning")
def blend_duration(at: Place) -> Words:
    """A track that continues over a cut has a `duration`.

    A continued medium lasts to the end of its scene and from the start of the next. What a `duration` does to that
    is not documented.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a, duration: 3s}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```
    """
    return Words(
        "this track continues over a cut, and what its `duration` does there is not documented",
        at,
        help="remove `duration`",
    )


@problem("warning")
def blend_moved(at: Place, field: str, before: Span) -> Words:
    """A track continues one in another place.

    The point of continuing a medium is that the cut is not seen. It is where the medium jumps.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 100, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```
    """
    label = Label(before, "in the scene before")
    return Words(
        f"this track continues the scene before with another `{field}`", at, (label,), f"use the same `{field}`"
    )


@problem("warning")
def blend_transition(at: Place, next: Span) -> Words:
    """A transition stands between a medium and its continuation.

    A transition shows the cut that continuing hides. What it does to the medium is not documented.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        transition: {type: fade, duration: 500ms}
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```
    """
    label = Label(next, "continues over it")
    return Words(
        "a medium continues over this transition",
        at,
        (label,),
        "remove `transition`, or `sequentialBlendId` from both tracks",
    )


@problem("warning")
def blend_alone(at: Place, name: str, other: str = "", where: Span | None = None) -> Words:
    """A `sequentialBlendId` stands on one track only.

    It takes two tracks in adjacent scenes to continue a medium. One alone continues nothing. Capitals count: `Intro`
    and `intro` are two ids.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
      - duration: 3s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%},
             sequentialBlendId: a}
    ```
    """
    if where is not None:
        message = f"the `sequentialBlendId` `{name}` stands alone: `{name}` and `{other}` differ only in case"
        return Words(message, at, (Label(where, "the other one"),), f"write `{other}`, or rename one of them")
    return Words(
        f"no other track has the `sequentialBlendId` `{name}`",
        at,
        help="remove it, or give it to the track that continues",
    )
