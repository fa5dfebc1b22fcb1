"""What names something else is resolved, and every medium gets a length."""

from __future__ import annotations

from typing import Any

import pytest

from vidc.clock import INF, Length
from vidc.compile import compile
from vidc.diag.edits import applied
from vidc.diag.finding import Finding, Log
from vidc.ir.facts import NOTHING, Calibration, Facts
from vidc.ir.form import is_literal
from vidc.ir.graph import Graph, Spoken, TrackNode
from vidc.passes.check import check
from vidc.passes.expand import expand
from vidc.passes.link import link
from vidc.passes.link.lengths import FREE, MAX_NEW, Effort
from vidc.passes.link.variables import MAX_FILLED
from vidc.passes.parse import parse
from vidc.source import Source
from vidc.speech import estimate

PLACE = "position: {x: 0, y: 0}, size: {width: 100, height: 100}"
HEAD = "settings: {name: Demo, videoSize: {width: 1920, height: 1080}}\n"
VOICE = "aquXcfLbkxpW4BBI5qKm"


def linked(text: str, facts: Facts = NOTHING) -> tuple[Graph, list[Finding]]:
    """The graph of a spec, and what linking it found."""
    log = Log()
    root = parse(Source("spec.vidc.yaml", text), log)
    assert root is not None
    filled = expand(root, log, given={}, read=lambda *_: "no files", draft=True)
    assert filled is not None
    spec = check(filled, log, literal=is_literal(filled))
    before = len(log.findings)
    graph = link(spec, facts, log)
    return graph, log.findings[before:]


def scenes(*tracks: str, head: str = "duration: 9s", before: str = "") -> str:
    """A spec of one scene."""
    return HEAD + before + "scenes:\n- " + head + "\n  tracks:\n" + "".join(f"  - {{{track}}}\n" for track in tracks)


def image(more: str = "") -> str:
    return f"type: image, imageUrl: https://cdn.example.com/a.png, {PLACE}{', ' * bool(more)}{more}"


def video(more: str = "", name: str = "a") -> str:
    return f"type: video, videoUrl: https://cdn.example.com/{name}.mp4, {PLACE}{', ' * bool(more)}{more}"


def actor(text: str = "Hello there.", more: str = "", speaker: str = VOICE, name: str = "karen") -> str:
    return f'type: actor, actor: {name}, speakerId: {speaker}, text: "{text}", {PLACE}{", " * bool(more)}{more}'


def said(findings: list[Finding]) -> list[tuple[str, str]]:
    """Names and the pieces of text that are pointed at, without the note on the language."""
    return [(finding.name, finding.span.text) for finding in findings if finding.name != "assumed-language"]


def only(findings: list[Finding]) -> Finding:
    (finding,) = (finding for finding in findings if finding.name != "assumed-language")
    return finding


def first(graph: Graph) -> TrackNode:
    return graph.scenes[0].tracks[0]


# References


def test_a_reference_is_the_index_of_its_track() -> None:
    graph, findings = linked(scenes(image(), actor(more="referenceId: b"), head="intrinsicDurationTrackReference: b"))
    assert (graph.scenes[0].reference, graph.scenes[0].reference_broken, said(findings)) == (1, False, [])


def test_a_reference_to_nothing_names_the_nearest() -> None:
    text = scenes(actor(more="referenceId: speech"), head="intrinsicDurationTrackReference: speach")
    graph, findings = linked(text)
    finding = only(findings)
    assert (graph.scenes[0].reference, graph.scenes[0].reference_broken) == (None, True)
    assert said(findings) == [("unknown-reference", "speach")]
    assert finding.words.help == "write `speech`"
    (edit,) = finding.words.repairs[0].edits
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == text.replace("speach", "speech")


