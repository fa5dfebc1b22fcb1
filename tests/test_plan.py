"""Plans: what would be sent, what it may cost, and that a plan is applied once, as it was made, or not at all."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import SCALE
from crash.service import URL
from shop import SPEC, TEXT, Shop, a_shop  # noqa: F401  # a fixture

from vidc import lock as locks
from vidc.clock import INF, Length
from vidc.ledger import place
from vidc.ledger.apply import apply, differences
from vidc.ledger.budget import Rate, check_budget
from vidc.ledger.errors import Refused
from vidc.ledger.fetching import free_name
from vidc.ledger.learn import measures, speech
from vidc.ledger.ledger import Ledger, open_ledger
from vidc.ledger.listen import _heard
from vidc.ledger.paying import paid
from vidc.ledger.plan import Options, Plan, compiled, plan_of, wanted
from vidc.ledger.plan_file import as_json, from_json, plan_id
from vidc.ledger.plan_text import render
from vidc.ledger.states import STATES
from vidc.project import CannotRead, load
from vidc.source import Source


def test_a_plan_is_applied_once(shop: Shop) -> None:
    plan = shop.plan("one", "two")
    assert [job.action for job in plan.jobs] == ["create", "create"]
    assert shop.apply(plan) == ["submitted", "submitted"]
    with pytest.raises(Refused, match=r"this plan was applied 2027-01-15T08:00:00Z: nothing of it is left to send"):
        shop.apply(plan)
    assert len(shop.fake.posts) == 2


def test_what_is_made_is_reused_and_only_a_changed_word_is_sent(shop: Shop) -> None:
    shop.apply(shop.plan("one", "two"))
    assert shop.actions("one", "two") == ["in flight", "in flight"]
    shop.finish()
    assert shop.actions("one", "two") == ["reuse", "reuse"]
    path = shop.folder / "one.vidc.yaml"
    text = path.read_text()
    for same in (
        f"# a comment\n{text}",
        text.replace("{width: 1920, height: 1080}", "{height: 1080,   width: 1920}"),
        text.replace("\nscenes", "\n\n\nscenes"),
    ):
        path.write_text(same)
        assert shop.actions("one", "two") == ["reuse", "reuse"]
        assert shop.apply(shop.plan("one", "two")) == []
    assert len(shop.fake.posts) == 2
    path.write_text(text.replace("Hello", "Welcome"))
    assert shop.actions("one", "two") == ["create", "reuse"]
    assert shop.apply(shop.plan("one", "two")) == ["submitted"]
    assert len(shop.fake.posts) == 3


def test_the_lock_alone_is_enough_for_reuse_and_the_video_is_asked_for(shop: Shop) -> None:
    shop.apply(shop.plan("one"))
    shop.finish()
    shop.ledger.close()
    shop.ledger = open_ledger(str(shop.folder / "another.db"), shop.clock)  # type: ignore[arg-type]
    assert shop.actions("one") == ["reuse"]
    shop.fake.deleted |= {f"v-{job}" for job in shop.fake.accepted}
    assert shop.actions("one", asking=False) == ["reuse"], "nobody was asked"
    assert shop.actions("one") == ["deleted"]
    assert shop.actions("one", again=True) == ["create"]
    with pytest.raises(Refused, match="was planned as reuse") as caught:
        shop.apply(replace(shop.plan("one", asking=False), options=Options({}, str(shop.folder), again=True)))
    assert str(caught.value).endswith("one.vidc.yaml was planned as reuse, and would be sent now: plan again")
    assert shop.apply(shop.plan("one", again=True)) == ["submitted"]
    assert len(shop.fake.posts) == 2


def test_what_another_branch_made_since_the_plan_is_not_sent(shop: Shop) -> None:
    """Its video came with the lock; this ledger never heard of it."""
    plan = shop.plan("one", "two")
    fingerprint = plan.jobs[0].fingerprint
    shop.fake.accepted["elsewhere"] = b"{}"
    locks.learn(shop.lock, locks.Video(fingerprint, "2027-01-14T00:00:00Z", "elsewhere", "v-elsewhere", 1000, 1000))
    assert shop.apply(plan) == ["submitted"]
    assert [json.loads(post)["videoCreative"]["settings"]["name"] for post in shop.fake.posts] == ["two"]


def test_a_machine_that_slept_over_its_claim_sends_nothing(shop: Shop) -> None:
    from vidc.ledger.ledger import LEASE_S
    from vidc.ledger.send import Stopped

    plan = shop.plan("one")
    claim = shop.ledger.claim

    def slow(key: str, name: str = "") -> Any:
        won = claim(key, name)
        shop.clock.sleep(LEASE_S)
        return won

    shop.ledger.claim = slow  # type: ignore[method-assign]
    with pytest.raises(Stopped) as caught:
        shop.apply(plan)
    assert str(caught.value.cause) == "the claim is too old to be used"
    assert shop.fake.posts == []
    shop.ledger.claim = claim  # type: ignore[method-assign]
    assert shop.apply(plan) == ["submitted"]


def test_a_video_that_is_gone_is_made_again_only_where_a_person_says_so(shop: Shop) -> None:
    shop.apply(shop.plan("one"))
    shop.finish()
    shop.fake.deleted |= {f"v-{job}" for job in shop.fake.accepted}
    assert shop.apply(shop.plan("one")) == []
    assert shop.apply(shop.plan("one", again=True)) == ["submitted"]
    shop.fake.deleted.clear()
    shop.finish()
    assert shop.actions("one") == ["reuse"]
    assert sorted(row.state for row in shop.ledger.intents(live_only=False)) == ["deleted", "finished"]


@pytest.mark.parametrize("end", ["failed", "deleted"])
def test_what_failed_or_was_deleted_is_sent_again_only_where_a_person_says_so(shop: Shop, end: str) -> None:
    shop.apply(shop.plan("one"))
    shop.fake.status = end
    shop.finish()
    assert shop.actions("one") == [end]
    assert shop.apply(shop.plan("one")) == []
    assert shop.apply(shop.plan("one", again=True)) == ["submitted"]
    assert len(shop.fake.posts) == 2


def test_an_unknown_waits_for_a_person(shop: Shop) -> None:
    shop.fake.outcome = lambda number: "no answer, taken" if number == 0 else "ok"
    assert shop.apply(shop.plan("one", "two")) == ["unknown", "submitted"]
    [unknown] = [row for row in shop.ledger.intents() if row.state == "unknown"]
    assert shop.actions("one", again=True) == ["unknown"]
    assert shop.apply(shop.plan("one", again=True)) == []
    [job] = [job for job, content in shop.fake.accepted.items() if b'"name": "one"' in content]
    shop.ledger.adopt(unknown.key, job, f"v-{job}")
    shop.finish()
    assert shop.actions("one") == ["reuse"]
    assert len(shop.fake.posts) == 2


def test_two_doubts_in_a_row_end_the_run_and_leave_the_rest_planned(shop: Shop) -> None:
    from vidc.ledger.send import Stopped

    shop.fake.outcome = lambda _: "error, not taken"
    plan = shop.plan("one", "two", "three")
    with pytest.raises(Stopped):
        shop.apply(plan)
    assert sorted(row.state for row in shop.ledger.intents()) == ["planned", "unknown", "unknown"]
    shop.fake.outcome = lambda _: "ok"
    assert sorted(shop.apply(plan)) == ["submitted", "unknown", "unknown"]


@pytest.mark.parametrize(
    ("outcome", "states"),
    [
        ("barred", ["planned", "planned", "rejected"]),
        ("no connection", ["submitted"] * 3),
        ("refused", ["rejected", "submitted", "submitted"]),
    ],
)
def test_what_is_rejected_stops_the_run_only_where_the_next_would_be_too(
    shop: Shop, outcome: str, states: list[str]
) -> None:
    from contextlib import suppress

    from vidc.ledger.send import Stopped

    shop.fake.outcome = lambda number: outcome if number == 0 else "ok"
    with suppress(Stopped):
        shop.apply(shop.plan("one", "two", "three"))
    assert sorted(row.state for row in shop.ledger.intents()) == states
    assert set(shop.actions("one", "two", "three")) <= {"create", "in flight"}


def test_a_template_is_sent_as_the_template_request(shop: Shop) -> None:
    asked: list[str] = []
    answer = shop.fake._answer

    def noting(method: str, path: str, body: bytes) -> Any:
        asked.append(path)
        return answer(method, path, body)

    shop.fake._answer = noting  # type: ignore[method-assign]
    (shop.folder / "mail.vidc.yaml").write_text(
        "templateJobId: 6650c2f1\ndynamicVariables: {name: Ann}\ncallback: https://hooks.example.com/\n"
    )
    plan = shop.plan("mail")
    assert (plan.jobs[0].kind, plan.jobs[0].name, plan.jobs[0].length.high) == ("template", "6650c2f1", INF)
    with pytest.raises(Refused, match="is not known"):
        check_budget(plan, Decimal(100), "high")
    assert shop.apply(plan) == ["submitted"]
    assert asked == ["/api/v1/video-generation-jobs/template-jobs"]
    sent = json.loads(shop.fake.posts[0])
    assert sent.pop("callbackPayload")["vidc"].keys() == {"key", "mark"}
    assert sent == {
        "templateJobId": "6650c2f1",
        "dynamicVariables": {"name": "Ann"},
        "callbackUrl": "https://hooks.example.com/",
    }


def test_two_specs_with_one_job_are_sent_once(shop: Shop) -> None:
    (shop.folder / "same.vidc.yaml").write_text("# the same\n" + (shop.folder / "one.vidc.yaml").read_text())
    plan = shop.plan("one", "same")
    assert [(job.action, job.why) for job in plan.jobs] == [
        ("create", ""),
        ("copy", f"the same job as {plan.jobs[0].spec}"),
    ]
    assert [job.length for job in plan.jobs][1:] == [Length(0, 0, 0, "exact")]
    assert [job.spec for job in plan.creates] == [plan.jobs[0].spec]
    assert shop.apply(plan) == ["submitted"]
    assert len(shop.fake.posts) == 1


def test_a_spec_that_changed_is_refused_with_what_changed(shop: Shop) -> None:
    plan = shop.plan("one", "two")
    path = shop.folder / "two.vidc.yaml"
    path.write_text(path.read_text().replace("Hello", "Welcome").replace("1080}}\ncall", "720}}\ncall"))
    with pytest.raises(Refused) as caught:
        shop.apply(plan)
    assert str(caught.value) == (
        f"{path} is not what was planned: `videoCreative.settings.videoSize.height` was `1080` and is `720`; `videoCreative.scenes[0].tracks[0].text` was "
        "`Hello, and welcome to our short tour of …` and is `Welcome, and welcome to our short tour o…`. Plan again"
    )
    path.write_text("settings: {")
    with pytest.raises(Refused, match="has errors now"):
        shop.apply(plan)
    assert shop.fake.posts == []


def test_a_plan_for_another_service_is_refused(shop: Shop) -> None:
    with pytest.raises(Refused, match=r"the plan was made for https://elsewhere.example.com/api/v1, and this is"):
        shop.apply(replace(shop.plan("one"), service="https://elsewhere.example.com/api/v1"))
    assert shop.fake.posts == []


def test_the_body_is_what_compile_writes_but_for_the_mark(shop: Shop) -> None:
    options = Options({}, str(shop.folder))
    made = compiled(load(str(shop.folder / "one.vidc.yaml")), options, locks.facts(locks.empty()))
    assert made.job is not None
    shop.apply(shop.plan("one"))
    sent = json.loads(shop.fake.posts[0])
    assert sent.pop("callbackPayload").keys() == {"vidc"}
    assert json.dumps(sent, ensure_ascii=False, indent=2) + "\n" == made.job.text()
    path = shop.folder / "one.vidc.yaml"
    path.write_text(path.read_text().replace("callback: https://hooks.example.com/\n", ""))
    made = compiled(load(str(path)), options, locks.facts(locks.empty()))
    assert made.job is not None
    path.write_text(path.read_text().replace("Hello", "Hullo"))
    shop.apply(shop.plan("one"))
    assert shop.fake.posts[1].decode() == made.job.text().replace("Hello", "Hullo")


def test_what_is_not_seen_is_sent_as_the_escape_that_compile_writes(shop: Shop) -> None:
    text = "A soft\u00adhyphen, and a \u200bspace of no width."
    shop.write("one", text)
    shop.apply(shop.plan("one"))
    [sent] = shop.fake.posts
    assert b"A soft\\u00adhyphen, and a \\u200bspace of no width." in sent
    assert json.loads(sent)["videoCreative"]["scenes"][0]["tracks"][0]["text"] == text


def test_a_payload_that_uses_the_mark_s_name_is_refused(shop: Shop) -> None:
    path = shop.folder / "one.vidc.yaml"
    path.write_text(path.read_text() + "callbackPayload: {vidc: mine}\n")
    with pytest.raises(Refused, match=r"has `callbackPayload.vidc`, which is vidc's own: rename it"):
        shop.plan("one")


def test_content_that_is_cut_is_refused_unless_accepted(shop: Shop) -> None:
    path = shop.folder / "one.vidc.yaml"
    path.write_text(path.read_text().replace("  - tracks:", "  - duration: 1s\n    tracks:"))
    with pytest.raises(Refused, match="--accept-cuts sends it so"):
        shop.plan("one")
    made = [compiled(load(str(path)), Options({}), locks.facts(locks.empty()))]
    assert plan_of(made, Options({}, accept_cuts=True), shop.known(), "").jobs[0].action == "create"


# As data.


def text_of(plan: Plan) -> str:
    return json.dumps(as_json(plan))


def test_a_plan_comes_back_as_it_was_written(shop: Shop) -> None:
    plan = shop.plan("one", "two")
    assert from_json(text_of(plan), "plan.json") == plan
    pretty = json.dumps(dict(reversed(as_json(plan, Rate("3 EUR")).items())), indent=4)
    assert from_json(pretty, "plan.json") == plan
    cost = as_json(plan, Rate("3.50 EUR"))["total"]
    length = [job.length for job in plan.jobs]
    low, high = sum(each.low for each in length), sum(int(each.high) for each in length)
    assert cost["jobs"] == 2
    assert (cost["minutes"]["low"], cost["minutes"]["high"]) == (round(low / 60000, 3), round(high / 60000, 3))
    assert cost["money"]["low"] == str((Decimal("3.50") * low / 60000).quantize(Decimal("0.01")))
    assert cost["money"]["unit"] == "EUR"


def _mutated(plan: dict[str, Any], chance: random.Random) -> str:
    """The plan with something changed: a byte, a value, a field, a job."""
    text = json.dumps(plan)
    if chance.random() < 0.4:
        at = chance.randrange(len(text))
        return text[:at] + chance.choice(["", "0", "9", '"', "x", "}", " ", text[at : at + 7] * 2]) + text[at + 1 :]
    found: Any = json.loads(text)
    node, path = found, []
    while isinstance(node, dict | list) and node and (not path or chance.random() < 0.8):
        name = chance.choice(list(node) if isinstance(node, dict) else range(len(node)))
        path.append((node, name))
        node = node[name]
    if not path:
        return text
    parent, name = path[-1]
    change = chance.randrange(4)
    if change == 0 and isinstance(parent, dict):
        del parent[name]
    elif change == 1 and isinstance(parent, list):
        parent.append(json.loads(json.dumps(parent[name])))
    else:
        parent[name] = chance.choice(
            ["create", "reuse", "", None, True, 0, 1, -1, 1e99, [], {}, "x" * 50, URL, "plan-1", TEXT]
        )
    return json.dumps(found)


def _resealed(text: str) -> str:
    """As an attacker would who knows how ids are made."""
    from vidc.ledger.seal import digest

    try:
        found = json.loads(text)
        content = {name: value for name, value in found.items() if name not in ("id", "total")}
        found["id"] = "plan-" + digest(content)[:24]
        return json.dumps(found)
    except (ValueError, TypeError, AttributeError):
        return text


def test_a_thousand_mutated_plans_send_nothing_more(shop: Shop) -> None:
    """Each spec's job is in the plan once; whatever is done to the plan, each is sent at most once."""
    from vidc.colossyan.errors import BadService
    from vidc.project import CannotRead

    plan = shop.plan("one", "two", "three")
    shop.apply(plan)
    shop.finish()
    sent = len(shop.fake.posts)
    assert sent == 3
    chance = random.Random(7)
    data = as_json(plan)
    applied = 0
    for number in range(1_000 * SCALE):
        text = _mutated(data, chance)
        text = _resealed(text) if number % 2 else text
        try:
            applied += 1
            shop.apply(from_json(text, "plan.json"))
        except (Refused, CannotRead, BadService):
            applied -= 1
        assert len(shop.fake.posts) == sent, text
    assert {row.state for row in shop.ledger.intents(live_only=False)} == {"finished"}
    assert applied < 500 * SCALE


