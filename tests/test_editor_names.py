"""Which places a name has, and what renaming it changes, in documents as they are written."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree

import pytest

from vidc.compile import compile
from vidc.diag.edits import applied
from vidc.editor import templates
from vidc.editor.completing import offers
from vidc.editor.elsewhere import Elsewhere
from vidc.editor.renaming import Refused, renamed
from vidc.editor.symbols import Symbol, Trees
from vidc.passes.expand.names import names
from vidc.project import load, reader
from vidc.source import Source

EXAMPLES = Path(__file__).parents[1] / "examples"
PLACE = "position: {x: 0, y: 0}, size: {width: 90, height: 90}"
HEAD = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\n"
SPEAKER = f"actor: karen, speakerId: en-GB-RyanNeural, {PLACE}"
BRAND = f"""\
components:
  said:
    tracks:
      - {{type: actor, referenceId: speech, text: Hello there., {SPEAKER}}}
  card:
    tracks:
      - use: said
"""
FILM = """\
scenes:
  - name: one
    intrinsicDurationTrackReference: speech
    tracks:
      - use: card
"""
OTHER = f"""\
scenes:
  - name: apart
    intrinsicDurationTrackReference: speech
    tracks:
      - {{type: actor, referenceId: speech, text: Hello., {SPEAKER}}}