def test_a_reference_to_nothing_names_what_there_is() -> None:
    _, findings = linked(scenes(actor(more="referenceId: speech"), head="intrinsicDurationTrackReference: zzz"))
    assert only(findings).words.help == "write `speech`, the only one here"
    _, findings = linked(scenes(actor(), head="intrinsicDurationTrackReference: zzz"))
    assert only(findings).words.help == "add `referenceId: zzz` to `actor 1`"
    _, findings = linked(scenes(actor(), actor(), head="intrinsicDurationTrackReference: zzz"))
    assert only(findings).words.help == (
        "add `referenceId: zzz` to the track that sizes it: one of `actor 1` and `actor 2`"
    )
    _, findings = linked(
        scenes(actor(), actor(more="sequentialBlendId: zzz"), head="intrinsicDurationTrackReference: zzz")
    )
    told = {one.name: one.words.help for one in findings}
    assert told["unknown-reference"] == "add `referenceId: zzz` to `actor 2`"


def test_a_condition_on_a_value_of_the_service_is_told_with_that_value() -> None:
    text = HEAD + f"scenes:\n- {{if: plan == 'Pro', tracks: [{{{actor()}}}]}}\ndynamicVariables: {{plan: Pro}}\n"
    told = {one.name: one.words.help for one in compile(Source("a.vidc.yaml", text)).findings}
    assert told["undefined-name"] == (
        "the service's values are not known here: declare `plan: Pro` under `variables:` too, "
        "and write `plan: <plan>` under `dynamicVariables`"
    )
    mended = text.replace("{plan: Pro}", "{plan: <plan>}") + "variables: {plan: Pro}\n"
    assert [one.name for one in compile(Source("a.vidc.yaml", mended)).findings if one.severity == "error"] == []


def test_a_reference_does_not_see_the_tracks_of_another_scene() -> None:
    text = HEAD + f"scenes:\n- {{tracks: [{{{actor(more='referenceId: a')}}}]}}\n"
    text += f"- {{intrinsicDurationTrackReference: a, tracks: [{{{actor()}}}]}}\n"
    assert said(linked(text)[1]) == [("unknown-reference", "a")]


def test_a_name_that_is_missing_beside_a_broken_track_proves_nothing() -> None:
    broken = "type: actr, referenceId: speech"
    graph, findings = linked(scenes(broken, actor(), head="intrinsicDurationTrackReference: speech"))
    assert (graph.scenes[0].reference, graph.scenes[0].reference_broken, said(findings)) == (None, True, [])


def test_a_scene_with_two_lengths_is_not_also_told_of_its_reference() -> None:
    assert said(linked(scenes(actor(), head="duration: 2s\n  intrinsicDurationTrackReference: zzz"))[1]) == []


def test_one_name_for_two_tracks_is_told_at_the_second() -> None:
    text = scenes(image("referenceId: a"), image("referenceId: a"), head="intrinsicDurationTrackReference: a")
    graph, findings = linked(text)
    finding = only(findings)
    assert (finding.name, finding.words.at.path) == ("repeated-reference", "scenes[0].tracks[1]")
    assert [label.span.start for label in finding.words.labels] == [text.index("referenceId: a") + len("referenceId: ")]
    assert graph.scenes[0].reference_broken


# Service variables


def test_a_text_is_measured_with_its_values_in_it() -> None:
    graph, findings = linked(
        scenes(actor("You are on {plan}, {name}."), before="dynamicVariables: {plan: 5, name: Ann}\n")
    )
    assert said(findings) == []
    assert first(graph).spoken == Spoken("You are on 5, Ann.", "en")
    assert first(graph).medium == estimate("You are on 5, Ann.", "en")


def test_a_variable_without_a_value_is_an_error_at_its_braces() -> None:
    text = scenes(actor("Hi {frist_name}."), before="dynamicVariables: {first_name: Ann}\n")
    graph, findings = linked(text)
    finding = only(findings)
    assert (finding.name, finding.span.text) == ("unset-service-variable", "{frist_name}")
    assert (finding.words.help, finding.words.repairs[0].edits[0].text) == ("write `{first_name}`", "{first_name}")
    known = estimate("Hi .", "en")
    assert first(graph).medium == Length(known.low, known.expected, INF, "estimated")
    assert first(graph).spoken is None