def test_mutated_plans_of_jobs_that_are_not_made_yet_send_only_what_the_specs_say(shop: Shop) -> None:
    from vidc.colossyan.errors import BadService
    from vidc.project import CannotRead

    chance = random.Random(8)
    bodies = {job.body["videoCreative"]["settings"]["name"]: job.body for job in shop.plan("one", "two").jobs}
    data = as_json(shop.plan("one", "two"))
    for number in range(200 * SCALE):
        text = _mutated(data, chance)
        text = _resealed(text) if number % 2 else text
        try:
            shop.apply(from_json(text, "plan.json"))
        except (Refused, CannotRead, BadService):
            continue
    assert len(shop.fake.posts) <= 2
    for post in shop.fake.posts:
        sent = json.loads(post)
        assert sent["videoCreative"] == bodies[sent["videoCreative"]["settings"]["name"]]["videoCreative"]


@pytest.mark.parametrize("name", ["created", "nonce", "service", "options", "jobs", "id"])
def test_a_plan_that_was_changed_by_hand_is_refused(shop: Shop, name: str) -> None:
    data = as_json(shop.plan("one"))
    changed = {"options": data["options"] | {"again": True}, "jobs": data["jobs"] * 2}.get(
        name, data[name] + "0" if isinstance(data[name], str) else None
    )
    with pytest.raises(Refused) as caught:
        from_json(json.dumps(data | {name: changed}), "plan.json")
    assert str(caught.value) == "plan.json was changed after it was made: plan again"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        '{"vidcPlan": 2}',
        '{"vidcPlan": 1}',
        '{"vidcPlan": 1, "id": "plan-"}',
        "[" * 100_000,
        "null",
        '{"vidcPlan": 1, "options": 7}',
    ],
)
def test_what_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        from_json(text, "plan.json")


