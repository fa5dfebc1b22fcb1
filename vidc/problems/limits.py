"""What is more than a spec may hold."""

from __future__ import annotations

from vidc.diag.catalog import problem
from vidc.diag.finding import Place, Words
from vidc.source import Span


@problem("error")
def huge_number(at: Span, digits: int) -> Words:
    """A number is too large for any field of a job.

    No size, place or time of the service comes near 30 digits. Digits that only name something, such as an identifier,
    are a text and need quotes.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1e999, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    return Words(
        "this number is too large", Place(at), help=f"numbers have at most {digits} digits; put an identifier in quotes"
    )


@problem("error")
def too_long(at: Span, characters: int, limit: int) -> Words:
    """A spec has more than 16 million characters, together with the files that it includes.

    A file of that size is no script: most often it holds a picture or a film as text. Give their addresses instead, or
    make several videos.
    """
    return Words(
        f"the spec has {characters:,} characters, and at most {limit:,} are read",
        Place(at),
        help="split it into several videos",
    )


@problem("error")
def too_deep(at: Span, limit: int) -> Words:
    """Lists and mappings are nested more than 64 deep.

    The place of a track stands six deep. So many brackets are most often never closed.
    """
    help = "see that each bracket is closed: the place of a track stands six deep"
    return Words(f"this is nested more than {limit} deep", Place(at), help=help)


@problem("error")
def too_many_nodes(at: Span, limit: int) -> Words:
    """A spec has more than two million values, counting what it includes and what aliases repeat.

    A list, a mapping and a key count as two. An alias counts as often as it is used, with all that it holds; aliases
    of aliases grow fast. Use them for small values, or make several videos.
    """
    message = f"the spec has more than {limit:,} values, counting what aliases repeat"
    return Words(message, Place(at), help="use aliases of small values only, or make several videos of it")


@problem("error")
def scalar_too_long(at: Span, characters: int, limit: int) -> Words:
    """One text is longer than 100,000 characters.

    That is two hours of speech, and the service takes no such script: split it into scenes. A picture or a film is not
    written into a spec, but named by its address.
    """
    message = f"this text has {characters:,} characters, and at most {limit:,} are read"
    return Words(message, Place(at), help="make several scenes of it")
