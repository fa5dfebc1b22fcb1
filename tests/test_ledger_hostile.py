"""Ways to pay twice, or to lose a video: other services, ledgers and clones, ids and numbers that mean nothing, jobs that
are not seen for a moment, plans that were touched, and people who press Ctrl-C."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import CANARY
from crash.postgres import fresh_database, postgres_server  # noqa: F401  # a fixture
from crash.service import URL, Time
from shop import Shop, a_shop  # noqa: F401  # a fixture

from vidc import lock as locks
from vidc.colossyan.client import Client
from vidc.colossyan.errors import Doubtful, Interrupted, Unreadable
from vidc.colossyan.service import Service, Token
from vidc.colossyan.waiting import News, follow, heard, heard_of_each
from vidc.ledger import place
from vidc.ledger.adopting import adopt
from vidc.ledger.apply import apply
from vidc.ledger.errors import LedgerTrouble, Refused
from vidc.ledger.fetching import address_of
from vidc.ledger.ledger import LEASE_S, open_ledger
from vidc.ledger.listen import called
from vidc.ledger.plan import Known, Plan
from vidc.ledger.plan_file import as_json, from_json
from vidc.ledger.seal import mark_of
from vidc.ledger.send import Sent, Stopped
from vidc.ledger.settle import tried_to_settle
from vidc.ledger.undoing import cancel, check_cancel, looked_at

ELSEWHERE = "https://elsewhere.example.com/api/v1"
PAGE = httpx.Response(404, text="<!doctype html><title>404</title>")
NOT_THERE = httpx.Response(404, json={"message": "no such job"})


def stopped(shop: Shop, plan: Plan) -> None:
    """Apply a plan where nobody can be reached: all of it is taken in, and nothing is sent."""
    shop.fake.outcome = lambda _: "no connection"
    shop.fake.unconnected = -99
    with pytest.raises(Stopped):
        shop.apply(plan)
    shop.fake.outcome, shop.fake.unconnected = (lambda _: "ok"), 0
    assert {row.state for row in shop.ledger.intents()} == {"planned"}
    assert shop.fake.posts == []


def answering(shop: Shop, *replies: httpx.Response) -> list[str]:
    """Let the service answer GETs and DELETEs with these, the last one for ever; what was asked."""
    asked: list[str] = []
    left = list(replies)
    usual = shop.fake._answer

    def answer(method: str, path: str, body: bytes) -> httpx.Response:
        if method == "POST":
            return usual(method, path, body)
        asked.append(f"{method} {path}")
        return left.pop(0) if len(left) > 1 else left[0]

    shop.fake._answer = answer  # type: ignore[method-assign]
    return asked


# Another service, another ledger.


def test_a_plan_that_goes_on_goes_on_at_its_own_service(shop: Shop) -> None:
    plan = shop.plan("one", "two")
    stopped(shop, plan)
    other = replace(shop.known(), service=ELSEWHERE)
    with pytest.raises(Refused, match=f"the plan was made for {URL}, and this is {ELSEWHERE}"):
        apply(plan, other, shop.ledger, shop.client)
    assert shop.fake.posts == []
    assert shop.apply(plan) == ["submitted", "submitted"]


def test_a_plan_is_not_applied_to_another_ledger_than_it_asked(shop: Shop) -> None:
    shop.apply(shop.plan("one"))
    plan = shop.plan("one", "two")
    blind = Known(locks.empty(), None, None, URL)
    another = open_ledger(str(shop.folder / "another.db"), shop.clock)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="the plan was made with another ledger, which may know of jobs that"):
        apply(plan, replace(blind, ledger=another), another, shop.client)
    another.close()
    shop.ledger.close()
    shop.ledger = open_ledger(str(shop.folder / "ledger.db"), shop.clock)  # type: ignore[arg-type]
    assert shop.apply(plan) == ["submitted"], "it is the same where it is opened anew"
    assert len(shop.fake.posts) == 2


def test_a_plan_that_asked_no_ledger_is_applied_to_any(shop: Shop) -> None:
    plan = replace(shop.plan("one"), ledger="")
    assert shop.apply(from_json(json.dumps(as_json(plan)), "plan.json")) == ["submitted"]


def test_a_ledger_above_a_folder_that_is_no_project_is_not_passed_by(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert place.ledger_address(None, str(below)) == str(below / ".vidc" / "ledger.db")
    (tmp_path / ".vidc").mkdir()
    (tmp_path / ".vidc" / "ledger.db").touch()
    with pytest.raises(Refused) as caught:
        place.ledger_address(None, str(below))
    assert str(caught.value) == (
        f"there is a ledger in {tmp_path}: run this there, or let a `vidc.toml` say that {below} is another project"
    )
    assert place.ledger_address("own.db", str(below)) == "own.db"
    (below / "vidc.toml").touch()
    assert place.ledger_address(None, str(below)) == str(below / ".vidc" / "ledger.db")


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_ledger_of_a_newer_vidc_is_left_alone(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    address, name = str(tmp_path / "ledger.db"), f"the ledger {tmp_path / 'ledger.db'}"
    if kind == "postgres":
        address, name = fresh_database(request.getfixturevalue("postgres_server"), "newer"), "the ledger in PostgreSQL"
    ledger = open_ledger(address)
    with ledger.database.transaction() as rows:
        rows.run("UPDATE vidc_meta SET value = '2' WHERE name = 'version'")
        rows.run("DROP TABLE vidc_events")
    ledger.close()
    for _ in range(2):
        with pytest.raises(LedgerTrouble) as caught:
            open_ledger(address)
        assert str(caught.value) == f"{name} is of version 2, and this vidc knows 1: install a newer vidc"


def test_a_ledger_from_before_ledgers_said_their_version_is_taken_on(tmp_path: Path) -> None:
    path = str(tmp_path / "ledger.db")
    open_ledger(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM vidc_meta")
    connection.close()
    first, second = open_ledger(path), open_ledger(path)
    assert first.id == second.id != ""
    first.close(), second.close()


# Another clone.


@pytest.mark.parametrize("state", ["planned", "rejected", "failed", "deleted"])
def test_what_another_clone_made_is_reused_where_this_one_has_no_video(shop: Shop, state: str) -> None:
    """It was planned and not sent here, or nothing came of it; its video came with the lock."""
    stopped(shop, shop.plan("one"))
    with shop.ledger.database.transaction() as rows:
        rows.run(f"UPDATE vidc_intents SET state = '{state}', job_id = 'own'")
    [row] = shop.ledger.intents()
    shop.fake.accepted["elsewhere"] = b"{}"
    made = locks.Video(row.fingerprint, "2027-01-14T00:00:00Z", "elsewhere", "v-elsewhere", 1000, 1000)
    locks.learn(shop.lock, made)
    assert shop.actions("one") == ["reuse"]
    assert shop.apply(shop.plan("one")) == []
    shop.fake.deleted.add("v-elsewhere")
    assert shop.actions("one") == ["deleted"]
    locks.learn(shop.lock, replace_job(made, "own"))
    assert shop.actions("one") == ["create" if state in ("planned", "rejected") else state], "the lock has its own"
    assert shop.fake.posts == []


def replace_job(video: locks.Video, job_id: str) -> locks.Video:
    return locks.Video(video.fingerprint, "2027-01-15T00:00:00Z", job_id, video.video_id, video.ms, video.size)


def test_a_plan_that_goes_on_does_not_send_what_another_clone_made_since(shop: Shop) -> None:
    plan = shop.plan("one", "two")
    stopped(shop, plan)
    [row] = [row for row in shop.ledger.intents() if "one" in row.spec]
    shop.fake.accepted["elsewhere"] = b"{}"
    locks.learn(shop.lock, locks.Video(row.fingerprint, "2027-01-14T00:00:00Z", "elsewhere", "v-elsewhere", 1, 1))
    with pytest.raises(Refused) as caught:
        shop.apply(plan)
    assert str(caught.value) == (
        f"{row.spec} was made elsewhere since, as job elsewhere: `vidc cancel {row.key}` takes it back, and the same "
        "command goes on with the rest"
    )
    assert shop.fake.posts == []
    shop.ledger.withdraw(row.key)
    assert sorted(shop.apply(plan)) == ["deleted", "submitted"]
    assert len(shop.fake.posts) == 1


def test_what_was_planned_is_sent_as_it_is_wanted_now(shop: Shop) -> None:
    """The address of the callback is no part of the fingerprint, and was mended before anything was sent."""
    stopped(shop, shop.plan("one"))
    path = shop.folder / "one.vidc.yaml"
    path.write_text(path.read_text().replace("https://hooks.example.com/", "https://mended.example.com/"))
    assert shop.apply(shop.plan("one")) == ["submitted"]
    [sent] = shop.fake.posts
    assert json.loads(sent)["callback"] == "https://mended.example.com/"
    [row] = shop.ledger.intents()
    assert json.loads(sent)["callbackPayload"] == {
        "vidc": {"key": row.key, "mark": mark_of(row.key, shop.ledger.secret())}
    }
    path.write_text(path.read_text().replace("https://mended.example.com/", "https://late.example.com/"))
    shop.apply(shop.plan("one"))
    assert "late" not in shop.ledger.row(row.key).body, "what was sent stays as it was sent"


# Plans that were touched.


def test_a_plan_that_says_a_thing_twice_is_refused(shop: Shop) -> None:
    text = json.dumps(as_json(shop.plan("one", "two")))
    twice = text.replace('"jobs": [', '"jobs": [], "jobs": [', 1)
    with pytest.raises(Refused, match=r"plan\.json has `jobs` twice, as no plan has: plan again"):
        from_json(twice, "plan.json")


@pytest.mark.parametrize("where", ["minutes", "total", "more"])
def test_what_a_person_reads_in_a_plan_is_what_it_holds(shop: Shop, where: str) -> None:
    """The id does not cover what follows from the rest."""
    data = as_json(shop.plan("one"))
    match where:
        case "minutes":
            data["jobs"][0]["minutes"]["high"] = 0.001
        case "total":
            data["total"]["jobs"] = 0
        case "more":
            data["jobs"][0]["cost"] = "nothing"
    with pytest.raises(Refused, match=r"plan\.json was changed after it was made: plan again"):
        from_json(json.dumps(data), "plan.json")


# What the service says and cannot mean.


@pytest.mark.parametrize("id", ["../../x", "a/b", "x" * 201, "\ud800", "a\0b", " x ", "", None, 17])
def test_a_job_whose_id_cannot_be_asked_for_is_a_doubt(shop: Shop, id: Any) -> None:
    shop.fake._answer = lambda *_: httpx.Response(200, content=json.dumps({"id": id, "videoId": "v"}))  # type: ignore[method-assign]
    assert shop.apply(shop.plan("one")) == ["unknown"]


def test_a_video_s_id_that_cannot_be_asked_for_is_left_for_the_job_s_status(shop: Shop) -> None:
    said = {"id": "j", "videoId": "../x"}
    shop.fake._answer = lambda *_: httpx.Response(200, json=said)  # type: ignore[method-assign]
    assert shop.client.create_job(b"{}").video_id == ""
    said |= {"status": "finished"}
    assert shop.client.job("j").video_id == ""


@pytest.mark.parametrize("number", [1e300, 1e306, 10**30, 2**53, -1, float("nan"), True, "5"])
def test_a_length_that_nobody_can_mean_is_none(shop: Shop, number: Any) -> None:
    shop.apply(shop.plan("one"))
    [row] = shop.ledger.intents()
    said = {"id": "v", "status": "finished", "videoId": "v", "videoSizeBytes": number, "videoDurationSeconds": number}
    shop.fake._answer = lambda *_: httpx.Response(200, content=json.dumps(said))  # type: ignore[method-assign]
    shop.finish()
    finished = shop.ledger.row(row.key)
    assert (finished.state, finished.ms, finished.size) == ("finished", None, None)


def test_two_jobs_are_not_one(shop: Shop) -> None:
    shop.fake._answer = lambda *_: httpx.Response(200, json={"id": "j", "videoId": "v"})  # type: ignore[method-assign]
    said: list[Sent] = []
    apply(shop.plan("one", "two"), shop.known(), shop.ledger, shop.client, said.append)
    first, second = said
    reason = f"the service answered with job j, which is that of {first.intent.key} already"
    assert [(sent.state, sent.reason) for sent in said] == [("submitted", ""), ("unknown", reason)]
    assert [row.job_id for row in map(shop.ledger.row, (first.intent.key, second.intent.key))] == ["j", ""]


def test_an_answer_that_comes_after_a_person_sent_it_again_names_its_job(shop: Shop) -> None:
    said: list[Sent] = []
    post = shop.fake._post

    def late(body: bytes) -> httpx.Response:
        [row] = shop.ledger.intents()
        shop.clock.at += LEASE_S + 1
        shop.ledger.recover()
        shop.ledger.assume_not_sent(row.key)
        assert shop.ledger.claim(row.key) is not None
        return post(body)

    shop.fake._post = late  # type: ignore[method-assign]
    apply(shop.plan("one"), shop.known(), shop.ledger, shop.client, said.append)
    [job] = shop.fake.accepted
    assert [(sent.state, sent.stray) for sent in said] == [("sending", job)]
    assert shop.ledger.history(said[0].intent.key)[-1].detail == f"accepted job {job} video v-{job}"


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_any_text_can_be_kept(kind: str, tmp_path: Path, shop: Shop, request: pytest.FixtureRequest) -> None:
    address = str(tmp_path / "any.db")
    if kind == "postgres":
        address = fresh_database(request.getfixturevalue("postgres_server"), "any")
    ledger = open_ledger(address)
    [wanted] = [replace(each, spec="\udcff.vidc.yaml", name="a\0b\ud800") for each in wanted_of(shop)]
    [key] = ledger.consume("plan", [wanted]).keys
    row = ledger.claim(key)
    assert row is not None
    assert (row.spec, row.name) == ("\\udcff.vidc.yaml", "a\\x00b\\ud800")
    assert ledger.report("refused", key, row.claim, reason="no \ud800 \0" + "x" * 5000) == "rejected"
    assert ledger.row(key).reason[:14] == "no \\ud800 \\x00x"[:14]
    ledger.close()


def wanted_of(shop: Shop) -> list[Any]:
    from vidc.ledger.plan import wanted

    return wanted(shop.plan("one"))


# A job that is not seen for a moment.


def test_a_job_that_is_not_seen_at_once_is_not_gone(shop: Shop) -> None:
    shop.apply(shop.plan("one"))
    [row] = shop.ledger.intents()
    made = httpx.Response(200, json={"status": "generating"})
    asked = answering(shop, NOT_THERE, NOT_THERE, made)
    assert heard(shop.client, row.job_id).status is not None
    assert len(asked) == 3
    answering(shop, NOT_THERE)
    assert heard(shop.client, row.job_id) == News(row.job_id, None, "the service knows no such job", absent=True)


def test_many_jobs_that_are_gone_are_waited_for_together(shop: Shop) -> None:
    asked = answering(shop, NOT_THERE)
    jobs = [f"job-{number}" for number in range(50)]
    news = list(heard_of_each(shop.client, jobs))
    assert [each.job_id for each in news if each.absent] == jobs
    assert shop.clock.now() - 1_800_000_000 == 8
    assert len(asked) == 150
    assert [each.job_id for each in follow(shop.client, jobs, deadline_s=60)] == jobs
    assert shop.clock.now() - 1_800_000_000 == 16
    assert len(asked) == 300


def test_a_page_says_nothing_of_a_job_or_a_video(shop: Shop) -> None:
    """A gateway's, or that of a login: it has no business in the API."""
    shop.apply(shop.plan("one"))
    [row] = shop.ledger.intents()
    answering(shop, PAGE)
    words = (
        "the service answered 404: it is a page, and its API answers with none; is the address (COLOSSYAN_URL, --url) "
        "right?"
    )
    assert heard(shop.client, row.job_id) == News(row.job_id, None, words)
    for ask in (shop.client.delete_job, shop.client.delete_video, shop.client.video):
        with pytest.raises(Unreadable) as caught:
            ask("x")
        assert str(caught.value) == words
    with pytest.raises(Unreadable):
        cancel(shop.ledger, shop.client, row)
    answering(shop, httpx.Response(503), PAGE)
    with pytest.raises(Unreadable):
        shop.client.delete_job(row.job_id)
    assert shop.ledger.row(row.key).state == "submitted"