def test_differences_are_said_by_path() -> None:
    before = {"a": 1, "b": [1, {"c": "x"}], "d": [1], "e": True, "f": 1}
    after = {"a": 1, "b": [1, {"c": "y"}], "d": [1, 2], "e": 1, "g": {}}
    assert differences(before, after) == [
        "`b[1].c` was `x` and is `y`",
        "`d` had 1 and has 2",
        "`e` was `True` and is `1`",
        "`f` is gone",
        "`g` is new",
    ]
    assert differences(before, before) == []


# As text, and the budget.


def sample() -> Plan:
    from vidc.ledger.plan import PlannedJob

    def job(spec: str, action: Any, why: str, length: Length) -> PlannedJob:
        return PlannedJob(spec, spec, action, why, f"f-{spec}", "video", "", length, {})

    made = "2026-11-20"
    return Plan(
        "2026-11-22T10:00:00Z",
        "n",
        URL,
        Options({}),
        [
            job("videos/welcome.vidc.yaml", "create", "", Length(54_000, 72_000, 96_000, "estimated")),
            job("videos/intro.vidc.yaml", "reuse", f"made {made}, and there", Length(1, 1, 1)),
            job("videos/faq.vidc.yaml", "in flight", f"job 6650c2f1, sent {made}", Length(1, 1, 1)),
            job(
                "videos/legal.vidc.yaml",
                "unknown",
                "`vidc resolve 3f0c9a77b1de` settles it: no answer in time",
                Length(1, 1, 1),
            ),
            job("videos/\x1b[31mold.vidc.yaml", "failed", "the service says that it failed", Length(1, 1, 1)),
            job(
                "videos/demo.vidc.yaml",
                "create",
                "rejected 2026-11-21: the service answered 400: scene 2 has no duration and no track that would give it one",
                Length(60_000, 60_000, 60_000),
            ),
        ],
    )