def test_a_variable_without_a_value_is_told_once_with_all_its_places() -> None:
    text = scenes(actor("{a} and {a}"), actor("Or {a}."))
    (found,) = [finding for finding in linked(text)[1] if finding.name == "unset-service-variable"]
    first = text.index("{a}")
    second = text.index("{a}", first + 1)
    assert found.span.start == first
    assert [(label.span.start, label.text) for label in found.words.labels] == [
        (second, "and here"),
        (text.index("{a}", second + 1), "and here"),
    ]


def test_where_several_texts_agree_the_name_of_the_value_is_the_slip() -> None:
    declared = "dynamicVariables: {frist_name: Ann}\n"
    finding = only(linked(scenes(actor("Hi {first_name}."), actor("Bye {first_name}."), before=declared))[1])
    assert (finding.name, finding.span.text) == ("misspelt-service-variable", "frist_name")
    assert [(edit.span.text, edit.text) for edit in finding.words.repairs[0].edits] == [("frist_name", "first_name")]
    used = scenes(actor("Hi {first_name} {first_name}."), actor("Bye {frist_name}."), before=declared)
    finding = only(linked(used)[1])
    assert (finding.name, finding.span.text) == ("unset-service-variable", "{first_name}")
    assert [edit.text for edit in finding.words.repairs[0].edits] == ["{frist_name}", "{frist_name}"]


def test_a_text_that_several_tracks_have_is_faulty_in_each() -> None:
    text = scenes(
        "type: text, text: &t 'On {plan} }'", "type: text, text: *t", before="dynamicVariables: {city: Rome}\n"
    )
    assert said(linked(text.replace("type: text, ", f"type: text, {PLACE}, "))[1]) == [
        ("odd-braces", "}"),
        ("odd-braces", "*t"),
        ("unset-service-variable", "{plan}"),
        ("unused-service-variable", "city"),
    ]


def test_braces_that_are_escaped_are_told_at_the_whole_text() -> None:
    text = scenes('type: text, text: "\\x7ba} and {b}", ' + PLACE)
    assert said(linked(text)[1]) == [
        ("unset-service-variable", '"\\x7ba} and {b}"'),
        ("unset-service-variable", "{b}"),
    ]


def test_values_are_put_into_texts_up_to_a_limit() -> None:
    value = "z " * (MAX_FILLED // 20)
    several = [actor("{v}" + "." * count) for count in range(12)]
    before = f"dynamicVariables: {{v: '{value}'}}\n"
    assert said(linked(scenes(*several[:10], before=before))[1]) == []
    graph, found = linked(scenes(*several, before=before))
    assert said(found) == [("values-too-long", '"{v}.........."')]
    assert [node.spoken is None for node in graph.scenes[0].tracks] == [False] * 10 + [True] * 2


def test_a_value_that_no_text_says_is_a_warning_at_its_name() -> None:
    assert said(linked(scenes(actor(), before="dynamicVariables: {plan: Pro}\n"))[1]) == [
        ("unused-service-variable", "plan")
    ]


@pytest.mark.parametrize("track", ["type: text, text: 'On {plan}', " + PLACE, image("extra: {caption: 'On {plan}'}")])
def test_a_value_is_used_by_any_text(track: str) -> None:
    assert said(linked(scenes(track, before="dynamicVariables: {plan: Pro}\n"))[1]) == []


def test_a_template_uses_values_that_are_not_seen_here() -> None:
    assert said(linked("templateJobId: abc\ndynamicVariables: {plan: Pro}\n")[1]) == []


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("a { b } c", ["{ b }"]),
        ("a {} c", ["{}"]),
        ("{1a}", ["{1a}"]),
        ("open { and", ["{"]),
        ("close } and", ["}"]),
        ("{a b} {c-d}", ["{a b}", "{c-d}"]),
    ],
)
def test_braces_around_anything_but_a_name_are_text(text: str, odd: list[str]) -> None:
    graph, findings = linked(scenes(actor(text)))
    assert said(findings) == [("odd-braces", piece) for piece in odd]
    assert first(graph).spoken == Spoken(text, "en")


