"""What is often written for a job of this service and is none of its names or forms.

Long because each finding carries its page.
"""

from __future__ import annotations

from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Repair, Severity, Words
from vidc.source import Span

from .wording import listed, respelled


@problem("error")
def misspelled_property(at: Place, name: str, owner: str, help: str, right: str = "") -> Words:
    """A key is nearly the name of a documented one.

    The service ignores what it does not know, so a misspelled time or address would be lost without a word. Its names
    are written in camelCase. A property that the service really has under this name can be put in `extra`.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080},
             start_time_gap: 1s}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080},
             startTimeGap: 1s}
    ```
    """
    return Words(f"{owner} has no `{name}`", at, help=help, repairs=(respelled(at.span, right),) if right else ())


@problem("error")
def invented_property(at: Place, name: str, owner: str, help: str, right: str = "") -> Words:
    """A key comes from the API of another service, or from nowhere.

    Such names stand in many examples that never worked. The service ignores what it does not know, and rejects the job
    for what is then missing.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, avatar_id: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
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
    return Words(f"{owner} has no `{name}`", at, help=help, repairs=(respelled(at.span, right),) if right else ())


@problem("error")
def misplaced_property(
    at: Place,
    name: str,
    owner: str,
    help: str,
    right: str = "",
    sure: bool = True,
    repair: Repair | None = None,
    labels: tuple[Label, ...] = (),
) -> Words:
    """A documented property stands where it does not belong.

    `settings` stands once, not in every scene; `dynamicVariables` and `callback` stand at the top; `videoUrl` belongs
    to a video and `imageUrl` to an image. A property that the service may take all the same, such as the `rotation` of
    an image, is sent with a warning.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        settings: {videoSize: {width: 1920, height: 1080}}
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 960, height: 540}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 960, height: 540}}
    ```
    """
    repairs = (respelled(at.span, right),) if right else () if repair is None else (repair,)
    severity: Severity | None = None if sure else "warning"
    where = "at the top" if owner == "a spec" else f"in {owner}"
    return Words(f"`{name}` does not belong {where}", at, labels, help, repairs=repairs, severity=severity)


@problem("warning")
def undocumented_property(at: Place, name: str, owner: str, help: str) -> Words:
    """A property is not in the service's documentation.

    It is sent as it is written. The service may use it, ignore it or refuse the job. In a spec, put it in `extra` to
    say that you mean it.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png, opacity: 0.5,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080},
             extra: {opacity: 0.5}}
    ```
    """
    return Words(f"`{name}` is not documented for {owner}", at, help=help)


_SECRETS = frozenset(("authorization", "authorizationtoken", "xapikey", "apikey", "token", "headers", "bearer"))


@problem("error")
def unknown_key(at: Place, name: str) -> Words:
    """A key at the top of the spec means nothing.

    Nothing reads it. A place of your own, for anchors or notes, begins with `x-`.

    bad:

    ```yaml
    templateJobId: 5f0c8a2e
    palette: [red, blue]
    ```

    good:

    ```yaml
    templateJobId: 5f0c8a2e
    x-palette: [red, blue]
    ```
    """
    if name.lower().replace("-", "").replace("_", "") in _SECRETS:
        return Words(f"a spec has no `{name}`", at, help="remove it: tokens belong into the environment")
    return Words(f"a spec has no `{name}`", at, help=f"remove it, or write `x-{name}` for a place of your own")


@problem("error")
def missing_blank(at: Place, key: str, right: str, labels: tuple[Label, ...], repairs: tuple[Repair, ...]) -> Words:
    """A key runs into its value.

    YAML takes `x:100` for one word; only a colon with a blank after it ends a key. In braces such a word is a key
    without a value.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x:100, y:50}, size: {width: 960, height: 540}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 100, y: 50}, size: {width: 960, height: 540}}
    ```
    """
    return Words(f"`{key}`: a blank is missing after the colon", at, labels, f"write `{right}`", repairs=repairs)


@problem("error")
def split_number(at: Place, rest: str, name: str, whole: str, label: Label) -> Words:
    """A comma cuts a number in two.

    In braces a comma ends a value, so `width: 1,000` is a width of 1 and a key `000` without a value.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1,000, height: 540}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1000, height: 540}}
    ```
    """
    return Words(f"`{rest}` is cut off from its number by a comma", at, (label,), f"write `{name}: {whole}`")


@problem("warning")
def lone_key(at: Place, name: str, owner: str, help: str = "") -> Words:
    """A key that is no field has no value.

    It says nothing and is left out.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png, looped,
             position: {x: 0, y: 0}, size: {width: 960, height: 540}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 960, height: 540}}
    ```
    """
    help = help or "remove it, or give it a value"
    return Words(f"`{name}` has no value, and {owner} has no such property", at, help=help)


@problem("error")
def another_vendors_body(
    at: Place, names: tuple[str, ...], like: str, labels: tuple[Label, ...], help: str, scene: bool = False
) -> Words:
    """This is the request of another vendor's API.

    Services such as HeyGen, D-ID and Synthesia take an avatar, a script and a voice side by side. This one takes
    `settings` and `scenes`; each scene has `tracks`, and the speaking person is a track of `type: actor`.

    bad:

    ```yaml
    avatar_id: karen
    voice_id: aquXcfLbkxpW4BBI5qKm
    script: Hello.
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```
    """
    what, lacks = ("scene", "`tracks`") if scene else ("request", "scenes")
    whose = f"like a {what} of {like or 'another vendor'}"
    return Words(f"this looks {whose}, not of Colossyan: it has no {lacks}, but {listed(names, 4)}", at, labels, help)


@problem("error")
def wrong_level(at: Place, type: str, help: str, repair: Repair | None, again: bool = False) -> Words:
    """A scene stands among the tracks of another scene, or a track among the scenes.

    `scenes` is a list of scenes, and each has a list of `tracks`. An item that is indented too far, or not far enough,
    ends up in the other list.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 960, height: 540}}
      - type: text
        text: Hello.
        position: {x: 0, y: 600}
        size: {width: 960, height: 90}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 960, height: 540}}
          - type: text
            text: Hello.
            position: {x: 0, y: 600}
            size: {width: 960, height: 90}
    ```
    """
    looks = "a track holds no tracks: this looks like a scene"
    if again:
        looks = "a track holds no tracks, and these stand in a list of tracks already"
    elif type:
        looks = f"this looks like a track of type `{type}`, and it stands among the scenes"
    return Words(looks, at, help=help, repairs=() if repair is None else (repair,))


@problem("error")
def extra_dash(at: Place, part: str, label: Label, repair: Repair) -> Words:
    """A `- ` too many parts a track, or a scene, in two.

    Each `- ` begins an item of its list. Of the two that stand here, one has no `type`, or no `tracks`, and the other
    lacks what that one has.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - name: Hello
        duration: 4s
        tracks:
          - type: image
          - imageUrl: https://cdn.example.com/a.png
            position: {x: 0, y: 0}
            size: {width: 960, height: 540}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - name: Hello
        duration: 4s
        tracks:
          - type: image
            imageUrl: https://cdn.example.com/a.png
            position: {x: 0, y: 0}
            size: {width: 960, height: 540}
    ```
    """
    help = f"remove the `- ` here: these are one {part}"
    return Words(f"this `- ` begins another {part}", at, (label,), help, repairs=(repair,))


@problem("error")
def another_request(at: Place, makes: str, method: str, help: str) -> Words:
    """This is a request that makes something other than a video.

    The service takes avatars and drafts at other addresses. A spec describes one video.

    bad:

    ```yaml
    displayName: Karen
    sourceFileUrl: https://cdn.example.com/karen.mp4
    gender: Female
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```
    """
    return Words(f"this is a request that makes {makes}, not a video: the body of `{method}`", at, help=help)


@problem("error")
def answer_property(at: Place, names: tuple[str, ...], labels: tuple[Label, ...], help: str, sent: bool) -> Words:
    """A key belongs to the service's answer, not to a request.

    `status`, `progress`, `videoId` and the like are told by the service. There is no `download_url` or `video_url` at
    all: the file's address is `publicUrl` of the generated video, and a job's end is `finished`, `failed` or `deleted`.

    bad:

    ```yaml
    templateJobId: 5f0c8a2e
    status: done
    ```

    good:

    ```yaml
    templateJobId: 5f0c8a2e
    ```
    """
    verb = "is" if len(names) == 1 else "are"
    return Words(
        f"{listed(names, 4)} {verb} part of the service's answer, not of a request",
        at,
        labels,
        help,
        severity="warning" if sent else None,
    )


@problem("error")
def mixed_forms(at: Place, names: tuple[str, ...], labels: tuple[Label, ...]) -> Words:
    """A job and a spec stand in one file.

    A file with `videoCreative` and nothing of vidc's own is a job, taken literally. A spec has `settings` and `scenes`
    at its top. In a mixture it is not clear which of the two is meant.

    bad:

    ```yaml
    variables: {company: Northwind}
    videoCreative:
      settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
      scenes:
        - tracks:
            - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
               position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
               text: Welcome to <company>.}
    ```

    good:

    ```yaml
    variables: {company: Northwind}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Welcome to <company>.}
    ```
    """
    help = "write `settings` and `scenes` at the top instead of `videoCreative`"
    return Words(f"`videoCreative` stands beside {listed(names)}, which only a spec has", at, labels, help)


@problem("error")
def template_with_scenes(at: Place, names: tuple[str, ...], labels: tuple[Label, ...], template: Span) -> Words:
    """A spec names a saved job and holds scenes as well.

    A job made of a template takes its settings and scenes from the saved job; only variables are given to it.

    bad:

    ```yaml
    templateJobId: 5f0c8a2e
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png, duration: 4s,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    templateJobId: 5f0c8a2e
    dynamicVariables: {city: London}
    ```
    """
    labels = (Label(template, "the saved job has its own"), *labels)
    help = "remove `templateJobId` for a new video, or the others for the saved one"
    return Words(f"{listed(names)} cannot stand beside `templateJobId`", at, labels, help)
