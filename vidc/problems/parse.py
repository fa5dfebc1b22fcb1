"""What can be wrong with a text before anything is known of its meaning."""

from __future__ import annotations

from re import search

from vidc.diag.catalog import problem
from vidc.diag.finding import Edit, Finding, Label, Place, Repair, Words
from vidc.record import replace
from vidc.source import Span

from .quoting import in_quotes
from .wording import quoted, short


@problem("warning")
def cut_by_comment(at: Span, whole: Span | None = None, is_all: bool = False, label: Label | None = None) -> Words:
    """A `#` cuts a text off: what follows it on the line is a comment.

    In YAML a `#` after a blank begins a comment. A text that holds one needs quotes. Comments that are meant have a
    blank behind the `#`. In `{...}` the comment takes away what closes the braces as well, and nothing behind it can be
    read: that is an error, and so is a color or a text of which nothing is left.

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
    labels = () if label is None else (label,)
    if is_all and whole is not None:
        message = "`#` begins a comment here, and nothing is left of the value"
        help = in_quotes(whole.text, "it")
        return Words(message, Place(at), labels, help, severity="error", repairs=(_quoting(whole),))
    if label is not None:
        help = "put the text in quotes" if whole is None else in_quotes(whole.text)
        repairs = () if whole is None else (_quoting(whole),)
        return Words(message, Place(at), labels, help, severity="error", repairs=repairs)
    if whole is None:
        return Words(message, Place(at), help="write a blank behind the `#` of a comment; a text with `#` needs quotes")
    return Words(message, Place(at), help=f"{in_quotes(whole.text)}; or write a blank behind the `#` of a comment")


def _quoting(whole: Span) -> Repair:
    right = quoted(whole.text)
    return Repair(f"write `{short(right)}`", (Edit(whole, right),))


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
    message = f"a comma ends this text, and `{short(piece)}` is read as a key"
    return Words(message, at, help=in_quotes(at.span.text), repairs=(_quoting(at.span),))


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
    before, behind = at.source.text[: at.start], at.source.text[at.end :]
    is_other = any(search(key, before) and search(key, behind) for key in ("(?m)^settings:", "(?m)^scenes:"))
    help = "put it into a file of its own" if is_other else "remove this line, or put what is below into another file"
    return Words("a second document begins here, and a file holds one", Place(at), help=help)


@problem("error")
def merge_conflict(at: Span, labels: tuple[Label, ...]) -> Words:
    """A merge left its marks: both sides of it stand in the file.

    Where two branches change the same lines, git writes both between `<<<<<<<`, `=======` and `>>>>>>>`, for a person
    to choose.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
    <<<<<<< HEAD
      - duration: 4s
    =======
      - duration: 5s
    >>>>>>> main
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 5s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    help = "keep the lines of one side, or of both, and remove the three lines with marks"
    return Words("a merge left both of its sides here", Place(at), labels, help)


@problem("error")
def repeated_key(at: Span, name: str, first: Span, part: str = "", dash: Repair | None = None) -> Words:
    """A key stands twice in one mapping.

    YAML readers keep one of the two and say nothing. Which one differs from reader to reader. Where the `- ` of a track
    or a scene is lost, its keys stand again in the one before.

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
    if dash is not None:
        message = f"`{name}` begins another {part} here, which has no `- `"
        return Words(message, Place(at), (Label(first, f"the {part} before"),), dash.title, repairs=(dash,))
    return Words(
        f"`{name}` stands twice in one mapping", Place(at), (Label(first, "the first one"),), "remove one of them"
    )


def repeated_tracks(at: Span, first: Span, edits: tuple[Edit, ...]) -> Finding:
    """The tracks of one scene in two lists. `edits`: what makes them one."""
    help = "put both lists under one `tracks`"
    repairs = (Repair(help, edits),) if edits else ()
    words = Words("`tracks` stands twice in one scene", Place(at), (Label(first, "the first one"),), help)
    return replace(repeated_key(at, "tracks", first), words=replace(words, repairs=repairs))


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
def tag_used(
    at: Span,
    text: Span | None = None,
    file: str = "",
    repairs: tuple[Repair, ...] = (),
    is_condition: bool = False,
    is_text: bool = False,
) -> Words:
    """A YAML tag stands before a value.

    vidc reads the plain types of YAML 1.2 and no tags: a tag can mean anything to another reader. A text that begins
    with `!` needs quotes. Another file is named by `include: [brand.yaml]` at the top; its variables, defaults and
    components are known then.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - type: text
            text: !Save your work
            position: {x: 0, y: 0}
            size: {width: 1080, height: 200}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - type: text
            text: "!Save your work"
            position: {x: 0, y: 0}
            size: {width: 1080, height: 200}
    ```
    """
    if file and is_text:
        help = f"write what stands in `{short(file)}` here: no text comes from another file"
        return Words(f"`{at.text}` is a tag, and vidc reads no tags", Place(at), help=help)
    if file:
        help = f"write `include: [{short(file)}]`"
        help += "" if repairs else " at the top, for its variables, defaults and components"
        return Words(f"`{at.text}` is a tag, and vidc reads no tags", Place(at), help=help, repairs=repairs)
    if text is not None and is_condition:
        right = f"not {text.text[1:].lstrip()}"
        help, repair = f"write `{short(right)}`", Repair(f"write `{short(right)}`", (Edit(text, right),))
        return Words("`!` begins a tag here, and denies nothing", Place(at), help=help, repairs=(repair,))
    if text is not None:
        message = "a text that begins with `!` needs quotes: without, it is a tag"
        return Words(message, Place(at), help=in_quotes(text.text), repairs=(_quoting(text),))
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