def test_a_literal_job_may_say_double_braces() -> None:
    job = (
        '{"videoCreative": {"settings": {"name": "a", "videoSize": {"width": 9, "height": 9}}, "scenes": [{"tracks": '
        '[{"type": "actor", "actor": "karen", "speakerId": "x", "text": "{{script goes here}}", '
        '"position": {"x": 0, "y": 0}, "size": {"width": 9, "height": 9}}]}]}}'
    )
    graph, findings = linked(job)
    assert said(findings) == [("odd-braces", "{{script goes here}}")]
    assert first(graph).spoken == Spoken("{{script goes here}}", "en")


@pytest.mark.parametrize(
    ("before", "severity"),
    [
        ("callbackPayload: {url: a}", "error"),
        ("callbackPayload: {shareUrl: a}", "error"),
        ("callbackPayload: {videoUrl: a}", "warning"),
        ("callbackPayload: {status: a}", "warning"),
    ],
)
def test_names_that_the_callback_holds_are_reserved(before: str, severity: str) -> None:
    _, findings = linked(scenes(actor(), before=f"callback: https://a.example.com\n{before}\n"))
    finding = only(findings)
    assert (finding.name, finding.severity) == ("reserved-name", severity)
    assert finding.span.text == before.split("{")[1].split(":")[0]


def test_a_variable_may_collide_with_the_callback_too() -> None:
    _, findings = linked(scenes(actor("See {url}."), before="dynamicVariables: {url: here}\n"))
    assert [(finding.name, finding.severity) for finding in findings][:1] == [("reserved-name", "warning")]


# Lengths


def length(*tracks: str, facts: Facts = NOTHING, before: str = "") -> Any:
    return first(linked(scenes(*tracks, before=before), facts)[0]).medium


def test_a_stated_length_counts_before_all_else() -> None:
    facts = Facts({"https://cdn.example.com/a.mp4": 4_000}, {}, {})
    assert length(video("intrinsicDuration: 3s"), facts=facts) == Length(3_000, 3_000, 3_000, "stated")
    assert length(video("intrinsicDuration: [1s, 2s, inf]")) == Length(1_000, 2_000, INF, "stated")


def test_a_measured_medium_is_known_by_its_address() -> None:
    facts = Facts({"https://cdn.example.com/a.mp4": 4_000}, {}, {})
    assert length(video(), facts=facts) == Length(4_000, 4_000, 4_000, "measured")
    assert length(video(name="b"), facts=facts) == Length(1, 5_000, INF, "estimated")


def test_nothing_is_known_of_a_video_a_recording_and_less_of_an_audio() -> None:
    unknown = Length(1, 5_000, INF, "estimated")
    assert length(video()) == unknown
    assert length(f"type: actor, actor: karen, audioUrl: https://a.example.com/a.mp3, {PLACE}") == unknown
    assert length("type: audio, audioUrl: https://a.example.com/a.mp3") is None
    assert length(image()) is None


def test_an_audio_may_be_measured() -> None:
    facts = Facts({"https://a.example.com/a.mp3": 700}, {}, {})
    assert length("type: audio, audioUrl: https://a.example.com/a.mp3", facts=facts) == Length(
        700, 700, 700, "measured"
    )


