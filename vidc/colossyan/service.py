"""service: where the service is, and the token that goes there and nowhere else."""

from __future__ import annotations

import os
import re
from typing import NoReturn
from urllib.parse import urlsplit

from .errors import BadService

URL = "https://app.colossyan.com/api/v1"
"""The documented stable address; the experimental one is the same without `/v1`."""

MAX_TOKEN = 8_192


class Token:
    """A secret that cannot be printed, compared, copied to another process or written by mistake."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def header(self) -> str:
        """The one way out: the value of the `Authorization` header."""
        return f"Bearer {self._secret}"

    def hidden_in(self, text: str) -> str:
        """The text with the secret taken out of it."""
        return text.replace(self._secret, "[token]")

    def __repr__(self) -> str:
        return "Token(...)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a token is not copied to another process or a file")


class Service:
    """An address to send to, without a slash at its end, and the token for it; None where the address needs none."""

    __slots__ = ("token", "url")

    def __init__(self, url: str = URL, token: Token | None = None) -> None:
        self.url = checked_url(url)
        self.token = token

    def __repr__(self) -> str:
        return f"Service({self.url!r})"

    @property
    def experimental(self) -> str:
        return self.url.removesuffix("/v1")


def checked_url(url: str) -> str:
    """An address that a token may be sent to: https, or this machine's own; `BadService` says what is wrong."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise BadService("the service's address is no URL; it looks like " + URL) from None
    if parts.username is not None or parts.query or parts.fragment:
        raise BadService("the service's address has more than scheme, host and path; it looks like " + URL)
    if host == "api.colossyan.com":
        raise BadService(f"api.colossyan.com is not the service's host; its address is {URL}")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_here(host)):
        raise BadService("the service's address must begin with https:// unless it is on this machine")
    if not host:
        raise BadService("the service's address has no host; it looks like " + URL)
    path = re.sub("/+", "/", parts.path).rstrip("/") or "/api/v1"
    return f"{parts.scheme}://{_place(host, port, parts.scheme)}{path}"


def _place(host: str, port: int | None, scheme: str) -> str:
    """Host and port, spelled in one way: a job is looked for at the address that it was sent to."""
    name = f"[{host}]" if ":" in host else host
    return name if port in (None, {"https": 443, "http": 80}[scheme]) else f"{name}:{port}"


def is_here(url: str) -> bool:
    """Whether an address is this machine's own."""
    return _is_here(urlsplit(url).hostname or "")


def _is_here(host: str) -> bool:
    """Whether a host is this machine by its loopback address."""
    return host in ("localhost", "::1") or (host.startswith("127.") and host.replace(".", "").isdecimal())


def checked_token(text: str, where: str) -> Token:
    """A token from a text; where it cannot be one, the message does not show it."""
    secret = text.strip().removeprefix("Bearer ").strip()
    if not secret:
        raise BadService(f"{where} is empty: it holds the token of a Colossyan workspace")
    if len(secret) > MAX_TOKEN or not (secret.isascii() and secret.isprintable()) or " " in secret:
        raise BadService(f"{where} holds no token: a token is one word of letters, digits and signs")
    return Token(secret)


def from_environment(url: str | None = None, token_file: str | None = None) -> Service:
    """The service by options first, then by `COLOSSYAN_URL`, `COLOSSYAN_TOKEN` and `COLOSSYAN_TOKEN_FILE`."""
    where = address(url)
    return Service(where, _token(where, token_file))


def address(url: str | None = None) -> str:
    """The service's address by option, then by `COLOSSYAN_URL`; it needs no token."""
    return checked_url(url or os.environ.get("COLOSSYAN_URL") or URL)


def has_token(url: str | None = None, token_file: str | None = None) -> bool:
    """Whether there is anything to ask the service with; a wrong address or token is still `BadService`."""
    named = token_file or os.environ.get("COLOSSYAN_TOKEN") or os.environ.get("COLOSSYAN_TOKEN_FILE")
    return is_here(address(url)) or bool(named)


def _token(where: str, token_file: str | None) -> Token | None:
    if token_file is None and (secret := os.environ.get("COLOSSYAN_TOKEN")):
        return checked_token(secret, "COLOSSYAN_TOKEN")
    path = token_file or os.environ.get("COLOSSYAN_TOKEN_FILE")
    if path:
        with open(path, encoding="utf-8", errors="replace") as file:
            return checked_token(file.read(MAX_TOKEN + 1), path)
    if is_here(where):
        return Token("local")
    raise BadService("there is no token: set COLOSSYAN_TOKEN, or name a file that holds it with --token-file")
