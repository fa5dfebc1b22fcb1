"""What can be wrong with a text before anything is known of its meaning.

Long because each finding carries its page.
"""

from __future__ import annotations

from collections.abc import Iterable

from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Words
from vidc.source import Span

_ADVICE = {
    "found character that cannot start any token": (
        "no value can start with this character",
        "put the value in quotes; indent with spaces, not tabs",
    ),
    "mapping values are not allowed in this context": (
        "a `: ` stands where no key can be",
        "put a text that contains `: ` in quotes, or check the indentation",
    ),
    "could not find expected ':'": ("this line is neither a key with `:` nor part of the text above", ""),
    "did not find expected key": ("a key is expected here", "check the indentation and the quotes of the line above"),
    "did not find expected '-' indicator": (
        "a list goes on here, but this line does not begin with `-`",
        "check the indentation",
    ),
    "did not find expected ',' or ']'": ("this list in `[...]` is not closed", "add `]`, or `,` between the items"),
    "did not find expected ',' or '}'": ("this mapping in `{...}` is not closed", "add `}`, or `,` between the keys"),
    "did not find expected node content": ("a value is expected here", ""),
    "found unexpected end of stream": ("the text ends inside quotes", "close the quotes"),
    "found unknown escape character": (
        "this backslash begins no known escape",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    "found invalid Unicode character escape code": (
        "this escape names half a character",
        "write both halves, or the character itself",
    ),
    "did not find expected hexdecimal number": (
        "this backslash begins no known escape",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    "did not find expected comment or line break": (
        "`>` and `|` begin a text on the next lines",
        "put a text that begins with `>` or `|` in quotes",
    ),
    "found undefined tag handle": ("this tag is not known", "remove the tag; a text that begins with `!` needs quotes"),
    "found unknown directive name": (
        "a line that begins with `%` is a directive",
        "indent the line, or put a text that begins with `%` in quotes",
    ),
    "did not find expected <document start>": (
        "the text goes on behind its end",
        "a spec is one mapping; check the indentation of this line",
    ),
    "block sequence entries are not allowed in this context": (
        "a list cannot begin here",
        "put a text that begins with `- ` in quotes; a list begins on a line of its own",
    ),
    "did not find expected alphabetic or numeric character": (
        "`*` and `&` begin an alias or an anchor, and a name must follow",
        "put a text that begins with `*` or `&` in quotes",
    ),
}

_OPENED = {
    "while parsing a flow sequence": "the list begins here",
    "while parsing a block collection": "the list begins here",
    "while parsing a flow mapping": "the mapping begins here",
    "while parsing a block mapping": "the mapping begins here",
    "while scanning a quoted scalar": "the quotes open here",
    "while parsing a quoted scalar": "the quotes open here",
    "while scanning a simple key": "the line begins here",
}
"""What a parser's context means to an author."""


def _slip(at: Span, problem: str) -> tuple[str, str] | None:
    """Message and help where the lines show what the author's hand did."""
    source = at.source
    number, column = source.position(at.start)
    line, above = source.line(number), source.line(number - 1)
    if at.text == "\t":
        return "a tab stands where only spaces can", "indent with spaces"
    for one in (line, above):
        odd = next((sign for sign in one[: _indent(one)] if sign not in " \t"), "")
        if odd:
            return f"a space that is none (U+{ord(odd):04X}) stands in the indentation", "replace it by plain spaces"
    if 1 < column < len(line) + 2 and line[column - 2] in "'\"" and at.text[:1].isalnum():
        quote = line[column - 2]
        double = "''" if quote == "'" else '\\"'
        return f"the quotes end here, before the text does: `{quote}`", f"write `{double}` inside the quotes"
    if problem == "mapping values are not allowed in this context":
        return _missing_blank(above) or _too_deep(line, above)
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _missing_blank(above: str) -> tuple[str, str] | None:
    text = above.strip()
    if text.startswith("-") and text[1:2].isalpha():
        return "a blank is missing after `-` in the line above", f"write `- {text[1:21]}`"
    key, colon, value = text.removeprefix("- ").partition(":")
    if colon and key.isidentifier() and value and not value[0].isspace():
        return "a blank is missing after `:` in the line above", f"write `{key}: {value[:20]}`"
    return None


def _too_deep(line: str, above: str) -> tuple[str, str] | None:
    wanted = _indent(above) + (2 if above.strip().startswith("- ") else 0)
    if _indent(line) > wanted and ": " in above:
        return "this line is indented deeper than the one above, which has a value", f"indent it by {wanted} spaces"
    return None


@problem("error")
def yaml_syntax(at: Span, problem: str | None, context: str | None, opened: Span | None) -> Words:
    """The text is not YAML.

    Nothing behind the place can be read, so other mistakes may show only when this one is mended.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}
    scenes: []
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    problem = problem or "the text cannot be read"
    known = _ADVICE.get(problem, (f"this is not YAML: {problem}", ""))
    message, help = _slip(at, problem) or known
    labels = (Label(opened, _OPENED.get(context or "", "what is being read begins here")),) if opened else ()
    return Words(message, Place(at), labels, help)


@problem("warning")
def cut_by_comment(at: Span) -> Words:
    """A `#` cuts a text off: what follows it on the line is a comment.

    In YAML a `#` after a blank begins a comment. A text that holds one needs quotes. Comments that are meant have a
    blank behind the `#`.

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
    return Words(
        "`#` begins a comment here, and the rest of the line is not read",
        Place(at),
        help="put the text in quotes, or a blank behind a `#` that begins a comment",
    )


@problem("error")
def unprintable(at: Span) -> Words:
    r"""A character that YAML does not allow stands in the text.

    Control characters and lone halves of a character cannot be shown or sent.

    good:

    ```yaml
    settings: {name: "a tab is written \t", videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    code = ord(at.text[0]) if at.text else 0
    return Words(
        f"the character U+{code:04X} cannot stand in YAML",
        Place(at),
        help="remove it, or write it as an escape in double quotes",
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
    - settings
    - scenes
    ```
    """
    return Words(
        f"a spec is a mapping with `settings` and `scenes`, and this file is {found}",
        Place(Span(at.source, at.start, min(at.end, at.start + 40))),
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
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
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
    settings: {name: {{ title }}, videoSize: {width: 1920, height: 1080}}
    scenes: []
    ```
    """
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
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
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
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    %YAML 1.2
    ---
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    return Words(f"`{at.text[:40]}` is a directive, and only `%YAML` is read", Place(at), help="remove the line")


@problem("error")
def huge_number(at: Span, digits: int) -> Words:
    """A number is too large for any field of a job.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1e999, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    return Words(
        "this number is too large", Place(at), help=f"numbers have at most {digits} digits; put an identifier in quotes"
    )


@problem("error")
def unknown_alias(at: Span, name: str, anchors: Iterable[str]) -> Words:
    """An alias names no anchor that stands before it.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: *hd}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```

    good:

    ```yaml
    x-sizes: {hd: &hd {width: 1920, height: 1080}}
    settings: {name: Demo, videoSize: *hd}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    from vidc.diag.near import nearest

    near = nearest(name, anchors)
    help = f"did you mean `*{near}`?" if near else f"write `&{name}` before the value it means, above this place"
    return Words(f"no anchor `&{name}` stands before this alias", Place(at), help=help)


@problem("error")
def recursive_alias(at: Span, name: str) -> Words:
    """An alias stands inside the very value it names.

    bad:

    ```yaml
    settings: &all {name: Demo, again: *all}
    ```
    """
    return Words(f"`*{name}` stands inside the value it names, which then never ends", Place(at))


@problem("error")
def merge_not_mapping(at: Span) -> Words:
    """A merge key `<<` has a value that is no mapping.

    bad:

    ```yaml
    settings: {<<: 1920x1080, name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm, text: Hello.,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080}}
    ```
    """
    return Words("`<<` merges a mapping, or a list of mappings, and this is neither", Place(at))


@problem("error")
def too_long(at: Span, characters: int, limit: int) -> Words:
    """A spec has more than 16 million characters, together with the files that it includes."""
    return Words(
        f"the spec has {characters:,} characters, and at most {limit:,} are read",
        Place(at),
        help="split it into several videos",
    )


@problem("error")
def too_deep(at: Span, limit: int) -> Words:
    """Lists and mappings are nested more than 64 deep."""
    return Words(f"this is nested more than {limit} deep", Place(at))


@problem("error")
def too_many_nodes(at: Span, limit: int) -> Words:
    """A spec has more than two million values, counting what it includes and what aliases repeat."""
    return Words(f"the spec has more than {limit:,} values, counting what aliases repeat", Place(at))


@problem("error")
def scalar_too_long(at: Span, characters: int, limit: int) -> Words:
    """One text is longer than 100,000 characters."""
    return Words(f"this text has {characters:,} characters, and at most {limit:,} are read", Place(at))