def test_a_measured_speech_is_known_by_who_says_what_is_spoken() -> None:
    facts = Facts({}, {(VOICE, "On Pro."): 777}, {})
    before = "dynamicVariables: {plan: Pro}\n"
    assert length(actor("On {plan}."), facts=facts, before=before) == Length(777, 777, 777, "measured")
    assert length(actor("On {plan}.", speaker="other"), facts=facts, before=before) == estimate("On Pro.", "en")


def test_a_calibrated_voice_has_its_own_bounds() -> None:
    voice = Calibration(1.1, 0.9, 1.2, 20)
    assert length(actor(), facts=Facts({}, {}, {VOICE: voice})) == estimate("Hello there.", "en", voice)


def test_a_text_that_is_not_all_known_has_no_upper_bound() -> None:
    before = "variables: {name: {type: string, required: true}}\n"
    known = estimate("Hello , and welcome.", "en")
    assert length(actor("Hello <name>, and welcome."), before=before) == Length(
        known.low, known.expected, INF, "estimated"
    )
    assert length(actor("<name>"), before=before) == Length(0, 5_000, INF, "estimated")


def test_words_cost_effort_where_they_are_new_in_their_language() -> None:
    effort = Effort()
    assert effort.affords("x" * FREE, "en")
    assert effort.left == MAX_NEW
    assert effort.affords("one two one", "en")
    spent = MAX_NEW - effort.left
    assert effort.affords("two one two", "en")
    assert MAX_NEW - effort.left == spent
    assert effort.affords("two one two", "de")
    assert MAX_NEW - effort.left == 2 * spent
    assert effort.affords("x" * 100, "en")
    again = effort.left
    assert effort.affords("x" * 100, "en")
    assert again - effort.left == 100 + 100 // 20


def test_a_script_that_costs_too_much_has_no_length() -> None:
    words = " ".join(f"a{number}b" for number in range(12_000))
    several = [actor(words, speaker=f"{code}-XX-A") for code in ("de", "en", "es", "fr", "hi", "it", "pl", "pt", "tr")]
    graph, found = linked(scenes(*several, "type: text, text: Hi, " + PLACE))
    assert [finding.name for finding in found] == ["too-many-words"]
    known = [node.medium is not None for node in graph.scenes[0].tracks]
    assert known == sorted(known, reverse=True)
    assert 3 < sum(known) < 9


def language_of(text: str) -> tuple[str, list[str]]:
    graph, findings = linked(text)
    spoken = first(graph).spoken
    assert spoken is not None
    return spoken.language, [finding.name for finding in findings]


def test_the_language_is_the_speakers_then_the_scenes_then_the_specs_then_english() -> None:
    voice = "pt-BR-AntonioNeural"
    assert language_of(scenes(actor(speaker=voice), before="language: pt\n")) == ("pt-BR", [])
    assert language_of(scenes(actor(speaker=voice), before="language: de\n")) == ("pt-BR", ["language-mismatch"])
    assert language_of(scenes(actor(), before="language: jp\n")) == ("jp", ["unknown-language"])
    assert language_of(scenes(actor(), head="language: fr\n  duration: 9s", before="language: de\n")) == ("fr", [])
    assert language_of(scenes(actor(), before="language: de\n")) == ("de", [])
    assert language_of(scenes(actor(), actor())) == ("en", ["assumed-language"])


# Media that continue over a cut


def pair(one: str, two: str, between: str = "", head: str = "duration: 9s") -> str:
    items = "".join(f"- {head}\n  tracks: [{{{track}}}]\n{more}" for track, more in ((one, between), (two, "")))
    return HEAD + "scenes:\n" + items


BLEND = "sequentialBlendId: a"


