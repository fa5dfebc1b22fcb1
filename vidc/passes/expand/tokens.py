"""tokens: text -> Jinja's tokens, each with its offset, bounded in all that Jinja's parser recurses on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from re import match, search, sub

from jinja2 import Environment, TemplateSyntaxError

from vidc.problems.wording import counted, short

from .short import split
from .values import MAX_TEXT, Fault, Mistaken

MAX_TOKENS = 20_000
MAX_TOKENS_OF_ONE = 500
"""Limit: tokens of one expression or statement, which bounds how deep its tree is."""
MAX_DEPTH = 20
"""Limit: brackets in brackets, blocks in blocks, and signs or `not` before one value."""
MAX_DIGITS = 18

ENVIRONMENT = Environment(keep_trailing_newline=True)
LEXER = ENVIRONMENT.lexer

# Python loads what reads escapes at the first one, which a process that may open no file could not do.
rb"\N{DIGIT ONE}".decode("unicode-escape")

Raw = tuple[int, str, str]
"""Offset, type and text of a token, as Jinja's lexer gives it."""

_CLOSES = {"(": ")", "[": "]", "{": "}"}
_MARKS = {"variable_begin": ("{{", "}}"), "block_begin": ("{%", "%}")}
_UNREAD = frozenset(("data", "whitespace", "comment", "comment_begin", "comment_end", "raw_begin", "raw_end"))
_INSTEAD = {
    **dict.fromkeys(("foreach", "each", "loop", "repeat", "while"), "write `{% for feature in features %}`"),
    **dict.fromkeys(("switch", "case", "when"), "write `{% if ... %}`, `{% elif ... %}` and `{% endif %}`"),
    **dict.fromkeys(("set", "assign", "let", "var", "capture"), "declare it in `variables`"),
    "comment": "write `{# ... #}`",
    "echo": "write `{{ ... }}`",
    "unless": "write `{% if not ... %}` and `{% endif %}`",
    "with": "declare it in `variables`",
    "macro": "write a component and `use` it",
    "call": "write a component and `use` it",
    "block": "write a component and `use` it",
    "include": "list the file in `include` at the top of the spec",
    "import": "list the file in `include` at the top of the spec",
    "from": "list the file in `include` at the top of the spec",
    "extends": "list the file in `include` at the top of the spec",
    "print": "write `{{ ... }}`",
    "filter": "put the filter behind each expression",
    "break": "loop over a part of the list, such as `features[:3]`",
    "continue": "write the condition into the loop: `{% for feature in features if ... %}`",
}


class Tokens:
    """The tokens of one template, and where its parts stand.

    `regions`: each expression and statement, without its marks. `ends`: where each token ends, and `closing` where
    each bracket closes, by where they begin. `faults`: names that are nearly one in scope.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.raw: list[Raw] = []
        self.regions: list[tuple[int, int]] = []
        self.ends: dict[int, int] = {}
        self.closing: dict[int, int] = {}
        self.faults: list[Fault] = []

    def region(self, at: int) -> tuple[int, int]:
        """The whole expression or statement around a place."""
        index = bisect_right(self.regions, (at, len(self.text) + 1)) - 1
        return self.regions[index] if index >= 0 else (0, len(self.text))

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The characters from `start` to `end` without the blanks around them."""
        piece = self.text[start:end]
        return start + len(piece) - len(piece.lstrip()), max(start, end - len(piece) + len(piece.rstrip()))

    def arguments(self, bracket: int) -> list[str]:
        """The texts of what stands between a bracket that opens at a place and its end; none where none opens there."""
        if bracket not in self.closing:
            return []
        end = self.closing[bracket]
        found, start, at = [], bracket + 1, bracket + 1
        while at < end:
            if self.text[at] == "," and at in self.ends:
                found.append(self.text[start:at].strip())
                start = at + 1
            at = self.closing.get(at, at) + 1
        last = self.text[start:end].strip()
        return [*found, last] if last else found

    def token(self, at: int) -> tuple[int, int]:
        """The token that begins at a place, else the whole expression around it."""
        return (at, self.ends[at]) if at in self.ends else self.region(at)


