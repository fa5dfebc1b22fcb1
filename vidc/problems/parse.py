"""What can be wrong with a text before anything is known of its meaning.

Long because each finding carries its page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from vidc.diag.catalog import problem
from vidc.diag.finding import Edit, Label, Place, Repair, Words
from vidc.source import Span

from .wording import listed, quoted, short


@problem("warning")
def cut_by_comment(at: Span, opened: Span | None = None, whole: Span | None = None) -> Words:
    """A `#` cuts a text off: what follows it on the line is a comment.

    In YAML a `#` after a blank begins a comment. A text that holds one needs quotes. Comments that are meant have a
    blank behind the `#`. In `{...}` the comment takes away what closes the braces as well, and nothing behind it can be
    read: that is an error.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: We are the #1 bank in town.
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
            text: "We are the #1 bank in town."
            position: {x: 0, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    message = "`#` begins a comment here, and the rest of the line is not read"
    if opened is None:
        help = "put the text in quotes, or a blank behind a `#` that begins a comment"
        return Words(message, Place(at), help=help)
    label = Label(opened, "what begins here is not closed")
    right = quoted(whole.text) if whole is not None else ""
    help = f"put the text in quotes: `{short(right)}`" if right else "put the text in quotes"
    repairs = (Repair(f"write `{short(right)}`", (Edit(whole, right),)),) if whole is not None else ()
    return Words(message, Place(at), (label,), help, severity="error", repairs=repairs)


@problem("error")
def cut_by_comma(at: Place, piece: str) -> Words:
    """A comma cuts a text off: in braces it ends a value, and what follows is read as a key.

    In `{...}` a comma stands between two entries, so a text that holds one needs quotes. Without braces, where each key
    has a line of its own, a comma is part of the text.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello, and welcome.}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: "Hello, and welcome."}
    ```
    """
    right = quoted(at.span.text)
    return Words(
        f"a comma ends this text, and `{short(piece)}` is read as a key",
        at,
        help=f"put the text in quotes: `{short(right)}`",
        repairs=(Repair(f"write `{short(right)}`", (Edit(at.span, right),)),),
    )


@problem("error")
def empty_spec(at: Span) -> Words:
    """The file holds nothing.

    `vidc new` writes a first spec that compiles.

    bad:

    ```yaml
    # nothing but a comment
    ```
    """
    return Words("there is no spec in this file", Place(at), help="`vidc new` writes a first one")


@problem("error")
def not_a_mapping(at: Span, found: str) -> Words:
    """The whole file is a list or a single value.

    A spec is a mapping: `settings`, `scenes` and other keys, each with a value.

    bad:

    ```yaml
    - settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    - scenes: []
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
        f"a spec is a mapping with `settings` and `scenes`, and this file is {found}",
        Place(Span(at.source, at.start, min(at.end, at.start + 40))),
        help="write `settings:` and `scenes:` at the start of a line each; `vidc new` writes a first spec",
    )


@problem("error")
def second_document(at: Span) -> Words:
    """A second document begins in the file.

    One file is one video. What stands behind `---` would never be made.

    bad:

    ```yaml
    settings: {name: One, videoSize: {width: 1920, height: 1080}}
    ---
    settings: {name: Two, videoSize: {width: 1920, height: 1080}}
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
    return Words("a second document begins here, and a file holds one", Place(at), help="put it into a file of its own")


@problem("error")
def repeated_key(at: Span, name: str, first: Span) -> Words:
    """A key stands twice in one mapping.

    YAML readers keep one of the two and say nothing. Which one differs from reader to reader.

    bad:

    ```yaml
    settings: {name: Demo, name: Other, videoSize: {width: 1920, height: 1080}}
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
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```
    """
    return Words(
        f"`{name}` stands twice in one mapping", Place(at), (Label(first, "the first one"),), "remove one of them"
    )


@problem("error")
def key_not_text(at: Span) -> Words:
    """A key is a list or a mapping.

    Keys of a spec are plain words. A value in `{{ }}` needs quotes: without them YAML reads two nested mappings.

    bad:

    ```yaml
    variables: {title: Demo}
    settings:
      name: {{ title }}
      videoSize: {width: 1920, height: 1080}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    variables: {title: Demo}
    settings:
      name: "{{ title }}"
      videoSize: {width: 1920, height: 1080}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    text = at.source.text
    if text[max(at.start - 1, 0) : at.start] == "{" == at.text[:1] and text[at.end : at.end + 1] == "}":
        whole = Span(at.source, at.start - 1, at.end + 1)
        message = "braces without quotes begin a mapping here, and no template"
        return Words(message, Place(whole), help=f'put the whole text in quotes, such as `"{short(whole.text)}"`')
    return Words("a key must be a word", Place(at), help="put a text that holds braces in quotes")


@problem("error")
def tag_used(at: Span) -> Words:
    """A YAML tag stands before a value.

    vidc reads the plain types of YAML 1.2 and no tags: a tag can mean anything to another reader.

    bad:

    ```yaml
    settings: {name: !!str Demo, videoSize: {width: 1920, height: 1080}}
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
        "a tag stands before this value", Place(at), help="remove it; quotes make a text, their absence a number"
    )


@problem("error")
def directive_used(at: Span) -> Words:
    """A YAML directive other than `%YAML` stands before the document.

    `%TAG` gives tags other names, and vidc reads no tags; nothing else that begins so is known.

    bad:

    ```yaml
    %TAG !v! tag:example.com,2020:
    ---
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```

    good:

    ```yaml
    %YAML 1.2
    ---
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```
    """
    return Words(f"`{at.text[:40]}` is a directive, and only `%YAML` is read", Place(at), help="remove the line")


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
def unknown_alias(at: Span, name: str, anchors: Iterable[str]) -> Words:
    """An alias names no anchor that stands before it.

    `*name` repeats the value that `&name` stands before, further up in the same file. A text that begins with `*` needs
    quotes.

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
    help = f"did you mean `*{near}`?" if near else f"write `&{name}` before the value it means, above this place"
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

    An alias counts as often as it is used, with all that it holds; aliases of aliases grow fast. Use them for small
    values, or make several videos.
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