@pytest.mark.parametrize(
    ("one", "two", "found"),
    [
        (video(BLEND), video(BLEND), []),
        (image(BLEND), image(BLEND), []),
        (actor("One.", BLEND), actor("Two.", BLEND), []),
        (video(BLEND), image(BLEND), [("blend-type", "image")]),
        (video(BLEND), video(BLEND, "b"), [("blend-content", "https://cdn.example.com/b.mp4")]),
        (actor("One.", BLEND), actor("Two.", BLEND, name="omar"), [("blend-content", "omar")]),
        (video(BLEND + ", endTimeGap: 0"), video(BLEND), [("blend-gap", "endTimeGap: 0")]),
        (video(BLEND), video(BLEND + ", startTimeGap: 1s"), [("blend-gap", "startTimeGap: 1s")]),
        (video(BLEND + ", startTimeGap: 1s"), video(BLEND + ", endTimeGap: 1s"), []),
        (video(BLEND), video(BLEND + ", duration: 1s"), [("blend-duration", "duration: 1s")]),
        (video(BLEND + ", duration: 1s"), video(BLEND), [("blend-duration", "duration: 1s")]),
        (video(BLEND), video(BLEND).replace("{x: 0", "{x: 5"), [("blend-moved", "{x: 5, y: 0}")]),
        (video(BLEND), video(), [("blend-alone", "a")]),
        (video(), video(BLEND), [("blend-alone", "a")]),
    ],
)
def test_each_breach_of_continuing_is_told(one: str, two: str, found: list[tuple[str, str]]) -> None:
    assert said(linked(pair(one, two))[1]) == found


def test_a_transition_between_the_two_is_a_warning() -> None:
    text = pair(video(BLEND), video(BLEND), "  transition: {type: fade, duration: 500ms}\n")
    assert said(linked(text)[1]) == [("blend-transition", "transition: {type: fade, duration: 500ms}")]


def test_tracks_with_a_scene_between_them_do_not_continue() -> None:
    text = pair(video(BLEND), video()) + f"- duration: 9s\n  tracks: [{{{video(BLEND)}}}]\n"
    _, findings = linked(text)
    assert [(finding.name, finding.words.at.path) for finding in findings] == [("blend-apart", "scenes[2].tracks[0]")]


def test_two_tracks_of_one_scene_cannot_both_continue() -> None:
    text = pair(video(BLEND), f"{video(BLEND)}}}, {{{video(BLEND)}")
    _, findings = linked(text)
    assert [(finding.name, finding.words.at.path) for finding in findings] == [
        ("blend-repeated", "scenes[1].tracks[1]")
    ]


def test_an_id_in_two_chains_is_fine() -> None:
    text = pair(video(BLEND), video(BLEND)) + f"- duration: 9s\n  tracks: [{{{video()}}}]\n"
    text += pair(video(BLEND), video(BLEND)).partition("scenes:\n")[2]
    assert said(linked(text)[1]) == []


def test_an_id_beside_a_broken_track_is_not_called_alone() -> None:
    assert said(linked(pair(video(BLEND), "type: vido"))[1]) == []


def media(one: str, two: str) -> list[Length | None]:
    return [scene.tracks[0].medium for scene in linked(pair(one, two))[0].scenes]


def test_what_a_continued_medium_has_left_is_any_part_of_it() -> None:
    whole = Length(8_000, 8_000, 8_000, "stated")
    stated = BLEND + ", intrinsicDuration: 8s"
    assert media(video(stated), video(stated)) == [whole, Length(0, 8_000, 8_000, "stated")]
    assert media(video(stated), video(stated, "b")) == [whole, whole]


def test_an_actor_with_other_words_has_all_of_them_to_say() -> None:
    one, two = estimate("One.", "en"), estimate("Two.", "en")
    assert media(actor("One.", BLEND), actor("Two.", BLEND)) == [one, two]
    assert media(actor("One.", BLEND), actor("One.", BLEND)) == [one, Length(0, one.expected, one.high, "estimated")]


def test_a_medium_knows_that_it_goes_on() -> None:
    graph, _ = linked(pair(video(BLEND), video(BLEND)))
    tracks = [scene.tracks[0] for scene in graph.scenes]
    assert [(item.goes_on, item.continues) for item in tracks] == [(True, None), (False, tracks[0].track)]