def read(text: str, expression: bool, taken: Collection[str], near: Collection[str]) -> Tokens:
    """The tokens of a template, or of one bare expression. Raises `Mistaken` where they cannot be one."""
    tokens = Tokens(text)
    if len(text) > MAX_TEXT:
        raise Mistaken(Fault("template-too-large", 0, len(text), ("template",)))
    source = _expression(text, 0, len(text)) if expression else _template(tokens, taken, near)
    try:
        for token in source:
            tokens.raw.append(token)
            if len(tokens.raw) > MAX_TOKENS * 3:
                raise Mistaken(Fault("template-too-large", 0, len(text), ("template",)))
    except TemplateSyntaxError as error:
        raise Mistaken(_unread(tokens, error)) from None
    _bound(tokens)
    return tokens


def _expression(text: str, start: int, end: int) -> Iterator[Raw]:
    """An expression between marks that do not stand in the text."""
    yield start, "variable_begin", ""
    for at, kind, value in _lexed(text[start:end], "variable"):
        if kind == "variable_end":
            help = "write the expression without `{{` and `}}`"
            raise Mistaken(syntax("nothing is open that `}}` would close", start + at, start + at + 2, help))
        yield start + at, kind, value
    yield end, "variable_end", ""


def _template(tokens: Tokens, taken: Collection[str], near: Collection[str]) -> Iterator[Raw]:
    """The loops of the text itself bind names too, for what stands between their statements."""
    bound: list[set[str]] = []
    words: list[str] = []
    before = ""
    for at, kind, value in _lexed(tokens.text):
        if kind == "data" and before != "raw_begin" and "<" in value:
            yield from _data(tokens, value, at, {*taken, *(name for loop in bound for name in loop)}, near)
        else:
            yield at, kind, value
        if kind == "name":
            words.append(value)
        elif kind == "block_begin":
            words = []
        elif kind == "block_end" and words[:1] == ["for"] and "in" in words:
            bound.append({"loop", *words[1 : words.index("in")]})
        elif kind == "block_end" and words == ["endfor"] and bound:
            bound.pop()
        before = kind


def _data(tokens: Tokens, data: str, at: int, taken: Collection[str], near: Collection[str]) -> Iterator[Raw]:
    for piece in split(data, taken, near, tokens.faults, at):
        if isinstance(piece, str):
            yield at, "data", piece
        else:
            yield from _expression(tokens.text, at + piece.start("short"), at + piece.end() - 1)


def _lexed(text: str, state: str | None = None) -> Iterator[Raw]:
    """Jinja's raw tokens. It drops blanks before `{{-`, so a token may begin behind where the last one ended."""
    at = 0
    for _, kind, value in LEXER.tokeniter(text, None, None, state):
        at = text.index(value, at)
        yield at, kind, value
        at += len(value)


_MEANT = {
    "?": "a choice is written `a if condition else b`",
    "&": "write `and`",
    "!": "write `not`",
    "$": "a name stands alone, without `$`",
    "@": "a name stands alone, without `@`",
    ")": "remove it, or write `(` where it begins",
    "]": "remove it, or write `[` where it begins",
}
"""What to write instead of a sign that no expression has there."""


def _unread(tokens: Tokens, error: TemplateSyntaxError) -> Fault:
    """What the lexer cannot read stands behind the last token that it gave."""
    at, _, value = tokens.raw[-1] if tokens.raw else (0, "", "")
    at += len(value)
    message = error.message or ""
    if message.startswith("Missing end of comment"):
        return syntax("`{#` is never closed", at - len(value), at, "write `#}` behind the comment")
    if message.startswith("Missing end of raw"):
        return syntax("`{% raw %}` is never closed", at - len(value), at, "write `{% endraw %}` behind the text")
    rest = tokens.text[at:].lstrip()
    at = len(tokens.text) - len(rest)
    if rest[:2] == "??":
        return syntax("`??` has no place in an expression", at, at + 2, _with_default(tokens.text[:at], rest[2:]))
    if rest[:1] == "#":
        return syntax("`#` has no place in an expression", at, at + 1, "write `{% if ... %}` or `{% for ... %}`")
    if rest[:1] == "}":
        is_statement = tokens.text.rfind("{%", 0, at) > tokens.text.rfind("{{", 0, at)
        help = "a statement ends with `%}`" if is_statement else "an expression ends with `}}`"
        return syntax("`}` closes nothing here", at, at + 1, help)
    if rest[:1] in ("'", '"'):
        return syntax("this text is never closed", at, at + 1, f"write {rest[0]} behind it")
    if rest[:2] == "&&":
        return syntax("`&&` has no place in an expression", at, at + 2, "write `and`")
    denied = match(r"!\s{0,9}(\(|[^\W\d][\w.]{0,80})", rest)
    if denied is not None:
        return syntax("`!` has no place in an expression", at, at + denied.end(), f"write `not {denied[1]}`")
    return syntax(f"`{rest[:1]}` has no place in an expression", at, at + 1, _MEANT.get(rest[:1], ""))