@pytest.mark.parametrize("status", [400, 405, 410, 418])
def test_trouble_with_one_job_is_news_of_that_one(shop: Shop, status: int) -> None:
    answering(shop, httpx.Response(status, json={"message": "no"}))
    assert heard(shop.client, "j") == News("j", None, f"the service answered {status}: no")


def test_an_end_whose_video_cannot_be_read_is_heard_of_again(shop: Shop) -> None:
    shop.apply(shop.plan("one"))
    [row] = shop.ledger.intents()
    done = httpx.Response(200, json={"status": "finished", "videoId": "v"})
    answering(shop, done, httpx.Response(200, text="<html>"))
    news = heard(shop.client, row.job_id)
    assert tried_to_settle(shop.ledger, shop.client, row, news) == "the service's answer is no JSON"
    assert shop.ledger.row(row.key).state == "submitted"
    answering(shop, done, httpx.Response(200, json={"id": "v", "videoDurationSeconds": 2}))
    shop.finish()
    assert (shop.ledger.row(row.key).state, shop.ledger.row(row.key).ms) == ("finished", 2000)


def test_what_is_finished_by_now_is_not_cancelled(shop: Shop) -> None:
    shop.apply(shop.plan("one"))
    [row] = shop.ledger.intents()
    row = looked_at(shop.ledger, shop.client, row, shop.lock)
    with pytest.raises(Refused) as caught:
        check_cancel(row, shop.client)
    assert str(caught.value) == (
        f"{row.key} is finished; only what is submitted or planned can be cancelled: `vidc delete` deletes its video"
    )
    assert shop.fake.deleted == set()
    assert locks.read(shop.lock).videos.keys() == {row.fingerprint}


