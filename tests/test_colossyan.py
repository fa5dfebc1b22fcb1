"""The client: what is sent again and what is not, what is read, and where the token goes."""

from __future__ import annotations

import contextlib
import copy
import json
import logging
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import CANARY
from crash.service import URL, FakeService, Time, served
from hypothesis import given
from hypothesis import strategies as st

from vidc.colossyan import answers
from vidc.colossyan.answers import Actor, GeneratedVideo, JobStatus, Ticket, Voice
from vidc.colossyan.client import Client, checked_id
from vidc.colossyan.errors import (
    Absent,
    BadService,
    Barred,
    Doubtful,
    NotSent,
    Rejected,
    ServiceError,
    Throttled,
    Unreachable,
    Unreadable,
)
from vidc.colossyan.sending import Answer, retry_after, words_of
from vidc.colossyan.service import Service, Token, checked_url, from_environment, is_here
from vidc.colossyan.waiting import follow, pause

BODY = b'{"videoCreative": {}}\n'

Reply = httpx.Response | Exception


class Script:
    """Answers requests one after another as written; the last one for ever."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, Exception):
            raise reply
        return reply


def client(script: Callable[[httpx.Request], httpx.Response], url: str = URL) -> Client:
    return Client(Service(url, Token(CANARY)), clock=Time(), transport=httpx.MockTransport(script))  # type: ignore[arg-type]


OK = httpx.Response(200, json={"id": "j", "videoId": "v"})


def again(status: int, **headers: str) -> httpx.Response:
    return httpx.Response(status, headers=headers)


# The table of what may be sent again, row by row.


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("[Errno -2] Name or service not known"),
        httpx.ConnectError("TLS"),
        httpx.ConnectTimeout(""),
        httpx.PoolTimeout(""),
    ],
)
def test_a_post_that_was_not_sent_is_sent_again(failure: Exception) -> None:
    script = Script(failure, failure, OK)
    assert client(script).create_job(BODY) == Ticket("j", "v")
    assert len(script.requests) == 3


def test_a_post_that_is_never_sent_ends_as_not_sent() -> None:
    script = Script(httpx.ConnectError("no"))
    made = client(script)
    with pytest.raises(NotSent) as caught:
        made.create_job(BODY)
    assert str(caught.value) == (
        f"{URL} accepted nothing: no connection; is the address (COLOSSYAN_URL, --url) right, and this machine online? "
        "The same command goes on later"
    )
    assert len(script.requests) > 2
    assert 5 < made.clock.now() - 1_800_000_000 <= 10
    made = client(script, "http://127.0.0.1:8787")
    with pytest.raises(NotSent, match=r"is `vidc serve` running there\? The same command goes on later"):
        made.create_job(BODY)
    assert made.clock.now() - 1_800_000_000 <= 3


def test_a_post_that_is_refused_for_now_is_sent_again_when_told_and_slower_from_then_on() -> None:
    script = Script(again(429, **{"Retry-After": "30"}), OK)
    made = client(script)
    assert made.create_job(BODY) == Ticket("j", "v")
    assert made.clock.now() - 1_800_000_000 == 30
    times = []
    for _ in range(2):
        made.create_job(BODY)
        times.append(made.clock.now() - 1_800_000_030)
    assert times == [0.75, 0.75 + 0.5625]


def test_a_service_that_refuses_for_ever_is_given_up_and_nothing_was_accepted() -> None:
    made = client(Script(again(429, **{"Retry-After": "9999999"})))
    with pytest.raises(Throttled):
        made.create_job(BODY)
    assert made.clock.now() - 1_800_000_000 <= 600


@pytest.mark.parametrize(
    "reply",
    [
        httpx.WriteError(""),
        httpx.WriteTimeout(""),
        httpx.ReadError(""),
        httpx.ReadTimeout(""),
        httpx.CloseError(""),
        httpx.RemoteProtocolError(""),
        httpx.LocalProtocolError(""),
        httpx.DecodingError(""),
        OSError("broken"),
        RuntimeError("anything"),
        *(httpx.Response(status) for status in (300, 301, 302, 303, 304, 307, 308, 408, 500, 502, 503, 504, 520, 599)),
        httpx.Response(200),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={}),
        httpx.Response(200, json={"id": ""}),
        httpx.Response(200, json={"id": 7}),
        httpx.Response(200, json={"videoId": "v"}),
        httpx.Response(200, content=b"[" * 100_000),
        httpx.Response(202),
    ],
    ids=repr,
)
def test_a_post_in_doubt_is_never_sent_again(reply: Reply) -> None:
    script = Script(reply, OK)
    with pytest.raises(Doubtful):
        client(script).create_job(BODY)
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, Barred),
        (402, Barred),
        (403, Barred),
        (400, Rejected),
        (404, Absent),
        (409, Rejected),
        (413, Rejected),
        (422, Rejected),
        (451, Rejected),
    ],
)
def test_a_post_that_is_rejected_is_not_sent_again_and_says_why(status: int, kind: type[Rejected]) -> None:
    script = Script(httpx.Response(status, json={"message": "no minutes left"}), OK)
    with pytest.raises(Rejected) as caught:
        client(script).create_job(BODY)
    assert type(caught.value) is kind
    advice = "; is the token (COLOSSYAN_TOKEN, --token-file) right?" if status == 401 else ""
    assert str(caught.value) == f"the service answered {status}: no minutes left{advice}"
    assert len(script.requests) == 1


def test_a_get_is_sent_again_after_what_may_pass() -> None:
    script = Script(
        httpx.ReadTimeout(""),
        again(503),
        again(429),
        again(408),
        httpx.ConnectError(""),
        httpx.Response(200, json={"status": "generating", "progress": 3, "maximumProgress": 10}),
    )
    assert client(script).job("j") == JobStatus("generating", "", 3, 10)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (again(503), Unreachable),
        (httpx.ConnectError(""), Unreachable),
        (again(404), Absent),
        (again(401), Barred),
        (again(302, Location="https://elsewhere.example.com/"), Unreadable),
        (httpx.Response(200, text="{"), Unreadable),
        (httpx.Response(200, json={}), Unreadable),
    ],
)
def test_a_get_ends_at_its_deadline_or_at_a_no(reply: Reply, kind: type[ServiceError]) -> None:
    made = client(Script(reply))
    with pytest.raises(kind):
        made.job("j")
    assert made.clock.now() - 1_800_000_000 <= 120


def test_who_waits_is_told_once_for_what_and_how_long() -> None:
    said: list[str] = []
    good = httpx.Response(200, json={"status": "generating"})
    script = Script(httpx.ConnectError("no"), again(503), good, again(429), good, good)
    made = Client(
        Service(URL, Token(CANARY)),
        clock=Time(),  # type: ignore[arg-type]
        transport=httpx.MockTransport(script),
        patience_s=15,
        tell=said.append,
    )
    for _ in range(3):
        made.job("j")
    assert said == [
        f"no good answer from {URL} yet: no connection; trying for 15 s more",
        f"no good answer from {URL} yet: the service answered 429; trying for 15 s more",
    ]
    said.clear()
    script.replies = [httpx.ConnectError("no"), OK]
    made.create_job(BODY)
    script.replies = [again(502), again(200)]
    made.delete_job("j")
    assert said == [
        f"no good answer from {URL} yet: no connection; trying for 10 s more",
        f"no good answer from {URL} yet: the service answered 502; trying once more",
    ]


def test_nobody_on_this_machine_is_soon_given_up_and_one_who_is_slow_is_not() -> None:
    for failure, least, most in ((httpx.ConnectError("refused"), 0, 3), (httpx.ReadTimeout(""), 20, 60)):
        made = client(Script(failure), "http://127.0.0.1:8787")
        with pytest.raises(Unreachable, match=r"is `vidc serve` running there\?"):
            made.voices()
        assert least < made.clock.now() - 1_800_000_000 <= most


@pytest.mark.parametrize("patience", [3.0, 15.0, 120.0])
def test_a_get_lasts_as_long_as_the_patience_and_no_attempt_outlasts_it(patience: float) -> None:
    clock = Time()
    asked: list[dict[str, float]] = []

    def slow(request: httpx.Request) -> httpx.Response:
        """Somebody who never answers: each attempt takes the time that it is given to connect."""
        asked.append(request.extensions["timeout"])
        clock.sleep(asked[-1]["connect"])
        raise httpx.ConnectTimeout("")

    made = Client(Service(URL, Token(CANARY)), clock=clock, transport=httpx.MockTransport(slow), patience_s=patience)  # type: ignore[arg-type]
    with pytest.raises(Unreachable) as caught:
        made.voices()
    assert str(caught.value) == (
        f"no good answer from {URL}: no connection in time; is the address (COLOSSYAN_URL, --url) right, and this "
        "machine online?"
    )
    assert len(asked) >= 2
    assert patience / 2 <= clock.now() - 1_800_000_000 <= patience + 1
    assert all(1 <= limits["read"] <= patience for limits in asked)


@pytest.mark.parametrize(
    ("replies", "requests"),
    [([again(200)], 1), ([httpx.ReadError(""), again(200)], 2), ([again(502), again(404)], 2), ([again(204)], 1)],
)
def test_a_delete_is_sent_once_more_and_then_404_is_done(replies: list[Reply], requests: int) -> None:
    script = Script(*replies)
    client(script).delete_job("j")
    assert len(script.requests) == requests


@pytest.mark.parametrize(
    ("replies", "kind"),
    [
        ([again(404)], Absent),
        ([again(500), again(500)], Unreachable),
        ([httpx.ReadError("")], Unreachable),
        ([again(403)], Barred),
    ],
)
def test_a_delete_that_fails_says_so(replies: list[Reply], kind: type[ServiceError]) -> None:
    script = Script(*replies)
    with pytest.raises(kind):
        client(script).delete_video("v")
    assert len(script.requests) <= 2


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("301", 300),
        ("9" * 40, 300),
        ("", 0),
        ("soon", 0),
        ("-5", 0),
        ("1.5", 0),
        ("Fri, 15 Jan 2027 08:01:00 GMT", 60),
        ("Fri, 15 Jan 2027 07:00:00 GMT", 0),
        ("Fri, 15 Jan 2100 08:00:00 GMT", 300),
        ("Fri, 99 Jan 2027 08:00:00 GMT", 0),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_at_most_five_minutes(text: str, seconds: float) -> None:
    assert retry_after(Answer(429, {"retry-after": text}, b""), 1_800_000_000.0) == seconds


@given(st.text(max_size=40))
def test_retry_after_is_always_a_wait(text: str) -> None:
    assert 0 <= retry_after(Answer(429, {"retry-after": text}, b""), 1_800_000_000.0) <= 300


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"message": "no"}', "no"),
        (b'{"error": {"message": "no", "code": 7}}', "no"),
        (b'{"errors": [{"message": "a"}, {"message": "b"}, "c"]}', "a; b; c"),
        (b'{"detail": "d", "title": "t", "message": "m"}', "m; d; t"),
        (
            b"<html>Bad Gateway</html>",
            "it is a page, and its API answers with none; is the address (COLOSSYAN_URL, --url) right?",
        ),
        (b"plain words", "plain words"),
        (b"", ""),
        (b"7", ""),
        (b"[" * 9999, "[" * 500),
    ],
)
def test_the_words_of_an_error_are_found_in_any_usual_body(content: bytes, words: str) -> None:
    assert words_of(Answer(400, {}, content)) == words


def test_a_connection_is_fresh_for_each_post_and_kept_for_gets() -> None:
    """Counted by the server: each connection has its own port."""
    import threading
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    ports: dict[str, list[int]] = {"GET": [], "POST": []}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def reply(self) -> None:
            ports[self.command].append(self.client_address[1])
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            content = b'{"id": "j", "videoId": "v", "status": "generating"}'
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = reply  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        with Client(Service(f"http://127.0.0.1:{server.server_port}/api/v1")) as made:
            for _ in range(3):
                made.create_job(BODY)
                made.job("j")
        server.shutdown()
    assert (len(set(ports["POST"])), len(set(ports["GET"]))) == (3, 1)


# The ten requests.


def test_each_request_goes_where_it_is_documented() -> None:
    said: list[tuple[str, str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        body = json.loads(request.read() or b"null")
        said.append((request.method, str(request.url).removeprefix("https://colossyan.example.com"), body))
        assert request.headers["authorization"] == f"Bearer {CANARY}"
        if request.method == "POST":
            assert request.headers["content-type"] == "application/json"
        path = request.url.path
        if path.endswith(("actors", "voices")) and request.method == "GET":
            return httpx.Response(200, json=[])
        status = 201 if path.endswith("actors") else 200
        return httpx.Response(
            status, json={"id": "i", "videoId": "v", "status": "in_queue", "name": "ann", "url": "https://x"}
        )

    made = client(answer)
    made.create_job(BODY)
    made.create_job(b'{"templateJobId": "t", "dynamicVariables": {}}', template=True)
    made.job("j")
    made.delete_job("j")
    made.video("v")
    made.delete_video("v")
    made.actors()
    assert made.create_avatar("Ann", "https://x/a.jpg", "Female") == "ann"
    made.voices()
    assert made.generate_draft({"title": "t"}, "d") == "https://x"
    assert said == [
        ("POST", "/api/v1/video-generation-jobs", {"videoCreative": {}}),
        ("POST", "/api/v1/video-generation-jobs/template-jobs", {"templateJobId": "t", "dynamicVariables": {}}),
        ("GET", "/api/v1/video-generation-jobs/j", None),
        ("DELETE", "/api/v1/video-generation-jobs/j", None),
        ("GET", "/api/v1/generated-videos/v", None),
        ("DELETE", "/api/v1/generated-videos/v", None),
        ("GET", "/api/v1/assets/actors", None),
        (
            "POST",
            "/api/v1/assets/actors",
            {"displayName": "Ann", "sourceFileUrl": "https://x/a.jpg", "gender": "Female"},
        ),
        ("GET", "/api/v1/assets/voices", None),
        ("POST", "/api/knowledge-to-draft/generate-draft", {"summary": {"title": "t"}, "templateId": "d"}),
    ]


def test_the_body_is_sent_to_the_byte() -> None:
    script = Script(OK)
    text = '{"videoCreative":\n {"a": "é  ", "b": 1.50}}\n'.encode()
    client(script).create_job(text)
    assert script.requests[0].content == text


def test_what_the_service_says_is_read() -> None:
    video = {
        "id": "v",
        "jobId": "j",
        "publicUrl": "https://x/v.mp4",
        "thumbnailUrl": "",
        "name": "n",
        "createdAt": "2026-01-01",
        "videoSizeBytes": 12,
        "videoDurationSeconds": 3.04,
    }
    assert answers.generated_video(video) == GeneratedVideo("v", "j", "https://x/v.mp4", "n", "2026-01-01", 12, 3040)
    actor = {
        "name": "karen",
        "display_name": "Karen",
        "type": "Studio",
        "gender": "Female",
        "default_voice": "v",
        "views": [{"supportedActorTrackVariants": ["bubble"]}],
    }
    assert answers.actors([actor]) == [Actor("karen", "Karen", "Studio", "Female", "v", ("bubble",))]
    voice = {
        "name": "v",
        "displayName": "V",
        "languages": ["en"],
        "genders": ["male"],
        "style": "calm",
        "isClonedVoice": True,
    }
    assert answers.voices([voice]) == [Voice("v", "V", ("en",), ("male",), "calm", True)]
    assert answers.ticket({"id": "j"}) == Ticket("j", "")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "status",
                    "name",
                    "views",
                    "languages",
                    "videoId",
                    "videoSizeBytes",
                    "videoDurationSeconds",
                    "progress",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@given(json_values)
def test_any_answer_is_read_or_said_to_be_unreadable(value: Any) -> None:
    for read in (
        answers.ticket,
        answers.job_status,
        answers.generated_video,
        answers.actors,
        answers.voices,
        answers.avatar_name,
        answers.draft_url,
    ):
        with contextlib.suppress(Unreadable):
            read(value)


@pytest.mark.parametrize("id", ["", ".", "..", "../x", "a/b", "a?b", "a#b", "a b", "%2e%2e", "ä", "a" * 201, "a\nb"])
def test_an_id_that_would_lead_elsewhere_is_refused(id: str) -> None:
    with pytest.raises(BadService):
        checked_id(id)
    script = Script(OK)
    with pytest.raises(BadService):
        client(script).job(id)
    assert script.requests == []


# The token, and where it goes.


def test_a_token_cannot_be_shown_or_copied() -> None:
    token = Token(CANARY)
    made = client(Script(OK))
    shown = [
        repr(token),
        str(token),
        f"{token}",
        f"{token!r:>10}",
        repr(Service(URL, token)),
        repr(vars(made)),
        repr(made.wire.service),
    ]
    assert all(CANARY not in text for text in shown)
    for copied in (
        lambda: pickle.dumps(token),
        lambda: copy.copy(token),
        lambda: copy.deepcopy(token),
        lambda: json.dumps(token),
    ):
        with pytest.raises(TypeError):
            copied()


def test_a_redirect_takes_the_token_nowhere() -> None:
    script = Script(again(307, Location="https://elsewhere.example.com/"), OK)
    with pytest.raises(Doubtful):
        client(script).create_job(BODY)
    assert [str(request.url.host) for request in script.requests] == ["colossyan.example.com"]


def test_an_error_that_repeats_the_token_is_shown_without_it() -> None:
    script = Script(httpx.Response(403, json={"message": f"the token {CANARY} is unknown"}))
    with pytest.raises(Barred) as caught:
        client(script).job("j")
    assert str(caught.value) == "the service answered 403: the token [token] is unknown"


def test_logs_do_not_hold_the_token(caplog: pytest.LogCaptureFixture) -> None:
    fake = FakeService()
    with caplog.at_level(logging.DEBUG), served(fake) as url, Client(Service(url, Token(CANARY))) as made:
        ticket = made.create_job(BODY)
        made.job(ticket.job_id)
    assert fake.tokens == {f"Bearer {CANARY}"}
    assert caplog.records
    assert CANARY not in caplog.text


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://app.colossyan.com/api/v1/", "https://app.colossyan.com/api/v1"),
        ("https://app.colossyan.com", "https://app.colossyan.com/api/v1"),
        ("http://127.0.0.1:8787", "http://127.0.0.1:8787/api/v1"),
        ("http://[::1]:80/x/v1", "http://[::1]/x/v1"),
        ("HTTPS://App.Colossyan.com.:443//api//v1//", "https://app.colossyan.com/api/v1"),
        ("https://app.colossyan.com:8443/api/v1", "https://app.colossyan.com:8443/api/v1"),
        ("http://localhost:1/api", "http://localhost:1/api"),
    ],
)
def test_an_address_is_completed(url: str, wanted: str) -> None:
    assert checked_url(url) == wanted


@pytest.mark.parametrize(
    "url",
    [
        "http://app.colossyan.com/api/v1",
        "ftp://x",
        "https://",
        "https://user:pw@x/",
        "https://x/?a=b",
        "https://x/#a",
        "https://api.colossyan.com/v1",
        "http://127.0.0.1.evil.example/",
        "http://10.0.0.1/",
        "https://x:port/",
        "https://[::1",
        "",
    ],
)
def test_an_address_that_no_token_should_go_to_is_refused(url: str) -> None:
    with pytest.raises(BadService) as caught:
        checked_url(url)
    assert "pw" not in str(caught.value)


@given(st.text(max_size=30))
def test_only_https_or_this_machine_is_ever_an_address(text: str) -> None:
    try:
        url = checked_url(text)
    except BadService:
        return
    assert url.startswith("https://") or is_here(str(httpx.URL(url)))


def test_the_token_comes_from_the_environment_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("Bearer from-file\n")
    monkeypatch.setenv("COLOSSYAN_TOKEN", "from-environment")
    monkeypatch.delenv("COLOSSYAN_URL", raising=False)

    def header(url: str | None = None, file: str | None = None) -> str:
        token = from_environment(url, file).token
        assert token is not None
        return token.header()

    assert header() == "Bearer from-environment"
    assert header(file=str(tmp_path / "token")) == "Bearer from-file"
    monkeypatch.delenv("COLOSSYAN_TOKEN")
    with pytest.raises(BadService, match="there is no token: set COLOSSYAN_TOKEN"):
        from_environment()
    assert header("http://127.0.0.1:1") == "Bearer local"
    monkeypatch.setenv("COLOSSYAN_TOKEN_FILE", str(tmp_path / "token"))
    assert header() == "Bearer from-file"


@pytest.mark.parametrize("secret", ["two words here", "new\nline", "ü", "x" * 9000, "nul\0"])
def test_what_is_no_token_is_said_without_showing_it(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    if "\0" not in secret:
        monkeypatch.setenv("COLOSSYAN_TOKEN", secret)
        with pytest.raises(BadService) as caught:
            from_environment()
        assert secret not in str(caught.value)


# Waiting.


def test_each_job_is_followed_to_its_end() -> None:
    ends = {
        "a": ["in_queue", "generating", "finished"],
        "b": ["preprocessing", "failed"],
        "c": ["generating", "deleted"],
    }

    def answer(request: httpx.Request) -> httpx.Response:
        job = request.url.path.rpartition("/")[2]
        if job == "d":
            return httpx.Response(404)
        return httpx.Response(200, json={"status": ends[job].pop(0), "videoId": f"v-{job}"})

    heard = [
        (news.job_id, news.status.status if news.status else news.trouble)
        for news in follow(client(answer), ["a", "b", "c", "d", "a"], deadline_s=3600)
    ]
    assert sorted(heard) == [
        ("a", "finished"),
        ("a", "generating"),
        ("a", "in_queue"),
        ("b", "failed"),
        ("b", "preprocessing"),
        ("c", "deleted"),
        ("c", "generating"),
        ("d", "the service knows no such job"),
    ]


def test_trouble_and_unknown_states_end_nothing_but_a_deadline_does() -> None:
    replies = [again(503), httpx.Response(200, json={"status": "polishing"}), httpx.Response(200, text="?")]
    made = client(Script(*replies))
    heard = list(follow(made, ["a"], deadline_s=600))
    assert {news.ended for news in heard} == {False}
    assert 560 < made.clock.now() - 1_800_000_000 <= 600
    assert len(heard) < 60


def test_thirty_days_of_waiting_take_seconds_and_ask_seldom() -> None:
    import time

    asked = 0

    def answer(_: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        return httpx.Response(200, json={"status": "in_queue", "progress": 0, "maximumProgress": 0})

    made = client(answer)
    began = time.process_time()
    for _ in follow(made, ["a"], deadline_s=30 * 86_400):
        pass
    assert time.process_time() - began < 10
    assert 30 * 86_400 - 400 < made.clock.now() - 1_800_000_000 <= 30 * 86_400
    assert 8_000 < asked < 10_000, "every five minutes, once it is old"
    assert made.clock.sleeps == asked - 1, "no busy loop"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("age", "seconds"), [(0, 5), (100, 5), (200, 10), (6000, 300), (10**7, 300)])
def test_older_jobs_are_asked_for_less_often(age: float, seconds: float) -> None:
    assert pause(age) == seconds
