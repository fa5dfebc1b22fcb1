"""What is no YAML: where reading a text ends, and what the author's hand may have done there."""

from __future__ import annotations

import re

from vidc.diag.catalog import problem
from vidc.diag.finding import Label, Place, Words
from vidc.source import Source, Span

from .wording import quoted, short

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


def _slip(at: Span, problem: str) -> tuple[str, str, Span] | None:
    """Message, help and place where the lines show what the author's hand did."""
    source = at.source
    number, column = source.position(at.start)
    line, above = source.line(number), source.line(number - 1)
    begin, begin_above = source.starts[number - 1], source.starts[max(number - 2, 0)]
    if at.text == "\t":
        return "a tab stands where only spaces can", "indent with spaces", at
    for start, one in ((begin, line), (begin_above, above)):
        odd = next((index for index, sign in enumerate(one[: _indent(one)]) if sign not in " \t"), -1)
        if odd >= 0:
            message = f"a space that is none (U+{ord(one[odd]):04X}) stands in the indentation"
            return message, "replace it by plain spaces", Span(source, start + odd, start + odd + 1)
    if 1 < column < len(line) + 2 and line[column - 2] in "'\"" and at.text[:1].isalnum():
        quote = line[column - 2]
        double = "''" if quote == "'" else '\\"'
        message = f"the quotes end here, before the text does: `{quote}`"
        return message, f"write `{double}` inside the quotes", Span(source, at.start - 1, at.start)
    before = line[: column - 1].rstrip()
    if before[-1:] in ("'", '"') and at.text.strip("]}") and problem.startswith("did not find expected"):
        return f"the text goes on behind its quotes: `{before[-1]}`", _whole_in_quotes(line), at
    if problem == "did not find expected '-' indicator":
        return _missing_blank(above, source, begin_above)
    if problem == "mapping values are not allowed in this context":
        return _missing_blank(above, source, begin_above) or _too_deep(line, above, source, begin)
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _whole_in_quotes(line: str) -> str:
    """What to write where a text begins with a word in quotes."""
    found = re.search(r"(?:^|: |- )[ \t]*(['\"](?:(?!\s+#).)*)", line)
    is_alone = found is not None and "{" not in line[: found.start()] and not found[1].endswith(("]", "}"))
    return (
        f"put the whole text in quotes: `{short(quoted(found[1]))}`"
        if found and is_alone
        else ("put the whole text in quotes of the other kind")
    )


def _missing_blank(line: str, source: Source, begin: int) -> tuple[str, str, Span] | None:
    """Where a line, which begins at `begin`, has a key or a dash that runs into what follows."""
    text = line.partition(" #")[0].strip()
    at = begin + _indent(line)
    if text.startswith("-") and text[1:2].isalpha():
        return "a blank is missing after this `-`", f"write `- {text[1:21]}`", Span(source, at, at + 1)
    key, colon, value = text.removeprefix("- ").partition(":")
    if colon and key.isidentifier() and value and not value[0].isspace() and value[:2] != "//":
        at = begin + line.index(":")
        return "a blank is missing after this `:`", f"write `{key}: {value[:20]}`", Span(source, at, at + 1)
    return None


def _too_deep(line: str, above: str, source: Source, begin: int) -> tuple[str, str, Span] | None:
    wanted = _indent(above) + (2 if above.strip().startswith("- ") else 0)
    if _indent(line) > wanted and ": " in above:
        message = "this line is indented deeper than the one above, which has a value"
        at = begin + _indent(line)
        return message, f"indent it by {wanted} spaces", Span(source, at, at + len(line.split()[0]))
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
          - {type: actor, actor: karen, speakerId: aquXcfLbkxpW4BBI5qKm,
             position: {x: 0, y: 0}, size: {width: 1080, height: 1080},
             text: Hello.}
    ```
    """
    problem = problem or "the text cannot be read"
    known = _ADVICE.get(problem, (f"this is not YAML: {problem}", "put a text in quotes, or check the indentation"))
    slip = _slip(at, problem)
    if slip is not None:
        message, help, at = slip
        return Words(message, Place(at), help=help)
    labels = (Label(opened, _OPENED.get(context or "", "what is being read begins here")),) if opened else ()
    return Words(known[0], Place(at), labels, known[1])


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