def test_a_job_that_was_taken_for_deleted_is_taken_on_again(shop: Shop) -> None:
    shop.apply(shop.plan("one"))
    [row] = shop.ledger.intents()
    shop.ledger.ended(row.key, "deleted", why="the service knows no such job")
    adopt(shop.ledger, shop.client, shop.ledger.row(row.key), row.job_id, row.video_id)
    shop.finish()
    assert shop.actions("one") == ["reuse"]
    with pytest.raises(Refused, match=f"{row.key} is finished, as job {row.job_id}"):
        adopt(shop.ledger, shop.client, shop.ledger.row(row.key), row.job_id, row.video_id)
    assert len(shop.fake.posts) == 1


def test_what_a_callback_finished_is_given_its_ids_by_a_person(shop: Shop) -> None:
    """The address that a callback says is temporary, and nothing else was known of the video."""
    shop.fake.outcome = lambda _: "no answer, taken"
    shop.apply(shop.plan("one"))
    [row] = shop.ledger.intents()
    mark = mark_of(row.key, shop.ledger.secret())
    assert shop.ledger.called_back(row.key, mark, "finished", "https://cdn.example.com/v.mp4") == "finished"
    [job] = shop.fake.accepted
    adopt(shop.ledger, shop.client, shop.ledger.row(row.key), job, f"v-{job}")
    shop.finish()
    assert (shop.ledger.row(row.key).state, shop.ledger.row(row.key).video_id) == ("finished", f"v-{job}")
    assert locks.read(shop.lock).videos.keys() == {row.fingerprint}