def test_a_plan_is_shown_like_a_diff_in_80_columns(golden: Callable[[Path, str], None]) -> None:
    text = render(sample(), rate=Rate("3.50 EUR"))
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text
    golden(Path(__file__).parent / "crash" / "plan.txt", text)


@pytest.mark.parametrize(
    ("most", "by", "said"),
    [
        (None, "high", None),
        ("2.6", "high", None),
        ("2.2", "expected", None),
        (
            "2.59",
            "high",
            "the plan may cost 2.6 min, which is more than --max-minutes 2.59: --budget-by expected fits it; or without videos/welcome.vidc.yaml it fits",
        ),
        (
            "1.5",
            "high",
            "the plan may cost 2.6 min, which is more than --max-minutes 1.5: without videos/welcome.vidc.yaml it fits",
        ),
        (
            "0.5",
            "high",
            "the plan may cost 2.6 min, which is more than --max-minutes 0.5: every job alone is more than that",
        ),
        (
            "0",
            "expected",
            "the plan is expected to cost 2.2 min, which is more than --max-minutes 0: every job alone is more than that",
        ),
    ],
)
def test_a_budget_is_kept_or_the_cheaper_way_is_named(most: str | None, by: Any, said: str | None) -> None:
    limit = None if most is None else Decimal(most)
    if said is None:
        check_budget(sample(), limit, by)
        return
    with pytest.raises(Refused) as caught:
        check_budget(sample(), limit, by)
    assert str(caught.value) == said


