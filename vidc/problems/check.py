"""What can be wrong with the fields of a spec: missing ones, and values that are not of their type."""

from __future__ import annotations

from vidc.diag.catalog import problem
from vidc.diag.finding import Finding, Label, Place, Repair, Words
from vidc.record import replace
from vidc.source import Span

from .wording import listed, meant, respelled, short


@problem("error")
def wrong_type(at: Place, what: str, wanted: str, found: str, help: str = "") -> Words:
    """A value is not of the type that its place needs.

    Text, numbers, true or false, lists and mappings each have their places. A number in a text field is taken as text,
    nothing else is bent.

    bad:

    ```yaml
    settings:
      name: Demo
      videoSize: {width: 1920, height: 1080}
      alphaChannel: "yes"
    scenes:
      - tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png, duration: 4s,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    settings:
      name: Demo
      videoSize: {width: 1920, height: 1080}
      alphaChannel: true
    scenes:
      - tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png, duration: 4s,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    return Words(f"{what} must be {wanted}, and this is {found}", at, help=help)


@problem("error")
def missing_field(at: Place, name: str, owner: str, help: str, doubtful: bool = False) -> Words:
    """A field that the service needs is not there.

    The service rejects a job without it. Where its documentation does not say so outright, this is a warning. A field
    whose value is null counts as not there.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: video,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: video, videoUrl: https://cdn.example.com/a.mp4,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    return Words(f"{owner} has no {name}", at, help=help, severity="warning" if doubtful else None)


@problem("error")
def empty_field(at: Place, name: str) -> Words:
    """A field that names something holds an empty text.

    An actor or a saved job without a name cannot be found by the service.

    bad:

    ```yaml
    templateJobId: ""
    ```

    good:

    ```yaml
    templateJobId: 5f0c8a2e
    ```
    """
    return Words(f"`{name}` is empty", at, help=f"write the `{name}` that the service knows")


@problem("error")
def unknown_value(
    at: Place,
    name: str,
    value: str,
    known: tuple[str, ...],
    near: str,
    sure: bool,
    otherwise: str = "",
    repair: Repair | None = None,
) -> Words:
    """A value is none of those that the field takes.

    Where the service documents all of them, and where the value is a near miss of one, this is an error. Where the
    documentation shows only some, it is a warning and the value is sent.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello., variant: bubbel}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello., variant: bubble}
    ```
    """
    message = f"`{value}` is no {name} that the service documents"
    help = meant(near) or otherwise or f"documented: {listed(known)}"
    repairs = (respelled(at.span, near),) if near else () if repair is None else (repair,)
    return Words(message, at, help=help, repairs=repairs, severity=None if sure or near else "warning")


@problem("error")
def unknown_track_type(at: Place, type: str, known: tuple[str, ...], near: str, word: str, help: str = "") -> Words:
    """A track's `type` is none that vidc knows.

    The service documents `actor`, `image` and `video`, and speaks of audio and text. A near miss of one of those is an
    error, and so is the name of a component, which is put in place by `use`. Anything else is a warning, and the track
    is sent as it is written; it is taken to fill its scene.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actr, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```
    """
    message = f"`{type}` is no type of track that the service documents"
    if near:
        return Words(message, at, help=meant(near), repairs=(respelled(at.span, near),))
    help = help or meant(word) or f"known types: {listed(known)}; the track is sent as it is written"
    return Words(message, at, help=help, severity="warning")


def component_as_type(at: Place, name: str, key: Span, component: Span, alone: bool) -> Finding:
    """An unknown type of track that is the name of a component. `key`: that of the type; `alone`: there is no
    other but `with`."""
    message = f"`{short(name)}` is a component, and no type of track"
    help = f"write `use: {short(name)}`" + ("" if alone else ", with the rest of the track under `with`")
    edits = (*respelled(key, "use").edits, *(() if at.span.text == name else respelled(at.span, name).edits))
    repairs = (Repair(help, edits),) if alone else ()
    words = Words(message, at, (Label(component, "declared here"),), help, repairs=repairs)
    return replace(unknown_track_type(at, name, (), "", ""), severity="error", words=words)


@problem("error")
def no_scenes(at: Place) -> Words:
    """The list of scenes is empty.

    A video is its scenes, one after another; without one there is nothing to make.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes: []
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png, duration: 4s,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    return Words("`scenes` holds no scene", at, help="add one, or see why no `for` or `if` made one")


@problem("error")
def text_and_audio(at: Place, text: Span) -> Words:
    """An actor has both a script and a recording.

    `text` is spoken by a voice, `audioUrl` is a recording that the lips follow. The service does not say which of them
    wins, and the video's length hangs on it.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello., speakerId: aquXcfLbkxpW4BBI5qKm,
             audioUrl: https://cdn.example.com/hello.mp3}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             audioUrl: https://cdn.example.com/hello.mp3}
    ```
    """
    return Words(
        "this actor has both `text` and `audioUrl`",
        at,
        (Label(text, "a script for a voice"),),
        "remove one of them: the service does not say which one is heard",
        conflict=(text, at.span),
    )


@problem("warning")
def missing_name(at: Place) -> Words:
    """The video has no name.

    `settings.name` is what the video is called in the workspace. The service's documentation disagrees with itself on
    whether a job without it is taken.

    bad:

    ```yaml
    settings: {videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png, duration: 4s,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png, duration: 4s,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    return Words("the video has no name, and the service may refuse the job", at, help="add `name` to `settings`")


@problem("warning")
def missing_speaker(at: Place) -> Words:
    """An actor has a script and no voice to speak it.

    Every published example names a `speakerId` beside `text`. What the service does without one is not documented: it
    may refuse the job, or pick a voice, and the length of the speech changes with the voice.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```
    """
    return Words(
        "this script has no `speakerId`: which voice speaks it is left to the service",
        at,
        help="add `speakerId`, the `name` of one of the workspace's voices",
    )


@problem("warning")
def untyped_variable(at: Place, name: str, found: str) -> Words:
    """A service variable of a literal job is not text.

    Every documented value of `dynamicVariables` is text. What the service puts into a script for a number or for true
    or false is not documented. In a spec vidc writes them as text; a job that is taken literally is left as it is.

    bad:

    ```yaml
    videoCreative:
      settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
      scenes:
        - tracks:
            - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
               position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
               text: "Version {version}."}
    dynamicVariables: {version: 2}
    ```

    good:

    ```yaml
    videoCreative:
      settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
      scenes:
        - tracks:
            - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
               position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
               text: "Version {version}."}
    dynamicVariables: {version: "2"}
    ```
    """
    return Words(
        f"the service variable `{name}` is {found}, and the service documents only text", at, help="put it in quotes"
    )


@problem("warning")
def swapped_names(at: Place, actor: str, speaker: str, other: Span) -> Words:
    """An actor has the id of a voice, and a voice the name of an actor.

    `actor` is who is seen, by a name such as `karen`; `speakerId` is the voice, by an id such as `en-GB-RyanNeural`.
    The service finds neither of them under the other's name.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: en-GB-RyanNeural, speakerId: ryan,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: ryan, speakerId: en-GB-RyanNeural,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```
    """
    labels = (Label(other, "looks like the name of an actor"),)
    help = f"swap them: write `actor: {short(speaker)}` and `speakerId: {short(actor)}`"
    return Words("this `actor` looks like the id of a voice", at, labels, help)
