"""What is no YAML but was clearly meant as such: it is one finding, and the rest is read as it was meant."""

from __future__ import annotations

import json
import re
from random import Random

import pytest
import yaml
from conftest import SCALE

from vidc.diag.finding import Finding, Log
from vidc.ir.tree import plain
from vidc.passes.parse import parse
from vidc.problems.quoting import as_value
from vidc.source import Source

SPEC = """\
settings:
  name: Demo
  videoSize: {width: 1920, height: 1080}
scenes:
  - name: "one, two"
    duration: 4s
    tracks:
      - type: text
        text: >-
          Hello, and welcome
          to all of you.
        position: {x: 5%, y: 80%}
      - {type: image, imageUrl: "https://a.b/c", size: {width: 9, height: 9}}
x-own: [a, b, {c: d}]
"""


def read(text: str, path: str = "a.vidc.yaml") -> tuple[object, list[Finding]]:
    log = Log()
    tree = parse(Source(path, text), log)
    return (plain(tree) if tree is not None else None), log.findings


def mended(text: str, finding: Finding) -> str:
    (repair,) = finding.words.repairs
    for edit in sorted(repair.edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def commented(text: str, random: Random) -> str:
    """JSON with comments at the ends of some lines, before some, and in the middle of some."""
    lines = []
    for line in text.split("\n"):
        kind = random.randrange(6)
        if kind == 0:
            line += random.choice([' // a, {b: "c', "// https://a.b/#1", " /* it's */", "/* a\n b: c */"])
        elif kind == 1:
            lines.append(random.choice(["// a", "  /* b\n c */", "\t// #1"]))
        elif kind == 2:
            line = line.replace('": ', '": /* d */ ', 1)
        lines.append(line)
    return "\n".join(lines)


def test_json_with_comments_is_one_finding_and_read_without_them() -> None:
    data = {"settings": {"name": "a // b", "size": [1, 2.5, None, True]}, "c": "/* d */", "e#": ["https://f.g", '"h"']}
    for seed in range(300 * SCALE):
        random = Random(seed)
        text = commented(json.dumps(data, indent=random.choice([1, 2, 4])), random)
        tree, found = read(text, "a.vidc.json")
        if "//" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", text) and "/*" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", text):
            assert found == []
        else:
            assert [finding.name for finding in found] == ["wrong-comment"], text
        assert tree == data, text


def test_comments_of_yaml_are_written_with_hashes() -> None:
    text = "// one\n/* two\n * three */\n" + SPEC
    tree, found = read(text)
    assert [finding.name for finding in found] == ["wrong-comment"]
    right = mended(text, found[0])
    assert right == "# one\n# two\n# three\n" + SPEC
    assert read(right) == (tree, [])


ODD = ["\u00a0", "\u202f", "\u3000", "\u2003", "\u200b"]


def test_odd_blanks_are_one_finding_and_plain_ones_mend_them() -> None:
    whole, found = read(SPEC)
    assert found == []
    places = [match.start() for match in re.finditer(r"(?m)(?<=^) | (?=\w+:)|(?<=[\w\"]:) (?=\S)|(?<=[,\[{]) ", SPEC)]
    places = [at for at in places if not re.match(r" +(?:Hello|to all|and welcome)| two", SPEC[at:])]
    held = 0
    for seed in range(300 * SCALE):
        random = Random(seed)
        signs = list(SPEC)
        chosen = random.sample(places, random.randint(1, 4))
        for at in chosen:
            signs[at] = random.choice(ODD)
        text = "".join(signs)
        tree, found = read(text)
        assert [finding.name for finding in found] == ["odd-blank"], (chosen, text)
        if tree == whole:
            held += 1
            assert read(mended(text, found[0])) == (whole, []), text
    assert held > 150 * SCALE


@pytest.mark.parametrize(
    "text",
    [
        'a: "Prix\u00a0: 5"\n',
        "a: Prix\u00a0: 5\n".replace(": 5", ":5"),
        "a: |\n  \u00a0so\n  b:\u00a0c\n",
        "'\u00a0a': 1\n",
        "a: Hello,\u00a0you\n",
        "a: \u00a0\n",
        "a: {b: so\u3000on, c: d\u200be}\n",
        "a: “Hello”\n",
        '{"a": now // then}\n',
        '{"a": //cdn.example.com/b, "c": "// d"}\n',
        "a: {b: “so, he said: no”}\n".replace(", he said:", " he said"),
    ],
)
def test_blanks_and_quotes_in_a_text_are_its_own(text: str) -> None:
    assert read(text) == (yaml.safe_load(text), [])


PARTS = [
    "Hello",
    "you",
    " ",
    ": ",
    ":",
    ",",
    " #",
    "#",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "*",
    "&",
    "!",
    "%",
    "@",
    "`",
    "|",
    ">",
]
PARTS += ["-", "- ", "?", "? ", "\\", "1", ".5", "é", "=", "~", "\t"]


@pytest.mark.parametrize("in_braces", [False, True])
def test_a_value_that_is_written_in_quotes_is_the_text(in_braces: bool) -> None:
    for seed in range(8_000 * SCALE):
        random = Random(seed)
        text = "".join(random.choices(PARTS, k=random.randint(1, 5))).strip(" \t")
        right = as_value(text, in_braces)
        if not text or (right == text and text[0] in "{['\"|>"):
            continue  # what is a value of another kind as it stands
        line = f"k: {{a: {right}, b: 1}}" if in_braces else f"k: {right}"
        value = yaml.load(line, Loader=yaml.CBaseLoader)["k"]
        assert (value["a"] if in_braces else value) == text, (text, right)