def test_what_has_no_bound_is_refused_by_any_budget() -> None:
    plan = sample()
    plan.jobs[0] = replace(plan.jobs[0], length=Length(1, 5000, INF, "estimated"))
    with pytest.raises(Refused) as caught:
        check_budget(plan, Decimal(10_000), "high")
    assert str(caught.value) == (
        "how long videos/welcome.vidc.yaml may become is not known, so --max-minutes 10000 cannot hold it: "
        "`vidc measure videos/welcome.vidc.yaml` measures its media; or state `intrinsicDuration`; "
        "or --budget-by expected (1.1 min)"
    )
    check_budget(plan, Decimal(10_000), "expected")


@pytest.mark.parametrize("text", ["", "EUR", "-1", "NaN", "1e999999999 EUR", "inf"])
def test_what_is_no_price_is_said(text: str) -> None:
    if text.startswith("1e"):
        assert Rate(text).unit == "EUR"
        return
    with pytest.raises(ValueError, match="is no price"):
        Rate(text)


# What is learned.


def test_a_finished_length_says_how_long_one_speaker_took() -> None:
    def of(scenes: str) -> str:
        head = "settings: {name: a, videoSize: {width: 1920, height: 1080}}\nlanguage: en\nscenes:\n"
        made = compiled(Source("a.vidc.yaml", head + scenes), Options({}), locks.facts(locks.empty()))
        assert made.job is not None, [finding.words.message for finding in made.findings]
        return measures(made)

    place = "position: {x: 0, y: 0}, size: {width: 9, height: 9}"
    ann, bob = (
        f"  - tracks: [{{type: actor, actor: karen, speakerId: {who}, text: {TEXT!r}, {place}}}]\n"
        for who in ("ann", "bob")
    )
    still = f"  - duration: 4s\n    tracks: [{{type: image, imageUrl: 'https://x.example.com/a.png', {place}}}]\n"
    fade = ann.replace("  - tracks", "  - transition: {type: fade, duration: 500ms}\n    tracks")
    film = f"  - tracks: [{{type: video, videoUrl: 'https://x.example.com/a.mp4', {place}}}]\n"
    assert json.loads(of(ann + still))["rest"] == 4000
    assert json.loads(of(ann + still + ann))["texts"] == [TEXT, TEXT]
    assert [of(scenes) for scenes in (ann + bob, fade + still, ann + film, still)] == ["", "", "", ""]
    said = of(ann + still)
    expected = json.loads(said)["expected"]
    assert speech(said, 4000 + expected + 100, "2026-11-22T10:00:00Z") == locks.Speech(
        "ann", (TEXT,), "en", "2026-11-22", expected + 100
    )
    assert speech(said, 4000 + 3 * expected, "2026-11-22") is None
    assert speech(said, 3000, "2026-11-22") is None