"""


def after(path: Path, symbol: Symbol, name: str) -> dict[str, str]:
    """The text of each file that a renaming changes, by its name."""
    made = compile(load(str(path)), read=reader(None), draft=True)
    assert made.root is not None
    edits = renamed(made.root, symbol, name, {})
    sources = {edit.span.source.file: edit.span.source for edit in edits}
    return {
        Path(file).name: applied(source.text, [edit for edit in edits if edit.span.source is source])
        for file, source in sources.items()
    }


def project(folder: Path, **texts: str) -> Path:
    (folder / ".git").mkdir()
    for name, text in texts.items():
        (folder / f"{name}.vidc.yaml").write_text(text)
    return folder


@pytest.mark.parametrize(
    "written",
    [
        "<|n|>",
        "<|n|.title>",
        "<x | default(|n|)>",
        "{{ |n| }} and {{\n |n| | upper\n}}",
        "{% if |n| %}a{% endif %} it's {{ |n| }}, isn't it",
        "{{ 'n' ~ |n| ~ \"n\" }}",
        "{{ '}}' ~ |n| }}",
        "{% raw %}{{ n }}{% endraw %}{# n #} {{ x.n }} {{ x | n }}",
        "\\<n> <n is nice> <|n|>",
        "{% for n in x %}<n> {{ n }}{% endfor %}",
        '"{{ \\"n\\" ~ |n| }} \\"<|n|>\\" \\\\<n>"',
        "'{{ ''n'' ~ |n| }} ''<|n|>'''",
    ],
)
def test_the_places_of_a_name_in_a_text_are_those_that_the_compiler_looks_up(written: str) -> None:
    text, places, at = "", [], 0
    for number, piece in enumerate(re.split(r"\|(?=n\|)|(?<=\|n)\|", written)):
        places += [(at, at + len(piece))] if number % 2 else []
        text, at = text + piece, at + len(piece)
    seen = templates.unescaped(text)
    assert len(seen) == len(text)
    assert [(one.start, one.end) for one in templates.in_text(seen) if one.name == "n"] == places
    assert ("n" in names(seen)) == bool(places)


def test_a_key_of_a_value_is_no_name(tmp_path: Path) -> None:
    text = (
        f"{HEAD}variables: {{odd: {{use: box, if: n, for: n}}, n: x}}\n"
        "dynamicVariables: {plan: Pro}\n"
        "callbackPayload: {use: box, plan: '{plan}', extra: {if: n}}\n"
        "components:\n  box:\n    parameters: {word: {type: string, required: true}}\n    tracks:\n"
        f"      - {{type: text, text: '<word> {{plan}}', {PLACE}}}\n"
        "scenes:\n  - duration: 2s\n    tracks:\n      - {use: box, with: {word: <n>}, if: n}\n"
    )
    path = project(tmp_path, a=text) / "a.vidc.yaml"
    box = after(path, Symbol("component", "box"), "card")["a.vidc.yaml"]
    assert box == text.replace("  box:\n", "  card:\n").replace("- {use: box", "- {use: card")
    plan = after(path, Symbol("service", "plan"), "tier")["a.vidc.yaml"]
    assert plan == text.replace("{plan: Pro", "{tier: Pro").replace("<word> {plan}", "<word> {tier}")
    value = after(path, Symbol("variable", "n"), "value")["a.vidc.yaml"]
    assert value == text.replace(", n: x", ", value: x").replace("<n>}, if: n", "<value>}, if: value")


def test_a_reference_is_the_name_of_a_track_in_a_component_that_the_scene_uses(tmp_path: Path) -> None:
    """Also through another component and in another file; a scene that has a track of that name is left alone."""
    film = f"include: [brand.vidc.yaml]\n{HEAD}{FILM}{OTHER.removeprefix('scenes:' + chr(10))}"
    folder = project(tmp_path, brand=BRAND, film=film, second=film, third=HEAD + OTHER)
    changed = film.replace("speech", "voice", 1)
    assert after(folder / "film.vidc.yaml", Symbol("reference", "speech", ("scenes", 0)), "voice") == {
        "film.vidc.yaml": changed,
        "second.vidc.yaml": changed,
        "brand.vidc.yaml": BRAND.replace("speech", "voice"),
    }
    assert after(folder / "brand.vidc.yaml", Symbol("reference", "speech", ("components", "said")), "voice") == {
        "film.vidc.yaml": changed,
        "second.vidc.yaml": changed,
        "brand.vidc.yaml": BRAND.replace("speech", "voice"),
    }
    assert after(folder / "film.vidc.yaml", Symbol("reference", "speech", ("scenes", 1)), "voice") == {
        "film.vidc.yaml": film[: len(film) - len(OTHER)] + film[len(film) - len(OTHER) :].replace("speech", "voice")
    }


def test_a_name_that_a_default_gives_is_that_of_every_scene(tmp_path: Path) -> None:
    defaults = "defaults: {scene: {intrinsicDurationTrackReference: speech}}\n"
    scenes = OTHER.replace("    intrinsicDurationTrackReference: speech\n", "")
    text = HEAD + defaults + scenes + scenes.removeprefix("scenes:\n")
    path = project(tmp_path, a=text) / "a.vidc.yaml"
    assert after(path, Symbol("reference", "speech", ("scenes", 1)), "voice") == {
        "a.vidc.yaml": text.replace("speech", "voice")
    }


def test_a_reference_that_a_condition_chooses_is_renamed() -> None:
    path = EXAMPLES / "changelog" / "video.vidc.yaml"
    changed = after(path, Symbol("reference", "clip", ("scenes", 3)), "recording")["video.vidc.yaml"]
    assert changed == path.read_text().replace("%}clip{%", "%}recording{%").replace(
        "referenceId: clip", "referenceId: recording"
    )


def test_a_renaming_that_an_expression_would_not_follow_is_refused(tmp_path: Path) -> None:
    text = HEAD + "variables: {which: speech}\n" + OTHER.replace("Reference: speech", "Reference: <which>")
    path = project(tmp_path, a=text) / "a.vidc.yaml"
    with pytest.raises(Refused, match="no track of this scene has the `referenceId` `speech`"):
        after(path, Symbol("reference", "speech", ("scenes", 0)), "voice")


def test_a_reference_may_not_take_a_name_that_its_scene_has_from_a_component(tmp_path: Path) -> None:
    film = f"include: [brand.vidc.yaml]\n{HEAD}{FILM}      - {{type: text, referenceId: title, text: Hi, {PLACE}}}\n"
    path = project(tmp_path, brand=BRAND, film=film) / "film.vidc.yaml"
    with pytest.raises(Refused, match="there is a reference `speech` already"):
        after(path, Symbol("reference", "title", ("scenes", 0)), "speech")


@pytest.mark.parametrize(
    ("broken", "refused"), [("x: [Hello <company>\n", False), ("include: [a.vidc.yaml]\nx: [<company>\n", True)]
)
def test_only_a_broken_file_that_may_share_the_name_stops_a_renaming(
    tmp_path: Path, broken: str, refused: bool
) -> None:
    text = f"variables: {{company: Northwind}}\n{HEAD}{OTHER.replace('Hello.', 'Hello, <company>.')}"
    path = project(tmp_path, a=text, broken=broken) / "a.vidc.yaml"
    symbol = Symbol("variable", "company")
    if refused:
        with pytest.raises(Refused, match=r"broken\.vidc\.yaml cannot be read"):
            after(path, symbol, "firm")
    else:
        assert after(path, symbol, "firm") == {"a.vidc.yaml": text.replace("company", "firm")}


def test_a_file_that_includes_what_no_file_can_be_called_stops_no_renaming(tmp_path: Path) -> None:
    text = f"variables: {{company: Northwind}}\n{HEAD}{OTHER.replace('Hello.', 'Hello, <company>.')}"
    odd = 'include: ["a\\0b"]\nvariables: {company: Other}\n'
    path = project(tmp_path, a=text, odd=odd) / "a.vidc.yaml"
    symbol = Symbol("variable", "company")
    assert after(path, symbol, "firm") == {"a.vidc.yaml": text.replace("company", "firm")}
    odd_path = path.with_name("odd.vidc.yaml")
    assert after(odd_path, symbol, "firm") == {"odd.vidc.yaml": odd.replace("company", "firm")}


def test_the_tracks_of_used_components_are_offered_as_references(tmp_path: Path) -> None:
    film = f"include: [brand.vidc.yaml]\n{HEAD}{FILM.replace('Reference: speech', 'Reference: ')}"
    path = project(tmp_path, brand=BRAND, film=film) / "film.vidc.yaml"
    source = load(str(path))
    brand = load(str(path.with_name("brand.vidc.yaml")))
    at = film.index("Reference: ") + len("Reference: ")
    found = offers(source, at, [brand], Elsewhere({}, list, frozenset()))
    assert [(one.kind, one.name) for one in found] == [("reference", "speech")]


def test_names_of_every_kind_in_the_examples_can_be_renamed_there_and_back(tmp_path: Path) -> None:
    """And the compiler finds what it found before."""
    copytree(EXAMPLES, tmp_path / "examples")
    for path in sorted((tmp_path / "examples").glob("*/video.vidc.*")):
        (path.parent / ".git").mkdir()
        source = load(str(path))
        made = compile(source, read=reader(None), draft=True)
        assert made.root is not None
        found = {use.symbol for use in Trees(made.root, made.sources[1:]).of(made.root) if use.defines}
        for symbol in {one.kind: one for one in sorted(found, key=repr)}.values():
            there = renamed(made.root, symbol, "zz9", {})
            text = applied(source.text, [edit for edit in there if edit.span.source is source])
            again = Source(source.path, text, source.file)
            if all(edit.span.source is source for edit in there):
                seen = compile(again, read=reader(None), draft=True)
                assert [one.name for one in seen.findings] == [one.name for one in made.findings], symbol
                assert seen.root is not None
                back = renamed(seen.root, Symbol(symbol.kind, "zz9", symbol.scope), symbol.name, {})
                assert applied(text, back) == source.text
