"""guard: who may ask. Called by a name that is not its own it answers nothing, so that no page in a browser can have
its own name point here (DNS rebinding); the API itself wants a token."""

from __future__ import annotations

from hmac import compare_digest
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .answers import refusal
from .options import Options

OPEN = ("/files/", "/videos/", "/drafts/", "/_vidc/stats", "/_vidc/schemas/")
"""What is open to who knows its address, as the service's links are."""


class Guard:
    """ASGI: lets through what was sent to one of this machine's names, and bears a token where that is needed."""

    def __init__(self, app: ASGIApp, options: Options) -> None:
        self.app = app
        self.options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        else:
            answer = self._refusal(scope["path"], Headers(scope=scope))
            await (answer or self.app)(scope, receive, send)

    def _refusal(self, path: str, headers: Headers) -> Response | None:
        if not self._is_own(headers.get("host", "")):
            return refusal(421, "this server does not answer to that host; `--allow-host NAME` lets it")
        return None if path == "/" or path.startswith(OPEN) else self._without_token(headers)

    def _is_own(self, host: str) -> bool:
        """An address is nobody's to redirect; a name is."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name == "localhost" or name in self.options.names or _is_address(name)

    def _without_token(self, headers: Headers) -> Response | None:
        """401 where there is no token, or another than the one that is wanted."""
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token.strip():
            legacy = "authorizationtoken" in headers
            return _unknown("v1 takes no `authorizationtoken`" if legacy else "there is no token")
        wanted = self.options.token
        if wanted is not None and not compare_digest(token.strip().encode(), wanted.encode()):
            return _unknown("this is not the token that `--token` names")
        return None


def _unknown(reason: str) -> Response:
    answer = refusal(401, f"{reason}: send `Authorization: Bearer TOKEN`")
    answer.headers["www-authenticate"] = "Bearer"
    return answer


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