def test_a_job_is_asked_for_at_its_own_service_only(shop: Shop) -> None:
    """Another knows no such job, and that it is gone there says nothing."""
    shop.apply(shop.plan("one"))
    [row] = shop.ledger.intents()
    other = Client(Service(ELSEWHERE, Token(CANARY)), transport=httpx.MockTransport(lambda _: NOT_THERE))
    callback = {"vidc": {"key": row.key, "mark": mark_of(row.key, shop.ledger.secret())}}
    callback |= {"status": "finished", "url": "https://cdn.example.com/v.mp4"}
    assert called(shop.ledger, other, json.dumps(callback).encode()) == f"{row.key}  finished  {row.spec}"
    with pytest.raises(Refused, match=f"{row.key} was sent to {URL}, and this is {ELSEWHERE}"):
        address_of(shop.ledger.row(row.key), other)
    assert looked_at(shop.ledger, other, row, shop.lock).state == "finished"


def test_a_video_of_which_nobody_said_where_it_is_is_looked_for_by_a_person(shop: Shop) -> None:
    shop.apply(shop.plan("one"))
    [row] = shop.ledger.intents()
    with pytest.raises(Refused, match=f"nobody said where the video of {row.key} is: look into the workspace"):
        address_of(replace(row, state="finished", video_id=""), shop.client)


