"""Reading YAML: values by the core schema, the place of each, and every kind of text that cannot be read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
import yaml
from conftest import SCALE
from hypothesis import given, settings
from hypothesis import strategies as st

from vidc.diag.finding import Log
from vidc.ir.tree import Mapping, Node, Scalar, Sequence, plain
from vidc.passes.parse import MAX_DEPTH, MAX_NODES, MAX_SCALAR, _may_cut, parse
from vidc.passes.parse.comments import _tight_comments
from vidc.source import Source

CONSTANTS = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=12)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=25,
)
DOCUMENTS = st.dictionaries(TEXTS, VALUES, min_size=1, max_size=5)


def read(text: str) -> tuple[Mapping | None, list[str]]:
    log = Log()
    tree = parse(Source("test.vidc.yaml", text), log)
    return tree, [finding.name for finding in log.findings]


def data(text: str) -> object:
    tree, found = read(text)
    assert found == []
    assert tree is not None
    return plain(tree)


def nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Mapping):
        for key, value in node.entries.values():
            yield key
            yield from nodes(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from nodes(item)


@settings(max_examples=200 * SCALE)
@given(DOCUMENTS, st.booleans(), st.sampled_from([None, 0, 2]))
def test_json_reads_as_json_and_every_scalar_stands_where_it_says(
    document: dict[str, Json], escaped: bool, indent: int
) -> None:
    document = {key: value for key, value in document.items() if key != "<<"}
    text = json.dumps(document, ensure_ascii=escaped, indent=indent)
    log = Log()
    source = Source("test.json", text)
    tree = parse(source, log)
    if any(finding.name == "huge-number" for finding in log.findings):
        return
    assert log.findings == []
    assert tree is not None
    assert plain(tree) == document
    for node in nodes(tree):
        if not isinstance(node, Scalar):
            assert json.loads(text[node.start : node.end]) == plain(node)
        elif node.end > node.start:
            assert json.loads(text[node.start : node.end]) == node.value


@settings(max_examples=200 * SCALE)
@given(DOCUMENTS, st.sampled_from([None, True, False]), st.sampled_from([None, "'", '"', "|", ">"]))
def test_structure_is_that_of_another_reader(document: dict[str, Json], flow: bool | None, style: str | None) -> None:
    text = yaml.dump(document, default_flow_style=flow, default_style=style, allow_unicode=True, width=20)
    if "<<" in text or "!!" in text or "*id" in text:
        return
    tree, found = read(text)
    if "huge-number" in found or tree is None:
        return
    assert found == []
    other = yaml.load(text, yaml.CBaseLoader)
    assert _shape(plain(tree)) == _shape(other)
    for node in nodes(tree):
        raw = text[node.start : node.end]
        assert raw == raw.rstrip(" \t\r\n")


def _shape(value: object) -> object:
    """The structure and its texts; what might be another type under another schema is left open."""
    if isinstance(value, dict):
        return [(str(key), _shape(item)) for key, item in value.items()]
    if isinstance(value, list):
        return [_shape(item) for item in value]
    return value if isinstance(value, str) and value[:1].isalpha() and value.lower() not in CONSTANTS else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("1:30", "1:30"),
        ("16:9", "16:9"),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("+12", 12),
        ("-0", 0),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("1.5E-3", 0.0015),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("~", None),
        ("", None),
        ("null", None),
        ("Null", None),
        ("nUll", "nUll"),
        ("TRUE", True),
        ("tRUE", "tRUE"),
        ("false", False),
        ("2001-01-01", "2001-01-01"),
        ("=", "="),
        ("'no'", "no"),
        ('"1"', "1"),
        ("- 1", "- 1"),
    ],
)
def test_scalars_follow_the_core_schema(text: str, value: object) -> None:
    if text == "- 1":
        assert data("a:\n  - 1") == {"a": [1]}
    else:
        assert data(f"a: {text}") == {"a": value}
        assert type(data(f"a: {text}")["a"]) is type(value)  # type: ignore[index]  # it is the dict of the line above


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": "\\ud83d\\ude00"}', "😀"),
        ('{"a": "x\\ud83d\\ude00\\uD83D\\uDE01y"}', "x😀😁y"),
        ('{"a": "\\u00e9 \\ud83d\\ude00"}', "é 😀"),
    ],
)
def test_surrogate_pairs_of_json_are_one_character(text: str, value: str) -> None:
    assert data(text) == {"a": value}


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_line_breaks_of_older_yaml_are_characters(sign: str) -> None:
    assert data(f'{{"a": "x{sign} y", b: x{sign}y}}') == {"a": f"x{sign} y", "b": f"x{sign}y"}


def test_a_merge_key_in_quotes_is_a_key() -> None:
    assert data('{"<<": 1, a: {"<<": {b: 2}}}') == {"<<": 1, "a": {"<<": {"b": 2}}}


def test_a_lone_half_of_a_pair_is_a_finding() -> None:
    assert read('{"a": "\\ud83d"}')[1] == ["yaml-syntax"]


def test_merge_keys_bring_what_is_not_written() -> None:
    text = "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz: {<<: [*x, *y], a: 0}\n"
    assert plain(read(text)[0].entries["z"][1]) == {"a": 0, "b": 2, "c": 4}  # type: ignore[union-attr]  # it parses


def test_an_alias_has_its_own_place_and_its_anchors() -> None:
    text = "x: &x {a: 1}\ny: *x\n"
    tree, _ = read(text)
    assert tree is not None
    alias = tree.entries["y"][1]
    assert text[alias.start : alias.end] == "*x"
    assert alias.anchor is not None
    assert alias.anchor.text == "{a: 1}"


def test_a_block_ends_with_its_last_word() -> None:
    text = "a:\n  - b: |\n      one\n      two\n\n  # a comment\n\n  - c\n\n# the end\n"
    tree, _ = read(text)
    assert tree is not None
    items = tree.entries["a"][1]
    assert isinstance(items, Sequence)
    assert text[items.start : items.end].endswith("- c")
    assert text[items.items[0].start : items.items[0].end] == "b: |\n      one\n      two"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["empty-spec"]),
        ("# nothing\n", ["empty-spec"]),
        ("- a\n", ["not-a-mapping"]),
        ("text", ["not-a-mapping"]),
        ("a: 1\n---\nb: 2\n", ["second-document"]),
        ("a: 1\na: 2\n", ["repeated-key"]),
        ("a: [\n", ["yaml-syntax"]),
        ("a: 'x\n", ["yaml-syntax"]),
        ("a: \x07\n", ["unprintable"]),
        ("a: \ud800\n", ["unprintable"]),
        ("a: !!int 1\n", ["tag-used"]),
        ("a: !!python/object:os.system x\n", ["tag-used"]),
        ("? [1]\n: 2\n", ["key-not-text"]),
        ("a: *b\n", ["unknown-alias"]),
        ("a: &a [*a]\n", ["recursive-alias"]),
        ("a: {<<: 1}\n", ["merge-not-mapping"]),
        ("a: 1e999\n", ["huge-number"]),
        ("a: " + "9" * 5000 + "\n", ["huge-number"]),
        ("a: " + "[" * (MAX_DEPTH + 1), ["too-deep"]),
        ("a: " + "[" * 100_000, ["too-deep"]),
        ("a: " + "x" * (MAX_SCALAR + 1), ["scalar-too-long"]),
        ("x" * 16_000_001, ["too-long"]),
        ("a: [" + "1," * MAX_NODES + "]", ["too-many-nodes"]),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_one_finding(text: str, names: list[str]) -> None:
    assert read(text)[1] == names


def test_aliases_are_counted_as_what_they_repeat() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert read("\n".join(lines))[1] == ["too-many-nodes"]


@pytest.mark.parametrize("text", ["'\r\n", "- ---\nvidc\r\n", '"\r\n', "a: 'b\r\n"])
def test_a_text_that_breaks_off_behind_a_carriage_return_is_a_syntax_error(text: str) -> None:
    assert read(text) == (None, ["yaml-syntax"])


def _mended(text: str) -> str:
    """The text with its only repair made."""
    log = Log()
    parse(Source("test.vidc.yaml", text), log)
    ((edit,),) = [repair.edits for finding in log.findings for repair in finding.words.repairs]
    return text[: edit.span.start] + edit.text + text[edit.span.end :]


_WORDS = st.sampled_from(["Hello", "and welcome", "it's on", "so", "so", 'a "b"', "1", "x.", "size", "\\o/"])


@settings(max_examples=200 * SCALE)
@given(st.lists(_WORDS, max_size=6), st.sampled_from([", ", ",\n  "]))
def test_a_text_that_commas_cut_is_whole_and_quotes_mend_it(words: list[str], comma: str) -> None:
    text = comma.join(["Say", *words, "and so on"])
    written = f"a: {{b: 1, text: {text}, size: {{x: 2}}}}\n"
    whole = {"a": {"b": 1, "text": " ".join(text.split()), "size": {"x": 2}}}
    tree, found = read(written)
    assert found == ["cut-by-comma"]
    assert tree is not None
    assert plain(tree) == whole
    assert data(_mended(written)) == whole


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: {b: 1, c, d: 2}\n", {"b": 1, "c": None, "d": 2}),
        ("a: {b: https://cdn.example.com/A.png, looped}\n", {"b": "https://cdn.example.com/A.png", "looped": None}),
        (
            "a: {text: Hello there, startTimeGap, duration}\n",
            {"text": "Hello there", "startTimeGap": None, "duration": None},
        ),
        ("a: {text: Hello, x:100}\n", {"text": "Hello", "x:100": None}),
        ("a: {b: Hello there, c: , d}\n", {"b": "Hello there", "c": None, "d": None}),
        ("a: {for: i, x in rows, type: b}\n", {"for": "i, x in rows", "type": "b"}),
        ("a: {text: OK, rotation, referenceId}\n", {"text": "OK", "rotation": None, "referenceId": None}),
        ("extra: {mood: Very Calm, loud}\n", None),
        ("callbackPayload: {count: 5, is late, ok: true}\n", None),
        ("x-owner: {name: Ann Lee, oncall}\n", None),
        ("callbackPayload: {for: Mrs. Smith, urgent, x: 1}\n", None),
        ("a: {text: \"Hello\", 'rotation', b: 1}\n", {"text": "Hello", "rotation": None, "b": 1}),
        ("a: {b: 1, # first\n d, c: 2}\n", None),
        ('a: {type: text, text: "Hello",  # a greeting\n  rotation}\n', None),
    ],
)
def test_keys_without_a_value_that_are_no_text(text: str, value: object) -> None:
    if value is None:
        assert [name for name in read(text)[1] if name == "cut-by-comma"] == []
        assert data(text) == yaml.safe_load(text)
    else:
        assert data(text) == {"a": value}


def test_a_long_gap_behind_a_comma_takes_no_time() -> None:
    text = f"x: {{k: Hi there,{' ' * 300_000}a b}}\ny: {{k: Hi there,{chr(10) * 300_000} a b}}\n"
    tree, _ = read(text)
    assert tree is not None


@pytest.mark.parametrize("text", ["{a: b #c}\nd: [e\n", "{'a': \"#1 b\", c d #2}\n", "[a: We are #1]\n"])
def test_a_comment_that_takes_the_closing_bracket_is_found(text: str) -> None:
    assert read("x: " + text) == (None, ["cut-by-comment"])


def test_a_text_with_a_comment_in_braces_is_mended_by_quotes() -> None:
    assert data(_mended("a: {b: {c: 1}, d: We are #1 in it}\n")) == {"a": {"b": {"c": 1}, "d": "We are #1 in it"}}


@pytest.mark.parametrize("text", ["{a: b, #c\n d: 1 e: 2}\n", "{a: b c: '#d}'\n", "{a: 'b #c' d}\n"])
def test_a_comment_that_takes_nothing_is_not_to_blame(text: str) -> None:
    tree, found = read("x: " + text)
    assert tree is None
    assert found in (["yaml-syntax"], ["needs-quotes"])


TIGHT_COMMENT = r"(?m)^[^#\r\n]*[^#\s][ \t]+(#(?!vidc:)[^\s#~!][^\r\n]*)"


@settings(max_examples=400 * SCALE)
@given(st.lists(st.sampled_from(["a", " ", "#", "\t", "\n", "\r\n", "vidc:", "~", " #b"]), max_size=14).map("".join))
def test_a_comment_without_a_blank_is_found_as_its_pattern_says(text: str) -> None:
    found = [match.span(1) for match in re.finditer(TIGHT_COMMENT, text)]
    assert list(_tight_comments(text)) == found
    assert _may_cut(text) or not found
