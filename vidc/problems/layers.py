"""What can be wrong with tracks that lie on one another."""

from __future__ import annotations

from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Severity, Words

from .wording import listed


@problem("warning", "rule")
def covered(
    at: Place,
    type: str,
    names: tuple[str, ...],
    labels: tuple[Label, ...],
    help: str,
    severity: Severity | None = None,
    may_be_clear: bool = False,
) -> Words:
    """A picture that fills the video lies on other tracks for as long as they are there.

    The order of the tracks decides what covers what: later ones lie on top, as far as is known of the service. So a
    background is written first. An image is taken to cover what is under it if its address ends in `.jpg` or `.jpeg`
    or its file is called a background, and a video if its own ends in `.mp4` and its background stays. Other images may
    be transparent: of them it is a note.

    An actor under a video is heard and not seen, which may well be meant, and is a note. Under an image it is a
    warning: allow it where only the voice is wanted.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: text, text: Welcome,
             position: {x: 5%, y: 80%}, size: {width: 90%, height: 12%}}
          - {type: image, imageUrl: https://cdn.example.com/office.jpg,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/office.jpg,
             position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
          - {type: text, text: Welcome,
             position: {x: 5%, y: 80%}, size: {width: 90%, height: 12%}}
    ```
    """
    where = ", where it is not transparent" if may_be_clear else ""
    severity = "note" if may_be_clear else severity
    return Words(f"this {type} covers {listed(names)} from start to end{where}", at, labels, help, severity)


@problem("warning", "rule")
def text_on_text(at: Place, when: str, labels: tuple[Label, ...], help: str) -> Words:
    """Two texts stand in the same place at the same time.

    Nobody can read either of them. A `startTimeGap` counts from the start of the scene, not from the end of the track
    before, and a text without `duration` or `endTimeGap` stays to the end of its scene.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    defaults:
      text: {position: {x: 5%, y: 80%}, size: {width: 90%, height: 12%}}
    scenes:
      - duration: 8s
        tracks:
          - {type: text, text: Open the door, duration: 3s}
          - {type: text, text: Turn the key, startTimeGap: 500ms, duration: 3s}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    defaults:
      text: {position: {x: 5%, y: 80%}, size: {width: 90%, height: 12%}}
    scenes:
      - duration: 8s
        tracks:
          - {type: text, text: Open the door, duration: 3s}
          - {type: text, text: Turn the key, startTimeGap: 3500ms, duration: 3s}
    ```
    """
    return Words(f"this text lies on another {when}", at, labels, help)
