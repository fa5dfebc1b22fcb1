"""sending: one request and its retries; what may be sent again.

| outcome of a POST that costs                                                 | verdict                            |
|------------------------------------------------------------------------------|------------------------------------|
| name lookup, connect, TLS, pool: failed before anything was sent             | not sent: again, with backoff      |
| 429                                                                          | refused: again, when told; slower  |
| write error, any timeout after connecting, broken reply, 3xx, 408, 5xx, any  | in doubt: never again by itself    |
| 2xx that cannot be read, and whatever is not in this table                   |                                    |
| 401, 402, 403                                                                | barred: the whole run stops        |
| other 4xx                                                                    | rejected, with the service's words |

A GET is sent again after anything that may pass, until a deadline. A DELETE is sent once more; a 404 to that counts as
done. There is no other layer of retries, redirects are off, and a POST has a connection of its own: one that was kept
open may have been closed by the other side, and nobody could tell whether the request arrived.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Literal, TypeAlias

from .errors import Doubtful, Interrupted, NotSent, Throttled, Unreachable, Unreadable, rejection
from .service import Service, is_here
from .time import Clock, backoff

CONNECT_S, WRITE_S, READ_S, ANSWER_S = 10.0, 30.0, 60.0, 120.0
"""Seconds to wait for a connection, for each write, for each piece of an answer, and for the whole of its body."""

MAX_ANSWER = 64_000_000
"""Limit: an answer of more bytes than this counts as broken. The longest, the list of actors, has some megabytes."""

MAX_RETRY_AFTER = 300.0
UNSENT_PATIENCE_S, THROTTLED_PATIENCE_S, GET_PATIENCE_S = 10.0, 600.0, 60.0
"""How long a POST that was not sent is tried again, one that was answered 429, and a GET."""
HERE_PATIENCE_S = 3.0
"""The same where nobody listens on this machine: the service is there or it is not."""
MAX_PACE_S = 60.0

Verdict: TypeAlias = Literal["accepted", "not sent", "throttled", "doubtful", "barred", "rejected"]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    def data(self) -> Any:
        """The JSON in it; `Unreadable` where there is none."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            raise Unreadable("the service's answer is no JSON") from None


def verdict_of_status(status: int) -> Verdict:
    """What the status of an answer to a POST says about sending it again."""
    if 200 <= status < 300:
        return "accepted"
    if status == 429:
        return "throttled"
    if status in (401, 402, 403):
        return "barred"
    return "rejected" if 400 <= status < 500 and status != 408 else "doubtful"


def verdict_of_failure(error: Exception) -> Verdict:
    """What it says that a POST had no answer."""
    import httpx

    before = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)
    return "not sent" if isinstance(error, before) else "doubtful"