# Whoever presses Ctrl-C.


def test_who_is_interrupted_between_two_tries_leaves_no_doubt(shop: Shop) -> None:
    shop.fake.outcome, shop.fake.unconnected = (lambda _: "no connection"), -99

    def pressed(_: float) -> None:
        raise KeyboardInterrupt

    plan = shop.plan("one")
    shop.clock.sleep = pressed  # type: ignore[method-assign]
    with pytest.raises(Interrupted):
        shop.apply(plan)
    [row] = shop.ledger.intents()
    assert (row.state, row.reason) == ("planned", "interrupted before it was sent")


def test_who_is_interrupted_while_an_answer_is_noted_is_told_the_ids(shop: Shop) -> None:
    report = shop.ledger.report

    def pressed(event: str, *words: Any, **more: Any) -> str:
        if event == "accepted":
            raise KeyboardInterrupt
        return report(event, *words, **more)

    shop.ledger.report = pressed  # type: ignore[method-assign]
    with pytest.raises(LedgerTrouble) as caught:
        shop.apply(shop.plan("one"))
    [row] = shop.ledger.intents()
    [job] = shop.fake.accepted
    assert str(caught.value) == (
        f"interrupted before the answer was noted; {row.spec} was accepted: once that can be noted, "
        f"`vidc resolve {row.key} --adopt {job} v-{job}`"
    )
    assert row.state == "sending"


