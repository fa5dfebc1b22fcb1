"""Texts that are cut off: every text that PyYAML reads as it was meant is read without a finding, and none takes long."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from random import Random

import pytest
import yaml
from conftest import SCALE

from vidc.diag.finding import Log
from vidc.ir.tree import plain
from vidc.passes.parse import parse
from vidc.source import Source

Data = str | list["Data"] | dict[str, "Data"]

PIECES = re.split(
    "~",
    "Hello~world~it's~1~000~x~type~text~size~,~, ~#~ #1~# ~'~\"~{~}~{name}~{{ a }}~[~]~[b]~: ~:~ ~  ~\t~\u00a0~\u3000~\u2003"
    "~\u200b~!~//~ // ~/* a */~https://a.b/c#d~#fff~-~- ~&~*~|~>~\\~?~…~<x>~%",
)
KEYS = ["type", "text", "name", "a", "b key", "size", "fontColor", "it's", "x-y", "Key, two", "d:e", "1", "default"]


class Writer:
    """Makes up data, and writes it as YAML in any of its styles: what cannot be read back is passed over."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.chosen = self.random.choice

    def data(self, depth: int) -> Data:
        kind = self.random.randrange(6) if depth < 3 else 0
        if kind < 3:
            pieces = PIECES if self.random.randrange(3) else ["Hello", "world", " ", ", ", "#1", " #", "it's", "{a}"]
            return "".join(self.random.choices(pieces, k=self.random.randint(1, 5)))
        if kind == 3:
            return [self.data(depth + 1) for _ in range(self.random.randint(1, 3))]
        return {key: self.data(depth + 1) for key in self.random.sample(KEYS, self.random.randint(1, 4))}

    def document(self) -> tuple[Data, str]:
        document = {key: self.data(0) for key in self.random.sample(KEYS, self.random.randint(1, 3))}
        text = "".join(f"{self.key(key)}: {self.block(item, 2)}" for key, item in document.items())
        return document, text.replace("\n", self.chosen(["\n", "\n", "\r\n"]))

    def key(self, text: str) -> str:
        return text if self.random.randrange(3) else json.dumps(text)

    def scalar(self, text: str) -> str:
        style = self.random.randrange(4)
        if style < 2:
            return text
        return json.dumps(text, ensure_ascii=False) if style == 2 else "'" + text.replace("'", "''") + "'"

    def flow(self, data: Data) -> str:
        gap = "," + self.chosen(["", " ", "\n    ", "\t"])
        if isinstance(data, dict):
            body = gap.join(f"{self.key(key)}: {self.flow(value)}" for key, value in data.items())
            return f"{{{body}{self.chosen(['', ',', ' '])}}}"
        if isinstance(data, list):
            return f"[{gap.join(map(self.flow, data))}{self.chosen(['', ' '])}]"
        return self.scalar(data)

    def block(self, data: Data, depth: int) -> str:
        """What stands behind a key or a dash, with its line break."""
        lead = " " * depth
        if isinstance(data, str):
            is_block = self.random.randrange(3) == 0
            return f"{self.chosen(['|-', '>-'])}\n{lead}{data}\n" if is_block else self.scalar(data) + self.end()
        if self.random.randrange(3) == 0:
            return self.flow(data) + self.end()
        if isinstance(data, dict):
            lines = [f"{lead}{self.key(key)}: {self.block(item, depth + 2)}" for key, item in data.items()]
        else:
            lines = [f"{lead}- {self.block(item, depth + 2)}" for item in data]
        return self.end() + "".join(lines)

    def end(self) -> str:
        return self.chosen(["\n", "\n", "\n", '  # a note, it\'s "so"\n', "\n\n", "\n# {on} #1, as\n", " \n"])


def words(data: Data) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    else:
        for item in data.values() if isinstance(data, dict) else data:
            yield from words(item)


def findings(text: str) -> list[str]:
    log = Log()
    parse(Source("a.vidc.yaml", text), log)
    return [finding.name for finding in log.findings]


def test_a_text_that_is_read_as_it_was_meant_has_no_finding_of_texts_that_are_cut() -> None:
    held = 0
    for seed in range(40_000 * SCALE):
        document, text = Writer(seed).document()
        try:
            if yaml.load(text, Loader=yaml.CBaseLoader) != document:  # it makes nothing but texts
                continue
        except yaml.YAMLError:
            continue
        held += 1
        is_word = any(
            re.search(r"^[\u00a0\u2003\u200b\u3000]|[\u00a0\u2003\u200b\u3000]$", word) for word in words(document)
        )
        allowed = {"odd-blank"} if is_word else set()
        assert [name for name in findings(text) if name not in allowed] == [], (seed, text)
    assert held > 8_000 * SCALE


SIGNS = [
    ": ",
    ", ",
    "{name}",
    "[b]",
    "{{ a }}",
    "#1",
    "*it*",
    "%",
    "@a",
    "`c`",
    "!",
    "&",
    "- ",
    "> ",
    "it's",
    '"so"',
    "?",
]
PROSE = ["Hello", "world", "we are", "number", "and more", "Note", "today", "3", *SIGNS]
FORMS: dict[str, Callable[[str], str]] = {
    "a line": lambda text: f"b: 1\nsay: {text}\nc: 2\n",
    "lines": lambda text: f"b: 1\nsay: Well then,\n  {text}\n  and so on.\nc: 2\n",
    "braces": lambda text: f"b: 1\nd: {{e: 1, text: {text}, f: {{g: 1}}}}\n",
}


def mended(text: str) -> tuple[list[str], str | None]:
    """The names of the findings of a text, and the text with their only repair made."""
    log = Log()
    parse(Source("a.vidc.yaml", text), log)
    repairs = [repair for finding in log.findings for repair in finding.words.repairs]
    if len(log.findings) != 1 or len(repairs) != 1:
        return [finding.name for finding in log.findings], None
    for edit in reversed(repairs[0].edits):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return [log.findings[0].name], text


@pytest.mark.parametrize("form", FORMS)
def test_quotes_mend_a_text_and_nothing_but_the_text(form: str) -> None:
    mended_by: dict[str, int] = {}
    for seed in range(4_000 * SCALE):
        random = Random(seed)
        said = " ".join("".join(random.choices(PROSE, k=1)) for _ in range(random.randint(1, 5))).strip()
        names, text = mended(FORMS[form](said))
        is_open = form == "braces" and re.match(r',|.*[\]}!].*,|.*" *:|.*, +\w+ +:', said)  # where it ends is not clear
        if is_open or names not in (["needs-quotes"], ["cut-by-comma"], ["tag-used"]) or text is None:
            continue
        log = Log()
        tree = parse(Source("a.vidc.yaml", text), log)
        assert log.findings == [], (said, text)
        assert tree is not None
        read = plain(tree)
        assert isinstance(read, dict)
        whole = f"Well then, {said} and so on." if form == "lines" else said
        value = read["d"]["text"] if form == "braces" else read["say"]
        assert value.split() == whole.split(), (said, text)
        mended_by[names[0]] = mended_by.get(names[0], 0) + 1
    assert mended_by["needs-quotes"] > 150 * SCALE