class Wire:
    """Sends requests to one service. `transport` is the one place where the network can be replaced.

    `patience_s`: how long a GET is tried. `tell` hears it when something is tried again, once until it went well.
    """

    def __init__(
        self,
        service: Service,
        clock: Clock,
        transport: Any = None,
        patience_s: float = GET_PATIENCE_S,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        import httpx

        self.service = service
        self.clock = clock
        self.patience_s = patience_s
        self.tell = tell
        self._told = False
        headers = {"Accept": "application/json", "User-Agent": "vidc"}
        timeout = httpx.Timeout(READ_S, connect=CONNECT_S, write=WRITE_S)
        fresh = httpx.Limits(max_keepalive_connections=0)
        secure = service.url.startswith("https:")
        verify = httpx.create_ssl_context() if secure and transport is None else secure

        def client(limits: Any) -> Any:
            return httpx.Client(
                headers=headers,
                timeout=timeout,
                limits=limits,
                transport=transport,
                verify=verify,
                trust_env=secure,
                follow_redirects=False,
            )

        self._posts = client(fresh)
        self._others = client(httpx.Limits())
        self._pace = 0.0
        self._next_post = self._next_get = float("-inf")

    def close(self) -> None:
        self._posts.close()
        self._others.close()

    def post(self, url: str, body: bytes, ready: Callable[[], None] = lambda: None) -> Answer:
        """Send a request that may cost. The answer is a 2xx; anything else is an exception that says what is known.

        `ready` is called just before each attempt; what it raises stops the request before it is sent."""
        began = self.clock.now()
        attempt = 0
        while True:
            attempt += 1
            with _between_tries():
                self._keep_pace()
                ready()
            verdict, answer, why = self._posted(url, body)
            if verdict == "accepted" and answer is not None:
                self._pace = self._pace * 0.75 if self._pace > 0.5 else 0.0
                self._next_post = self.clock.now() + self._pace
                self._told = False
                return answer
            if answer is not None and verdict in ("barred", "rejected"):
                raise rejection(answer.status, self._words(answer))
            if verdict == "doubtful":
                raise Doubtful(why)
            wait = backoff(attempt, self.clock.chance())
            if answer is not None:
                self._pace = min(MAX_PACE_S, max(1.0, self._pace * 2))
                wait = max(wait, retry_after(answer, self.clock.wall()))
            left = began + self._patience(answer) - self.clock.now()
            if wait > left:
                raise self._unaccepted(why, answer is not None)
            with _between_tries():
                self._say_again(why, f"for {left:.0f} s")
                self.clock.sleep(wait)

    def _patience(self, answer: Answer | None) -> float:
        if answer is not None:
            return THROTTLED_PATIENCE_S
        return HERE_PATIENCE_S if is_here(self.service.url) else UNSENT_PATIENCE_S

    def _keep_pace(self) -> None:
        wait = self._next_post - self.clock.now()
        if wait > 0:
            self.clock.sleep(min(wait, self._pace))

    def _posted(self, url: str, body: bytes) -> tuple[Verdict, Answer | None, str]:
        try:
            answer = self._once(self._posts, "POST", url, body)
        except Exception as error:  # whatever it is, the request may have arrived
            return verdict_of_failure(error), None, _reason(error)
        return verdict_of_status(answer.status), answer, f"the service answered {answer.status}"

    def get(self, url: str, patience_s: float | None = None) -> Answer:
        """Ask until there is an answer that is no passing trouble, or the patience is over."""
        patience = self.patience_s if patience_s is None else min(patience_s, self.patience_s)
        began = self.clock.now()
        ends = began + patience
        attempt = 0
        answer, why = None, "it asked to be left alone for a while"
        wait = self._next_get - began
        while True:
            left = ends - self.clock.now()
            if wait > left:
                raise self._unreachable(why, answer is not None or not attempt)
            if wait > 0:
                self._say_again(why, f"for {left:.0f} s")
                self.clock.sleep(wait)
            attempt += 1
            answer, why, nobody = self._got(url, max(ends - self.clock.now(), 1.0), patience)
            if answer is not None and not _may_pass(answer.status):
                self._told = False
                return self._good(answer)
            if nobody and is_here(self.service.url):
                ends = min(ends, began + HERE_PATIENCE_S)
            wait = backoff(attempt, self.clock.chance(), most=patience / 4)
            if answer is not None and (asked := retry_after(answer, self.clock.wall())):
                self._next_get = self.clock.now() + asked
                wait = max(wait, asked)

    def _say_again(self, why: str, long: str) -> None:
        """A person who waits wants to know for what, and for how long."""
        if not self._told:
            self.tell(f"no good answer from {self.service.url} yet: {why}; trying {long} more")
        self._told = True

    def _got(self, url: str, left: float, patience: float) -> tuple[Answer | None, str, bool]:
        """The answer, or why there is none, and whether that is as nobody listens. No attempt outlasts the
        patience, and one that finds nobody leaves room for two more."""
        import httpx

        limits = httpx.Timeout(min(READ_S, left), connect=min(CONNECT_S, patience / 3, left), write=min(WRITE_S, left))
        try:
            answer = self._once(self._others, "GET", url, None, timeout=limits)
        except httpx.HTTPError as error:
            return None, _reason(error), isinstance(error, httpx.ConnectError)
        return answer, f"the service answered {answer.status}", False

    def delete(self, url: str) -> None:
        """Delete, and once more where it is not known whether it was done; then a 404 says that it was."""
        import httpx

        for again in (False, True):
            wait = backoff(1, self.clock.chance())
            try:
                answer = self._once(self._others, "DELETE", url, None)
            except httpx.HTTPError as error:
                answered, why = False, _reason(error)
            else:
                if not _may_pass(answer.status):
                    if not (again and answer.status == 404 and not _is_page(answer)):
                        self._good(answer)
                    return
                answered, why = True, f"the service answered {answer.status}"
                wait = max(wait, retry_after(answer, self.clock.wall()))
            if not again:
                self._say_again(why, "once")
                self.clock.sleep(wait)
        raise self._unreachable(why, answered)

    def _unreachable(self, why: str, answered: bool) -> Unreachable:
        advice = "try again later" if answered else self._is_there()
        return Unreachable(f"no good answer from {self.service.url}: {why}; {advice}")

    def _unaccepted(self, why: str, answered: bool) -> NotSent | Throttled:
        kind, advice = (Throttled, "") if answered else (NotSent, f"{self._is_there()} ")
        return kind(f"{self.service.url} accepted nothing: {why}; {advice}The same command goes on later")

    def _is_there(self) -> str:
        """What to look after where nobody answers."""
        if is_here(self.service.url):
            return "is `vidc serve` running there?"
        return "is the address (COLOSSYAN_URL, --url) right, and this machine online?"

    def _once(self, client: Any, method: str, url: str, body: bytes | None, **more: Any) -> Answer:
        headers = {} if body is None else {"Content-Type": "application/json"}
        if self.service.token is not None:
            headers["Authorization"] = self.service.token.header()
        if not url.startswith((self.service.url + "/", self.service.experimental + "/")):
            raise ValueError("a request leaves for another host than the service's")
        with client.stream(method, url, content=body, headers=headers, **more) as response:
            return Answer(response.status_code, dict(response.headers), self._content(response))

    def _good(self, answer: Answer) -> Answer:
        if 200 <= answer.status < 300:
            return answer
        if answer.status == 404 and _is_page(answer):  # of whatever stands before the service: it knows of no job
            raise Unreadable(f"the service answered 404: {_PAGE}")
        if 400 <= answer.status < 500:
            raise rejection(answer.status, self._words(answer))
        raise Unreadable(f"the service answered {answer.status}, which its documentation does not have")

    def _words(self, answer: Answer) -> str:
        """The service's words, without the token where it repeats that."""
        words = words_of(answer)
        return words if self.service.token is None else self.service.token.hidden_in(words)

    def _content(self, response: Any) -> bytes:
        """The body, unless it is too long, or comes in drops for ever."""
        import httpx

        ends = self.clock.now() + ANSWER_S
        parts: list[bytes] = []
        size = 0
        for part in response.iter_bytes():
            size += len(part)
            if size > MAX_ANSWER:
                raise httpx.RemoteProtocolError("the answer is too long")
            if self.clock.now() > ends:
                raise httpx.ReadTimeout("the answer does not end")
            parts.append(part)
        return b"".join(parts)


@contextlib.contextmanager
def _between_tries() -> Iterator[None]:
    """Who is interrupted in here has sent nothing that could have been accepted."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted from None


_PAGE = "it is a page, and its API answers with none; is the address (COLOSSYAN_URL, --url) right?"


def _is_page(answer: Answer) -> bool:
    """Whether an answer is HTML, for a person."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in ("text/html", "application/xhtml+xml") or answer.content[:200].lstrip().startswith(b"<")


def _may_pass(status: int) -> bool:
    """Whether the same request without cost may fare better a little later."""
    return status in (408, 425, 429) or status >= 500


def retry_after(answer: Answer, wall: float) -> float:
    """Seconds that a `Retry-After` asks for, in seconds or as a date, at most five minutes; 0 where it asks nothing."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:6]), MAX_RETRY_AFTER)
    try:
        wait = parsedate_to_datetime(text).timestamp() - wall
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    return min(max(wait, 0.0), MAX_RETRY_AFTER)


def words_of(answer: Answer) -> str:
    """What the service says in an error, in the fields that such bodies have; its text where it is no JSON."""
    if _is_page(answer):
        return _PAGE
    try:
        found = json.loads(answer.content)
    except (ValueError, RecursionError):
        return answer.content[:2000].decode("utf-8", "replace").strip()[:500]
    said = _said(found, 0)
    return "; ".join(said)[:1000]


def _said(found: Any, depth: int) -> list[str]:
    if isinstance(found, str):
        return [found] if found.strip() else []
    if isinstance(found, list) and depth < 4:
        return [text for item in found[:10] for text in _said(item, depth + 1)]
    if isinstance(found, dict) and depth < 4:
        named = [found[name] for name in ("message", "error", "errors", "detail", "details", "title") if name in found]
        return list(dict.fromkeys(text for item in named for text in _said(item, depth + 1)))
    return []


def _reason(error: Exception) -> str:
    """Why there is no answer, in a few words that hold no address: a proxy's may have a password in it."""
    import httpx

    kinds: list[tuple[type[Exception], str]] = [
        (httpx.ConnectTimeout, "no connection in time"),
        (httpx.PoolTimeout, "no free connection"),
        (httpx.TimeoutException, "no answer in time"),
        (httpx.ConnectError, "no connection"),
        (httpx.ProxyError, "the proxy refused"),
        (httpx.ProtocolError, "the answer broke off or is no HTTP"),
        (httpx.NetworkError, "the connection broke"),
        (httpx.DecodingError, "the answer cannot be decoded"),
    ]
    words = next((words for kind, words in kinds if isinstance(error, kind)), type(error).__name__)
    cause = error
    while cause.__cause__ is not None or cause.__context__ is not None:
        cause = cause.__cause__ or cause.__context__  # type: ignore[assignment]  # one of them is there
    detail = cause.strerror if isinstance(cause, OSError) and cause.strerror else ""
    return f"{words} ({detail})" if detail else words
