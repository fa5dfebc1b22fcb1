"""answers: JSON out and JSON in, and what a refusal says.

The service does not document what its refusals look like. Here each is `{"message": text, "errors": [...]}`, the
errors being what is wrong one by one, where that is known.
"""

from __future__ import annotations

from json import dumps, loads
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

MAX_BODY = 16_000_000
"""Limit: bytes of a request's body; a spec is limited to as many characters."""


class Json(Response):
    """JSON in ASCII, so that no text of a job can break it."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return dumps(content, separators=(",", ":")).encode("ascii")


class Refused(HTTPException):
    """A request is not done; `errors` says what is wrong with it, one by one."""

    def __init__(self, status: int, message: str, errors: list[dict[str, Any]] | None = None, **headers: str) -> None:
        super().__init__(status, message, {name.replace("_", "-"): value for name, value in headers.items()})
        self.errors = errors or []


def refusal(status: int, message: str, errors: list[dict[str, Any]] | None = None) -> Json:
    return Json({"message": message, "errors": errors or []}, status)


def mistake(path: str, message: str, **more: str) -> dict[str, str]:
    """One thing that is wrong, as a refusal lists it."""
    return {"path": path, "message": message} | more


async def body_of(request: Request) -> bytes:
    """The whole body, or `Refused` with 413 as soon as it is too large."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BODY:
            raise Refused(413, f"the body is larger than {MAX_BODY // 1_000_000} MB", connection="close")
        chunks.append(chunk)
    return b"".join(chunks)


async def text_of(request: Request) -> str:
    """The body as the text of a JSON object; `Refused` with 400 where it is none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    content = await body_of(request)
    if kind != "application/json":
        raise Refused(400, "send JSON, and say so: `Content-Type: application/json`")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"byte {error.start + 1} of the body is not UTF-8") from error
    read_object(text)
    return text


def read_object(text: str) -> dict[str, Any]:
    """A JSON object; `Refused` with 400 where the text is none."""
    try:
        found = loads(text, parse_constant=_no_constant)
    except RecursionError as error:
        raise Refused(400, "the body is nested too deeply") from error
    except ValueError as error:
        raise Refused(400, f"the body is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise Refused(400, "the body is no JSON object")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"`{name}` is no JSON number")