def _with_default(before: str, after: str) -> str:
    value = search(r"([\w.]{1,40})\s*$", before[-80:])
    default = search(r"^\s*('[^']{0,40}'|[\w.]{1,40})", after[:80])
    return f"write `{value[1] if value else 'name'} | default({default[1] if default else '...'})`"


def syntax(message: str, start: int, end: int, help: str = "") -> Fault:
    return Fault("template-syntax", start, end, (message, help))


def explained(error: TemplateSyntaxError) -> str:
    """What Jinja's parser says, in our form."""
    if error.__cause__ is not None:
        return "this text holds a backslash that cannot be read"
    message = (error.message or "this cannot be read").split(". ")[0].rstrip(".")
    if message == "unexpected 'end of print statement'":
        return "something is missing at the end of this expression"
    message = (
        message.replace(", got 'end of print statement'", "")
        .replace("'end of print statement'", "the end of the expression")
        .replace("'end of statement block'", "`%}`")
    )
    message = sub(r"'([^'`]*)'", r"`\1`", message).replace("expected token", "expected")
    return message[:1].lower() + message[1:]


def instead(text: str, start: int, end: int) -> str:
    """What to write in place of a token that the parser did not expect; empty where that is not known."""
    token = text[start:end]
    if token in ("=", "eq", "equals"):
        return "a comparison is written `==`"
    if token == "<" and (named := match(r"([\w.]{1,80})>", text[end : end + 82])):
        return f"write `{named[1]}` alone: inside of braces a name has no `<` and `>`"
    if token in ("x", "×"):
        return "write `*` for times"
    ahead, behind = text[end : end + 80], text[max(0, start - 80) : start]
    if ends := search(r"(?<![\w.])(\d{1,4})\.\.\.?(\d{1,4})", text[max(0, start - 8) : end + 8]):
        return f"write the numbers as a list: `{counted(int(ends[1]), int(ends[2]))}`"
    if token in ("then", ":") and not ahead.strip() and "{" not in text:
        return f"a condition stands alone: remove `{token}`"
    word = search(r"\{\{-?\s*(if|elif|else|for)\s+$", behind)
    if word is not None:
        return f"write `{{% {word[1]} ... %}}`"
    if token == "|" and behind.endswith("|"):
        return "write `or`"
    if token == "if" and search(r"\{%[-+]?\s*else\s+$", behind):
        return "write `{% elif ... %}` for `else if`"
    if token == "}" and search(r"\{\{\{\s*[\w.]{1,40}\s*$", behind):
        return "write two braces on each side, such as `{{ name }}`"
    before = search(r"\|\s*(\w{1,40})\s*$", behind)
    if before is not None and token == ":":
        told = search(r"^\s*('[^']*'|\"[^\"]*\"|[\w.]+)", ahead)
        return f"what a filter is told stands in brackets: `{before[1]}({told[1] if told else '...'})`"
    if before is not None and (token[:1].isdigit() or token[:1] in "'\""):
        return f"what a filter is told stands in brackets: `{before[1]}({token[:40]})`"
    if token[:1] in "'\"" and search(r"\bf$", behind):
        return "write `~` between texts and values, such as `'Price: ' ~ price`"
    return ""