def test_finished_jobs_feed_the_lock_and_the_next_plan_is_surer(shop: Shop) -> None:
    before = shop.plan("one").jobs[0].length
    shop.fake.ms = round(before.expected * 1.1)
    shop.apply(shop.plan("one"))
    shop.finish()
    lock = locks.read(shop.lock)
    assert [entry.ms for entry in lock.speech.values()] == [shop.fake.ms]
    assert [video.ms for video in lock.videos.values()] == [shop.fake.ms]
    after = shop.plan("one").jobs[0].length
    assert (after.low, after.high, after.basis) == (shop.fake.ms, shop.fake.ms, "measured")
    assert before.basis == "estimated"


def test_every_state_has_an_action(shop: Shop) -> None:
    shop.apply(shop.plan("one"))
    [row] = shop.ledger.intents()
    said = {}
    for state in STATES:
        with shop.ledger.database.transaction() as rows:
            rows.run("UPDATE vidc_intents SET state = ? WHERE key = ?", state, row.key)
        said[state] = shop.actions("one", asking=False)[0]
    assert said == {
        "planned": "create",
        "rejected": "create",
        "sending": "in flight",
        "submitted": "in flight",
        "unknown": "unknown",
        "finished": "reuse",
        "failed": "failed",
        "deleted": "deleted",
    }


