"""What can be wrong with the times, places and addresses of a spec."""

from __future__ import annotations

from collections.abc import Mapping

from vidc.diag.catalog import problem
from vidc.diag.finding import Edit, Label, Place, Repair, Words
from vidc.source import Span

from .wording import respelled


@problem("error")
def bad_time(at: Place, name: str, what: str, help: str, instead: str = "", repair: Repair | None = None) -> Words:
    """A value is no time.

    Times are whole milliseconds, as in the service, or text with units: `500ms`, `2s`, `2.5s`, `1m30s`, `1h`. A
    duration is above zero; a gap may be zero; nothing is longer than a day. In a job that is taken literally only
    numbers of milliseconds will do.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 1:30
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 1m30s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    repairs = (Repair(f"write `{instead}`", (Edit(at.span, instead),)),) if instead else (repair,) if repair else ()
    return Words(f"`{name}` {what}", at, help=help, repairs=repairs)


@problem("error")
def bad_place(at: Place, name: str, what: str, help: str) -> Words:
    """A position or a size cannot be read, or a size is not above zero.

    Places are pixels from the top left, or percentages of the video's width (`x`, `width`) and height (`y`, `height`).
    A position may be `center`. A size is above zero.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: middle, y: 0}, size: {width: 960, height: 540}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: center, y: 0}, size: {width: 960, height: 540}}
    ```
    """
    return Words(f"`{name}` {what}", at, help=help)


@problem("error")
def bad_video_size(at: Place, what: str, help: str) -> Words:
    """The video's size is not a width and a height in whole pixels.

    The service takes neither names such as `square` or `1080p` nor text such as `1920x1080`.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: square}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1080, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    return Words(what, at, help=help)


@problem("error")
def unfetchable_url(at: Place, name: str, why: str, help: str, surely: bool = True, right: str = "") -> Words:
    """The service cannot fetch from this address, or post to it.

    It runs elsewhere: files of this machine, addresses without `http://` or `https://`, and storage links such as
    `s3://` are out of its reach. An address of this machine or of a private network is a warning, since a service on
    this machine can reach it. In a job that is taken literally all of it is a warning: no documented rule is broken.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: images/a.png,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/images/a.png,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    repairs = (respelled(at.span, right),) if right else ()
    return Words(f"{name} {why}", at, help=help, severity=None if surely else "warning", repairs=repairs)


@problem("warning")
def not_a_file(at: Place, name: str, whose: str, help: str) -> Words:
    """An address leads to a page that shows a file, not to the file.

    A browser shows a video at such an address; the service fetches the page instead and cannot read it. It needs the
    address of the file itself.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: video, videoUrl: https://www.youtube.com/watch?v=aqz-KE-bpKQ,
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
    return Words(f"`{name}` is a page of {whose}, and the service needs the file", at, help=help)


@problem("warning")
def wrong_medium(at: Place, name: str, ending: str, kind: str) -> Words:
    """An address ends as that of another kind of medium, such as an `imageUrl` with `.mp4`.

    The service takes what an address holds for what its field says. A video is a track of type `video` with a
    `videoUrl`, a picture is one of type `image` with an `imageUrl`, and a sound one of type `audio` with an `audioUrl`.
    Slides and other documents are none of these: export them as pictures or as a video.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.mp4,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: video, videoUrl: https://cdn.example.com/a.mp4,
             intrinsicDuration: 4s,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    words = {"image": "picture", "video": "video", "audio": "sound"}
    needed = words[name.removesuffix("Url")]
    what, help = f"a {words.get(kind)}", f"write `type: {kind}` and `{kind}Url`, or the address of another file"
    if kind == "document":
        what, help = f"no {needed}", f"export it as a {needed}, and write the address of that"
    elif name == "audioUrl":
        help = f"write the address of a {needed}"
    elif kind == "audio":
        help = "write `{type: audio, audioUrl: ...}`, without `position` and `size`"
    return Words(f"`{name}` is the address of {what}, by its `.{ending}`", at, help=help)


@problem("warning")
def tiny_size(at: Place, written: Mapping[str, float], effect: str, labels: tuple[Label, ...], help: str) -> Words:
    """A size or a place in pixels is so small that a share of the video was meant.

    Both are in pixels, or percentages of the video's. `0.8` is not 80 %, but less than one pixel: nothing would be
    seen of such a size, and such a place is the corner. A `width` of 80 pixels beside a `height` in percent has most
    likely lost its `%`, and so has a text of 90 x 12 pixels where others are placed in percent.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 0.8, height: 540}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 80%, height: 540}}
    ```
    """
    names = " and ".join(f"`{name}`" for name in written)
    amounts = " and ".join(f"{value:g}" for value in written.values())
    return Words(f"{names} {'is' if len(written) == 1 else 'are'} {amounts} pixels, {effect}", at, labels, help)


@problem("error")
def wrong_host(at: Place, name: str, host: str, help: str) -> Words:
    """An address names the service's API where something else belongs.

    `callback` is an address of your own, to which the service posts when the video is ready. The host
    `api.colossyan.com`, found in many examples, does not exist: the API is at `app.colossyan.com/api/v1`, and vidc
    knows it.

    bad:

    ```yaml
    templateJobId: 5f0c8a2e
    callback: https://api.colossyan.com/v1/videos
    ```

    good:

    ```yaml
    templateJobId: 5f0c8a2e
    callback: https://hooks.example.com/colossyan
    ```
    """
    return Words(f"`{name}` points at the service's own API, `{host}`", at, help=help)


@problem("error")
def trailing_comma(at: Place, name: str, value: str) -> Words:
    """A comma ends a value that stands on a line of its own.

    JSON has commas between its keys; in YAML, where each key has a line of its own, a comma is a part of the value. A
    name that really ends in one is written in quotes.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen,
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: Hello there.
            position: {x: 0, y: 0}
            size: {width: 1080, height: 1080}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: Hello there.
            position: {x: 0, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    bare = value.rstrip(", ")
    end = Span(at.span.source, at.span.start + len(bare), at.span.end)
    repair = Repair("remove the comma", (Edit(end, ""),))
    message = f"`{name}` ends in a comma, which is part of its value"
    return Words(message, Place(end, at.path, at.via), help="remove the comma", repairs=(repair,))


@problem("error")
def infinite_number(at: Place, name: str) -> Words:
    """A number has no end.

    A job is JSON, and JSON has no infinite numbers. They come from variables whose value is too large to hold.

    good:

    ```yaml
    templateJobId: 5f0c8a2e
    callbackPayload: {weight: 1000000}
    ```
    """
    return Words(
        f"a number in `{name}` is infinite, and no job can hold it", at, help="write a number that JSON can hold"
    )


@problem("error")
def extra_clash(at: Place, name: str, other: Span | None) -> Words:
    """`extra` holds a property that is documented, or that is written beside it too.

    What stands in `extra` is passed through unread, so a documented property there would escape every check.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080},
             extra: {startTimeGap: 1000, opacity: 0.5}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080},
             startTimeGap: 1s, extra: {opacity: 0.5}}
    ```
    """
    if other is not None:
        help = "keep one of them"
        return Words(f"`{name}` stands in `extra` and beside it", at, (Label(other, "written here"),), help)
    return Words(
        f"`{name}` is documented and stands in `extra`, where nothing checks it", at, help="write it outside `extra`"
    )