def _bound(tokens: Tokens) -> None:
    """Refuse what would make the parser recurse too deep, and blocks that do not fit each other."""
    brackets: list[tuple[int, str]] = []
    blocks: list[tuple[int, int, str]] = []
    opened = ""
    begin = first = last = count = signs = total = 0
    for at, kind, value in tokens.raw:
        if kind in _UNREAD:
            continue
        tokens.ends[at] = at + len(value)
        total += 1
        if kind in _MARKS:
            opened, begin, first, count = kind, at, at + len(value), 0
            brackets.clear()
        elif kind in ("variable_end", "block_end"):
            tokens.regions.append(tokens.trimmed(first, at))
            opened = ""
        else:
            count += 1
            signs = signs + 1 if value in ("not", "-", "+") else 0
            if opened == "block_begin" and count == 1:
                _block(at, value, blocks)
            _bracket(tokens, at, value, brackets)
        last = at + len(value)
        if max(len(brackets), len(blocks), signs) > MAX_DEPTH:
            raise Mistaken(Fault("template-too-large", *tokens.trimmed(begin, last), ("nesting",)))
        if count > MAX_TOKENS_OF_ONE or total > MAX_TOKENS:
            raise Mistaken(Fault("template-too-large", *tokens.trimmed(begin, last), ("expression",)))
        if kind in ("integer", "float"):
            _number(at, value)
    if opened:
        mark, closing = _MARKS[opened]
        help = f"write `{closing}` behind it, or `{{{{ '{mark}' }}}}` for the characters themselves"
        raise Mistaken(syntax(f"`{mark}` is never closed", begin, begin + 2, help))
    if blocks:
        start, end, name = blocks[-1]
        help = f"write `{{% end{name} %}}` where it ends"
        meant = search(r"\{\{-?\s*+(?:end\w{0,10}+|/\s*+\w{0,10}+)\s*+-?\}\}", tokens.text[end:])
        help = f"write `{{% end{name} %}}` for `{short(meant[0])}`" if meant else help
        raise Mistaken(syntax(f"`{{% {name} %}}` is never closed", start, end, help))


def _number(at: int, digits: str) -> None:
    if len(digits) > MAX_DIGITS:
        raise Mistaken(Fault("template-too-large", at, at + len(digits), ("number",)))
    if not digits.isascii():
        plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in digits)
        help = f"write `{plain}`"
        raise Mistaken(syntax("a number is written with the digits 0 to 9", at, at + len(digits), help))


def _bracket(tokens: Tokens, at: int, value: str, brackets: list[tuple[int, str]]) -> None:
    if value in _CLOSES:
        brackets.append((at, value))
    elif brackets and value == _CLOSES[brackets[-1][1]]:
        tokens.closing[brackets.pop()[0]] = at


_ELIF = frozenset(("elseif", "elsif", "elseIf"))
_ENDS = frozenset(("/", "done", "end", "endeach", "endforeach", "endunless", "fi", "next", "od"))
"""What other languages write where a block goes on, and where it ends."""


def _block(at: int, name: str, blocks: list[tuple[int, int, str]]) -> None:
    """Follow the nesting of `if` and `for`; refuse every other statement."""
    end = at + len(name)
    if name in _ELIF:
        raise Mistaken(Fault("template-not-allowed", at, end, (f"`{{% {name} %}}`", "write `elif`")))
    if name in _ENDS and blocks:
        help = f"write `{{% end{blocks[-1][2]} %}}`"
        raise Mistaken(Fault("template-not-allowed", at, end, (f"`{{% {name} %}}`", help)))
    match name:
        case "if" | "for":
            blocks.append((at, end, name))
        case "endif" | "endfor":
            if not blocks or blocks[-1][2] != name[3:]:
                help = f"remove it, or write `{{% {name[3:]} ... %}}` where it begins"
                if blocks:
                    help = f"write `{{% end{blocks[-1][2]} %}}`: `{{% {blocks[-1][2]} %}}` is open here"
                raise Mistaken(syntax(f"`{{% {name} %}}` closes nothing that is open here", at, end, help))
            blocks.pop()
        case "elif" | "else":
            if not blocks or (name == "elif" and blocks[-1][2] == "for"):
                help = "remove it, or write `{% if ... %}` before it"
                raise Mistaken(syntax(f"`{{% {name} %}}` stands in no `{{% if %}}`", at, end, help))
        case _ if name.isidentifier():
            help = _INSTEAD.get(name, "a text may hold `{% if %}`, `{% for %}` and `{{ ... }}`")
            raise Mistaken(Fault("template-not-allowed", at, end, (f"`{{% {name} %}}`", help)))
