"""What is no YAML: where reading a text ends, and what the author's hand may have done there.

Long because each finding carries its page.
"""

from __future__ import annotations

from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Repair, Words
from vidc.source import Span

from .quoting import in_quotes
from .wording import short

_ADVICE = {
    "found character that cannot start any token": (
        "no value can start with this character",
        "put the value in quotes; indent with spaces, not tabs",
    ),
    "mapping values are not allowed in this context": (
        "a `: ` stands where no key can be",
        "put a text that contains `: ` in quotes, or check the indentation",
    ),
    "could not find expected ':'": (
        "this line is neither a key with `:` nor part of the text above",
        "write `key: value`, or indent it as the text above",
    ),
    "did not find expected key": ("a key is expected here", "check the indentation and the quotes of the line above"),
    "did not find expected '-' indicator": (
        "a list goes on here, but this line does not begin with `-`",
        "check the indentation",
    ),
    "did not find expected ',' or ']'": ("this list in `[...]` is not closed", "add `]`, or `,` between the items"),
    "did not find expected ',' or '}'": ("this mapping in `{...}` is not closed", "add `}`, or `,` between the keys"),
    "did not find expected node content": ("a value is expected here", "write one, or remove the key before it"),
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

_READ_AS = {
    "{": "without, it is a mapping",
    "[": "without, it is a list",
    "*": "without, it is an alias",
    "&": "without, it is an anchor",
    "!": "without, it is a tag",
    "-": "without, it is a list",
    "|": "without, the text begins on the next line",
    ">": "without, the text begins on the next line",
}
"""What YAML takes a sign for at the beginning of a value."""

_NAMES = {
    0xA0: "no-break space",
    0x200B: "zero-width space",
    0x202F: "narrow no-break space",
    0x3000: "ideographic space",
    0xFEFF: "byte order mark",
}


def advice(problem: str) -> tuple[str, str]:
    """Message and help for what the parser says, in an author's words."""
    return _ADVICE.get(problem, (f"this is not YAML: {problem}", "put a text in quotes, or check the indentation"))


def opened(reading: str) -> str:
    """What a parser's context means to an author."""
    return _OPENED.get(reading, "what is being read begins here")


@problem("error")
def yaml_syntax(
    at: Span, message: str, help: str, labels: tuple[Label, ...] = (), repairs: tuple[Repair, ...] = ()
) -> Words:
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
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```
    """
    return Words(message, Place(at), labels, help, repairs=repairs)


@problem("error")
def needs_quotes(at: Span, sign: str, is_first: bool, text: str, key: str, repairs: tuple[Repair, ...]) -> Words:
    """A text without quotes holds what means something else in YAML.

    A `: ` ends a key; `{`, `[`, `*`, `&`, `!`, `|`, `>`, `%`, `@` and a backquote at the beginning are no text. In
    quotes all of them are; so they are below `>-`, in a text that has lines of its own.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - type: text
            text: [Anna] One thing first, log in
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
            text: "[Anna] One thing first: log in"
            position: {x: 0, y: 0}
            size: {width: 1080, height: 200}
    ```
    """
    if sign == ":":
        message = "a text with `: ` in it needs quotes: without, the colon ends a key"
    elif not is_first:
        message = f"a text with `{sign}` in it needs quotes where it stands in braces"
    else:
        why = _READ_AS.get(sign)
        shown = "a backquote" if sign == "`" else f"`{sign}`"
        message = f"a text that begins with {shown} needs quotes" + (f": {why}" if why else "")
    help = in_quotes(text)
    if "\n" in text and key:
        help += f", or write `{key}: >-` and the whole text below it"
    return Words(message, Place(at), help=help, repairs=repairs)


@problem("error")
def unindented_text(at: Span, head: Span, key: str, wanted: int, repairs: tuple[Repair, ...]) -> Words:
    """A line of a text is not indented.

    The text is what stands deeper than its key, below `|` or `>` as well as without them. A line that does not is read
    as the next key.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - tracks:
          - type: actor
            actor: karen
            speakerId: aquXcfLbkxpW4BBI5qKm
            text: |
            Hello and welcome.
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
            text: |
              Hello and welcome.
            position: {x: 0, y: 0}
            size: {width: 1080, height: 1080}
    ```
    """
    is_headed = head.text in ("|", ">")
    text = f"the text below `{head.text}`" if is_headed else "the text above"
    return Words(
        f"this line is not indented as a part of {text}",
        Place(at),
        (Label(head, "the text begins on the line below" if is_headed else "the text begins here"),),
        f"indent it by {wanted} spaces" + (f", deeper than `{key}`" if key else ""),
        repairs=repairs,
    )


@problem("error")
def text_on_header(at: Span, key: str, wanted: int, repair: Repair) -> Words:
    """A text begins on the line of its `|` or `>`.

    What `|` and `>` begin stands on the lines below, deeper than the key.

    bad:

    ```yaml
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - type: text
            text: >- Hello and welcome
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
            text: >-
              Hello and welcome
            position: {x: 0, y: 0}
            size: {width: 1080, height: 200}
    ```
    """
    help = f"begin it on the next line, indented by {wanted} spaces, deeper than `{key}`"
    return Words(f"the text of a `{at.text}` begins on the next line", Place(at), help=help, repairs=(repair,))


@problem("error")
def wrong_comment(at: Span, sign: str, is_json: bool, labels: tuple[Label, ...], repairs: tuple[Repair, ...]) -> Words:
    """A comment is written as other languages have it.

    JSON has no comments, and in YAML a comment begins with `#`. What stands behind `//` or `/*` is read as a part of
    the spec.

    bad:

    ```yaml
    // our welcome video
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    # our welcome video
    settings: {name: Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    if not is_json:
        help = "begin it with `#`" if repairs else "begin it with `#`, on a line of its own"
        return Words(f"`{sign}` begins no comment in YAML", Place(at), labels, help, repairs=repairs)
    yaml = at.source.path.rpartition("/")[2].rpartition(".")[0].removesuffix(".vidc")
    help = f"remove it, or make it a YAML file, `{short(yaml)}.vidc.yaml`, with `#` in the place of `{sign}`"
    return Words("JSON has no comments", Place(at), labels, help)


@problem("error")
def odd_blank(at: Span, where: str, is_more: bool, labels: tuple[Label, ...], repairs: tuple[Repair, ...]) -> Words:
    """A space that is none to YAML stands where one is needed.

    Text that is copied from a web page or a word processor often holds no-break spaces. They look like others, but a
    key ends only where a plain space follows its colon, and only plain spaces indent a line.

    bad:

    ```yaml
    settings: {name:\u00a0Demo, videoSize: {width: 1920, height: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
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
    code = ord(at.text[:1] or " ")
    name = _NAMES.get(code, "space that is none")
    article = "an" if name[0] in "aeiou" else "a"
    help = "remove it" if is_more else "write a plain space in its place"
    if labels:
        help = "write plain spaces in their places"
    return Words(f"{article} {name} (U+{code:04X}) stands {where}", Place(at), labels, help, repairs=repairs)


@problem("error")
def curly_quotes(at: Span, count: int, repair: Repair) -> Words:
    """Quotes stand around a key that are none to YAML.

    A word processor sets quotes as a book has them. YAML and JSON know straight ones alone, and take others for a part
    of the text.

    bad:

    ```yaml
    “settings”: {“name”: “Demo”, “videoSize”: {“width”: 1920, “height”: 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```

    good:

    ```yaml
    "settings": {"name": "Demo", "videoSize": {"width": 1920, "height": 1080}}
    scenes:
      - duration: 4s
        tracks:
          - {type: image, imageUrl: https://cdn.example.com/a.png,
             position: {x: 0, y: 0}, size: {width: 1920, height: 1080}}
    ```
    """
    message = f"`{at.text}` is no quote to YAML"
    return Words(message, Place(at), help=f'write `"` for each of the {count}', repairs=(repair,))


@problem("error")
def unprintable(at: Span) -> Words:
    r"""A character that YAML does not allow stands in the text.

    Control characters and lone halves of a character cannot be shown or sent.

    good:

    ```yaml
    settings:
      name: "a tab is written \t"
      videoSize: {width: 1920, height: 1080}
    scenes:
      - tracks:
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```
    """
    code = ord(at.text[0]) if at.text else 0
    return Words(
        f"the character U+{code:04X} cannot stand in YAML",
        Place(at),
        help="remove it, or write it as an escape in double quotes",
    )
