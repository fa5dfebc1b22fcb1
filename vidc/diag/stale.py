"""What can be wrong with an allowance in a file. A problem like any other, but raised by `allow`, which no pass is."""

from __future__ import annotations

from vidc.source import Span

from .catalog import problem
from .finding import Edit, Label, Place, Repair, Words


@problem("warning")
def unused_allowance(at: Place, name: str) -> Words:
    """An allowance silences nothing.

    `# vidc: allow NAME` speaks for its own line, or, alone on a line, for the next one. What it was written for is
    gone or stands elsewhere, and it would hide the next mistake of that name. While a spec has errors vidc cannot know,
    and does not report this. Where a finding comes and goes with the values of variables, allow this one beside it:
    `# vidc: allow off-canvas, unused-allowance`.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          # vidc: allow off-canvas -- the logo slides in from the left
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there.}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there.}
    ```
    """
    return Words(f"nothing here is `{name}`, which is allowed", at, help="remove the allowance")


@problem("warning")
def unknown_allowance(at: Place, name: str, near: str | None) -> Words:
    """An allowance names no finding.

    The name is the word in brackets behind a finding's message. `vidc explain` lists them all.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there.}  # vidc: allow everything
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there.}
    ```
    """
    help = f"did you mean `{near}`?" if near else "`vidc explain` lists the names"
    repairs = (Repair(f"write `{near}`", (Edit(at.span, near),)),) if near else ()
    return Words(f"no finding is named `{name}`", at, help=help, repairs=repairs)


@problem("warning")
def error_not_allowed(at: Place, name: str, error: Span) -> Words:
    """An allowance names an error.

    Warnings and notes can be allowed. An error says that there is no job to send, and stays until the spec is changed.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - type: image
            imageUrl: https://cdn.example.com/a.png
            position: {x: 0, y: 0}
            size: {width: 1920, height: 1080}
            startTimeGap: 5s  # vidc: allow empty-window
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - type: image
            imageUrl: https://cdn.example.com/a.png
            position: {x: 0, y: 0}
            size: {width: 1920, height: 1080}
            startTimeGap: 1s
    ```
    """
    labels = (Label(error, "the error"),)
    return Words(f"`{name}` is an error here, and errors cannot be allowed", at, labels, help="remove the allowance")


@problem("warning")
def unreadable_allowance(at: Place) -> Words:
    """A comment to vidc says nothing that it understands.

    There is one such comment: `# vidc: allow NAME, NAME -- reason`. It is never without a name, so that it hides what
    it was written for and nothing else. The reason is free text, and may be left out.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          # vidc: ignore
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there.}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 420, y: 0}, size: {width: 1080, height: 1080},
             text: Hello there.}
    ```
    """
    return Words("this comment allows nothing", at, help="write `# vidc: allow NAME -- reason`")