def test_what_would_be_sent_now_is_checked_and_not_what_was_planned(shop: Shop) -> None:
    plan = shop.plan("one", "two")
    shop.apply(shop.plan("one"))
    asked: list[list[str]] = []

    def refuse(now: Plan) -> None:
        asked.append([job.name for job in now.creates])
        raise Refused("too much")

    with pytest.raises(Refused, match="too much"):
        apply(plan, shop.known(), shop.ledger, shop.client, check=refuse)
    assert asked == [["two"]]
    assert len(shop.fake.posts) == 1
    assert len(shop.ledger.intents()) == 1, "nothing was noted"
    shop.ledger.consume(plan_id(plan), wanted(shop.plan("two")))
    with pytest.raises(Refused, match="too much"):
        apply(plan, shop.known(), shop.ledger, shop.client, check=refuse)
    assert asked == [["two"], ["two"]]
    assert len(shop.fake.posts) == 1


@pytest.mark.parametrize("event", ["not-sent", "assume", "withdraw", "refused"])
def test_what_was_not_sent_was_not_paid(shop: Shop, event: str) -> None:
    ledger = shop.ledger
    [key] = ledger.consume("plan", wanted(shop.plan("one"))).keys
    ledger.claim(key, "mine")
    if event == "assume":
        ledger.report("doubt", key, "mine", reason="no answer")
        assert [line[1] for line in paid(ledger)] == ["unknown", "all"]
        ledger.assume_not_sent(key)
    else:
        ledger.report("refused" if event == "refused" else "not-sent", key, "mine")
    if event == "withdraw":
        ledger.withdraw(key)
    assert paid(ledger) == []
    if event == "withdraw":
        ledger.report("accepted", key, "mine", job_id="j", video_id="v")
        assert [line[3] for line in paid(ledger)] == [key, ""], "it was accepted after all"