# An answer that never ends, and one that asks for quiet.


class Drops(httpx.SyncByteStream):
    def __init__(self, clock: Time) -> None:
        self.clock = clock

    def __iter__(self) -> Any:
        while True:
            self.clock.sleep(1)
            yield b" "


@pytest.mark.parametrize("ask", ["post", "get"])
def test_an_answer_that_comes_in_drops_for_ever_is_none(ask: str) -> None:
    clock = Time()
    drip: Callable[[httpx.Request], httpx.Response] = lambda _: httpx.Response(200, stream=Drops(clock))  # noqa: E731
    client = Client(Service(URL, Token(CANARY)), clock=clock, transport=httpx.MockTransport(drip))  # type: ignore[arg-type]
    if ask == "post":
        with pytest.raises(Doubtful, match="no answer in time"):
            client.create_job(b"{}")
    else:
        assert heard(client, "j").silent
    assert clock.now() - 1_800_000_000 < 200


def test_a_service_that_asks_for_quiet_has_it_from_all_who_look(shop: Shop) -> None:
    asked: list[float] = []

    def busy(_: httpx.Request) -> httpx.Response:
        asked.append(shop.clock.now() - 1_800_000_000)
        return httpx.Response(429, headers={"Retry-After": "200"})

    client = Client(Service(URL, Token(CANARY)), clock=shop.clock, transport=httpx.MockTransport(busy))  # type: ignore[arg-type]
    news = [heard(client, job) for job in ("a", "b", "c")]
    assert all(each.silent for each in news)
    assert "it asked to be left alone for a while; try again later" in news[1].trouble
    assert asked == [0.0]
    shop.clock.sleep(195)
    heard(client, "a")
    assert asked == [0.0, 200.0]