def told(scripts: list[str]) -> list[Finding]:
    """What a whole spec with service variables is told, where these are scripts and other lines of its scenes."""
    tracks = "".join(f"      - {{type: text, text: {script}, {PLACE}}}\n" for script in scripts)
    text = f"{HEAD}dynamicVariables: {{plan: Pro, team: Sales}}\nscenes:\n  - duration: 9s\n    tracks:\n{tracks}"
    found = compile(Source("spec.vidc.yaml", text), draft=True).findings
    return [finding for finding in found if finding.name not in ("undocumented-reading", "unused-service-variable")]


@pytest.mark.parametrize(
    ("script", "name", "piece", "help"),
    [
        ("On <plan>.", "wrong-brackets", "<plan>", "write `{plan}`"),
        ("On < plan >.", "wrong-brackets", "< plan >", "write `{plan}`"),
        (
            "'On {{ plan }}.'",
            "undefined-name",
            "plan",
            "write `{plan}`: the service puts in the values of `dynamicVariables`",
        ),
        ("\"On {{ '{{plan}}' }}.\"", "odd-braces", "{{plan}}", "write `{plan}`"),
    ],
)
def test_a_service_variable_in_other_brackets_is_told_its_own(script: str, name: str, piece: str, help: str) -> None:
    (finding,) = told([script])
    assert (finding.name, finding.span.text, finding.words.help) == (name, piece, help)
    (repair,) = finding.words.repairs
    if name != "odd-braces":
        after = script.replace("{{ plan }}", "{plan}").replace(piece, "{plan}").replace("{{plan}}", "{plan}")
        assert applied(finding.span.source.text, list(repair.edits)).count(after) == 1


def test_a_value_in_other_brackets_is_not_also_unused() -> None:
    text = scenes(actor("On <plan>."), before="dynamicVariables: {plan: Pro}\n")
    assert said(linked(text)[1]) == [("wrong-brackets", "<plan>")]


def test_a_backslash_says_that_the_name_is_meant_as_text() -> None:
    assert told(["'On \\<plan>.'"]) == []
    assert [finding.span.text for finding in told(["'On \\<plan>, on <plan>.'"])] == ["<plan>"]


def test_other_tags_and_names_are_text() -> None:
    assert told(["'<b>On</b> <Plan> <plan.name> < 3 plan >'"]) == []


def test_a_name_that_decides_must_be_a_variable_of_the_spec() -> None:
    for script in ("\"{% if plan == 'Pro' %}a{% endif %}\"", "'{{ team | upper }}'"):
        (finding,) = told([script])
        assert (finding.name, finding.words.repairs) == ("undefined-name", ())
        assert "under `variables:` too" in finding.words.help


def test_a_name_that_a_text_has_twice_is_not_repaired_once() -> None:
    (finding,) = told(["'{{ plan }} or {{ plan }}'"])
    assert (finding.words.help[:14], finding.words.repairs) == ("write `{plan}`", ())


@pytest.mark.parametrize(
    "fields",
    [
        "dynamicVariables: {plan: '{{ plan }} deals'}\n",
        "dynamicVariables: {plan: Pro}\ncallback: https://a.example.com/\ncallbackPayload: {a: '{{ plan }}'}\n",
        "dynamicVariables: {plan: Pro}\nvariables: {a: '{{ plan }}'}\n",
    ],
)
def test_braces_are_offered_only_where_the_service_fills_them(fields: str) -> None:
    text = f"{HEAD}{fields}scenes:\n  - duration: 9s\n    tracks:\n      - {{type: text, text: Hi, {PLACE}}}\n"
    found = compile(Source("spec.vidc.yaml", text), draft=True).findings
    (finding,) = [finding for finding in found if finding.name == "undefined-name"]
    assert "under `variables:` too" in finding.words.help
    assert finding.words.repairs == ()