@pytest.mark.parametrize("name", ["a", "b"])
def test_a_file_of_another_video_is_not_written_over(
    shop: Shop, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        shop.write(f"{folder}/video", folder)
    shop.apply(shop.plan("a/video", "b/video"))
    row = next(row for row in shop.ledger.intents() if f"/{name}/" in row.spec)
    assert free_name(row, 4, shop.ledger) == "video.mp4"
    (tmp_path / "video.mp4").write_bytes(b"four")
    with pytest.raises(Refused, match="-o FILE"):
        free_name(row, 4, shop.ledger)


def test_its_own_file_is_written_again(shop: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    shop.apply(shop.plan("one"))
    [row] = shop.ledger.intents()
    (tmp_path / "one.mp4").write_bytes(b"four")
    assert free_name(row, 4, shop.ledger) == "one.mp4"
    for size in (5, None):
        with pytest.raises(Refused, match="-o FILE"):
            free_name(row, size, shop.ledger)


def test_the_project_s_folder_is_never_visible_to_git(shop: Shop, tmp_path: Path) -> None:
    ignore = tmp_path / ".vidc" / ".gitignore"
    shop.apply(shop.plan("one"))
    shop.lock = str(tmp_path / ".vidc" / "local.lock")
    shop.finish()
    assert ignore.read_text() == "*\n"
    ignore.write_text("")
    assert place.folder(str(tmp_path)) == str(ignore.parent)
    assert ignore.read_text() == "*\n"
    assert sorted(path.name for path in ignore.parent.iterdir() if path.name.startswith(".git")) == [".gitignore"]
    (tmp_path / "other").mkdir()
    open_ledger(str(tmp_path / "other" / ".vidc" / "ledger.db")).close()
    assert (tmp_path / "other" / ".vidc" / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("where", ["key", "mark"])
def test_a_callback_that_is_no_text_is_a_stranger_s(shop: Shop, where: str) -> None:
    mark = {"key": "k", "mark": "m"} | {where: "\ud800"}
    body = json.dumps({"vidc": mark, "status": "finished"}).encode()
    ledger = str(shop.folder / "ledger.db")
    assert _heard(lambda: open_ledger(ledger), None, lambda _: None, body)[0] == 403


@pytest.mark.parametrize("error", [CannotRead("vidc.lock", "line 1 is no entry"), OSError(28, "disk full")])
def test_a_callback_that_cannot_be_noted_is_to_come_again(error: Exception) -> None:
    def fails() -> Ledger:
        raise error

    said: list[str] = []
    assert _heard(fails, None, said.append, b"{}")[0] == 503
    assert said == [f"not noted: {error}"]


def test_a_callback_whose_job_cannot_be_asked_for_is_to_come_again(shop: Shop) -> None:
    from vidc.ledger.seal import mark_of

    shop.apply(shop.plan("one"))
    [row] = shop.ledger.intents()
    mark = {"key": row.key, "mark": mark_of(row.key, shop.ledger.secret())}
    body = json.dumps({"vidc": mark, "status": "finished", "url": "https://cdn.example.com/v.mp4"}).encode()
    shop.fake._answer = lambda *_: httpx.Response(503)  # type: ignore[method-assign]
    said: list[str] = []
    path = str(shop.folder / "ledger.db")
    assert _heard(lambda: open_ledger(path), shop.client, said.append, body) == (503, "not noted; call again")
    assert said == [f"not noted: no good answer from {URL}: the service answered 503; try again later"]
    assert shop.ledger.row(row.key).state == "submitted"
