"""What is wrong with aliases and merges."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Repair, Words
from vidc.source import Span

from .wording import listed, short


@problem("error")
def unknown_alias(at: Span, name: str, anchors: Iterable[str]) -> Words:
    """An alias names no anchor that stands before it.

    `*name` repeats the value that `&name` stands before, further up in the same file: the anchors of a file that is
    included do not count, and what several files share is a component, a variable or a default. A text that begins
    with `*` needs quotes.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: *hd}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```

    good:

    ```yaml
    x-sizes: {hd: &hd {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: *hd}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```
    """
    from vidc.diag.near import nearest

    near = nearest(name, anchors)
    above = f"write `&{name}` before the value it means, above this place; anchors of other files do not count"
    help = f"did you mean `*{near}`?" if near else above
    return Words(f"no anchor `&{name}` stands before this alias", Place(at), help=help)


@problem("error")
def recursive_alias(at: Span, name: str) -> Words:
    """An alias stands inside the very value it names.

    The value would hold itself without an end, and no job can. Write out what the alias is to repeat.

    bad:

    ```yaml
    settings: &all {name: Demo, again: *all}
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
    message = f"`*{name}` stands inside the value it names, which then never ends"
    return Words(message, Place(at), help="remove it, or write out what is meant here")


@problem("error")
def merge_not_mapping(at: Span) -> Words:
    """A merge key `<<` has a value that is no mapping.

    `<<: *name` puts the keys of another mapping under those that are written beside it; a text or a number has no keys.

    bad:

    ```yaml
    settings: {<<: hd, name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```

    good:

    ```yaml
    x-hd: &hd {name: Demo, videoSize: {width: 1920, height: 1080}}
    settings: {<<: *hd, name: Welcome}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    message = "`<<` merges a mapping, or a list of mappings, and this is neither"
    return Words(message, Place(at), help="write `<<: *name`, with `&name` before a mapping above this place")


@problem("error")
def merged_list(at: Place, count: int, lost: Collection[str], second: Span) -> Words:
    """A merge key `<<` takes a whole list, and only its first item is seen.

    `<<` makes one mapping of all that it is given, and what comes first wins: of a list of tracks the first is left.
    YAML cannot put the items of one list into another. Give each item an anchor of its own, or make a component of
    the tracks.

    bad:

    ```yaml
    x-logos: &logos
      - {type: image, imageUrl: https://cdn.example.com/a.png,
         position: {x: 0, y: 0}, size: {width: 100, height: 100}}
      - {type: image, imageUrl: https://cdn.example.com/b.png,
         position: {x: 100, y: 0}, size: {width: 100, height: 100}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - <<: *logos
    ```

    good:

    ```yaml
    components:
      logos:
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 100, height: 100}}
          - {type: image, imageUrl: https://cdn.example.com/b.png,
             position: {x: 100, y: 0}, size: {width: 100, height: 100}}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - use: logos
    ```
    """
    verb = "is" if len(lost) == 1 else "are"
    return Words(
        f"`<<` makes one mapping of this list of {count}: the first wins, and {listed(lost)} of the next {verb} lost",
        at,
        (Label(second, "this is lost"),),
        "give each item an anchor of its own and write one `- *name` for each, or make a component of them",
    )


@problem("error")
def repeated_merge(at: Place, right: str, first: Span, repair: Repair) -> Words:
    """The merge key `<<` stands twice in one mapping.

    A key stands once in a mapping, `<<` too. What several anchors bring is merged by a list of them, of which an
    earlier one wins.

    bad:

    ```yaml
    x-full: &full {position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
    x-late: &late {startTimeGap: 1s}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - type: image
            imageUrl: https://cdn.example.com/a.png
            <<: *full
            <<: *late
    ```

    good:

    ```yaml
    x-full: &full {position: {x: 0, y: 0}, size: {width: 100%, height: 100%}}
    x-late: &late {startTimeGap: 1s}
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - type: image
            imageUrl: https://cdn.example.com/a.png
            <<: [*full, *late]
    ```
    """
    labels = (Label(first, "the first one"),)
    return Words("`<<` stands twice in one mapping", at, labels, f"write `<<: {short(right)}`", repairs=(repair,))
