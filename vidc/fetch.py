"""fetch: files that a spec names: those of the project, and, where a person asked for it, those of public servers.

    Missing         a file cannot be had; its text says why

A spec may come from a stranger's pull request, so an address is fetched only with care: https alone; every address that
the name resolves to must be public, and the connection goes to one of those very addresses; redirects are checked
again; size and time are bounded; nothing is sent but the request itself. What was fetched once is kept by its content.

Limit: proxies are not used, so behind one nothing is fetched.
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import os
import socket
import ssl
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from time import monotonic
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

MAX_BYTES = 1_000_000_000
MAX_SECONDS = 300
MAX_REDIRECTS = 3
SILENCE_SECONDS = 20
"""So long a server may say nothing."""

_MOVED = (301, 302, 303, 307, 308)
_PIECE = 1 << 18


class Missing(Exception):  # noqa: N818  # named as the sentence reads: the file is missing, because...
    """A file cannot be had; `reason` says why in a few words."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"cannot get {address}: {reason}")
        self.address = address
        self.reason = reason


def public_addresses(host: str, port: int) -> list[str]:
    """The numeric addresses of a name, all of them public; ValueError says which is not, OSError that there is none."""
    found = list(dict.fromkeys(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
    for address in found:
        if not is_public(address):
            raise ValueError(f"`{host}` leads to {address}, which is not public")
    return found


def is_public(address: str) -> bool:
    """Whether a numeric address is reached over the internet, and so is every IPv4 address that hides in it."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv4Address):
        return _is_public(found) and found not in _RELAYS
    local = "%" in address or (found.teredo is None and any(found in net for net in _NOT_PUBLIC))
    return not local and all(map(is_public, _inside(found)))


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_private or address.is_unspecified
    )


_RELAYS = ipaddress.IPv4Network("192.88.99.0/24")  # RFC 7526
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
_NOT_PUBLIC = [
    ipaddress.IPv6Network(net)
    for net in (
        "64:ff9b:1::/48",  # RFC 8215: NAT64 of a local network
        "100::/64",  # RFC 6666
        "2001::/23",  # RFC 2928, without Teredo, which is judged by what is in it
        "2001:db8::/32",  # RFC 3849
        "3fff::/20",  # RFC 9637
        "fc00::/7",  # RFC 4193
        "fe80::/10",  # RFC 4291
        "fec0::/10",  # RFC 3879
        "ff00::/8",  # RFC 4291
    )
]
"""Ranges that some versions of Python's `ipaddress` take for public."""


def _inside(address: ipaddress.IPv6Address) -> Iterator[str]:
    """The IPv4 addresses in an IPv6 one; the address itself is judged here where it holds none."""
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped or address in _NAT64 or int(address) >> 32 == 0:
        yield str(low)
    elif address.sixtofour:
        yield str(address.sixtofour)
    elif address.teredo:
        yield from map(str, address.teredo)
    elif not _is_public(address):
        yield "0.0.0.0"


@dataclass(frozen=True)
class Door:
    """The way to the network: the seam at which tests put their own."""

    resolve: Callable[[str, int], list[str]] = public_addresses
    connect: Callable[[tuple[str, int], float], socket.socket] = socket.create_connection
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    max_bytes: int = MAX_BYTES
    max_seconds: float = MAX_SECONDS


def fetch(address: str, cache: str, door: Door | None = None) -> str:
    """The path of the file at an https address, kept below the folder `cache`. Raises Missing.

    What is there already is not fetched again, so that a film stays the same until the folder is emptied.
    """
    noted = os.path.join(cache, "addresses", f"{sha256(address.encode()).hexdigest()}.json")
    known = _noted(noted, cache)
    if known is not None:
        return known
    try:
        os.makedirs(os.path.join(cache, "addresses"), exist_ok=True)
        os.makedirs(os.path.join(cache, "content"), exist_ok=True)
        name = _downloaded(address, cache, door or Door())
        _write(noted, json.dumps({"address": address, "content": name}).encode())
    except (OSError, HTTPException) as error:
        raise Missing(address, _reason(error)) from error
    return os.path.join(cache, "content", name)


def _noted(note: str, cache: str) -> str | None:
    """Where an address's content lies already."""
    try:
        with open(note, encoding="utf-8") as file:
            name = json.load(file)["content"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    path = os.path.join(cache, "content", os.path.basename(str(name)))
    return path if os.path.isfile(path) else None


def _downloaded(address: str, cache: str, door: Door) -> str:
    """Fetch, following redirects; the name of the content's file."""
    deadline = monotonic() + door.max_seconds
    at = address
    for _ in range(MAX_REDIRECTS + 1):
        target = _target(at, address)
        with _connected(target, address, door, deadline) as reply:
            if reply.status in _MOVED and (to := reply.getheader("Location")):
                at = urljoin(at, to)
                continue
            return _kept(reply, address, cache, door, deadline)
    raise Missing(address, f"it redirects more than {MAX_REDIRECTS} times")


def _target(at: str, address: str) -> SplitResult:
    """The parts of an address that may be fetched."""
    where = "" if at == address else ", to which it redirects,"
    try:
        target = urlsplit(at)
        port = target.port
    except ValueError as error:
        raise Missing(address, f"the address{where} is malformed") from error
    if target.scheme != "https":
        raise Missing(address, f"the address{where} does not begin with `https://`")
    if not target.hostname or port == 0:
        raise Missing(address, f"the address{where} names no host")
    if target.username is not None:
        raise Missing(address, f"the address{where} holds a user name")
    return target


@contextlib.contextmanager
def _connected(target: SplitResult, address: str, door: Door, deadline: float) -> Iterator[HTTPResponse]:
    """The reply to a GET. All ends at the deadline, however slowly a server speaks."""
    host, port = _ascii(target.hostname or "", address), target.port or 443
    try:
        numeric = door.resolve(host, port)
    except ValueError as error:
        raise Missing(address, str(error)) from error
    with (
        _plain(numeric, port, door, deadline) as plain,
        door.context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        watch = Timer(max(0.0, deadline - monotonic()), _cut, (secure,))
        watch.daemon = True
        watch.start()
        connection = HTTPConnection(host, port)
        connection.default_port = 443  # else the port would be named beside the host
        connection.sock = secure
        try:
            path = quote(target.path or "/", safe="/%:@!$&'()*+,;=~-._")
            query = "?" + quote(target.query, safe="/?%:@!$&'()*+,;=~-._") if target.query else ""
            headers = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "vidc", "Connection": "close"}
            connection.request("GET", path + query, headers=headers)
            yield connection.getresponse()
        except (OSError, HTTPException) as error:
            late = monotonic() >= deadline
            raise Missing(address, f"it takes more than {door.max_seconds:g} s" if late else _reason(error)) from error
        finally:
            watch.cancel()
            connection.close()


def _ascii(host: str, address: str) -> str:
    try:
        return host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError as error:
        raise Missing(address, "its host is no name") from error


def _plain(addresses: list[str], port: int, door: Door, deadline: float) -> socket.socket:
    """A connection to the first of these numeric addresses that answers."""
    failure = OSError("the name leads nowhere")
    for address in addresses:
        left = min(SILENCE_SECONDS, deadline - monotonic())
        if left <= 0:
            raise TimeoutError
        try:
            return door.connect((address, port), left)
        except OSError as error:
            failure = error
    raise failure


def _cut(connection: socket.socket) -> None:
    """End a connection from another thread: the reading one sees its end."""
    with contextlib.suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _kept(reply: HTTPResponse, address: str, cache: str, door: Door, deadline: float) -> str:
    """Write the body below the cache; its name is its hash."""
    if reply.status != 200:
        raise Missing(address, f"the server answers {reply.status} {reply.reason}".rstrip())
    if (reply.getheader("Content-Encoding") or "identity").lower() != "identity":
        raise Missing(address, "the server sends it packed, though it was not asked to")
    megabytes = door.max_bytes // 1_000_000
    if reply.length is not None and reply.length > door.max_bytes:
        raise Missing(address, f"it is larger than {megabytes} MB")
    told, made, size = reply.length, sha256(), 0
    with _fresh(os.path.join(cache, "content")) as file:
        while piece := reply.read(_PIECE):
            size += len(piece)
            if size > door.max_bytes:
                raise Missing(address, f"it is larger than {megabytes} MB")
            made.update(piece)
            file.write(piece)
        if monotonic() >= deadline:  # its end is then only that of the connection
            raise TimeoutError
        if not size or (told is not None and size != told):
            raise Missing(address, "the connection broke off" if size or told else "the server sends nothing")
        file.keep(os.path.join(cache, "content", made.hexdigest()))
    return made.hexdigest()


class _Fresh:
    """A file that is kept under its name when it is whole, and gone otherwise."""

    def __init__(self, folder: str) -> None:
        descriptor, self.path = tempfile.mkstemp(dir=folder)
        self.file = os.fdopen(descriptor, "wb")

    def write(self, content: bytes) -> None:
        self.file.write(content)

    def keep(self, path: str) -> None:
        self.file.close()
        os.replace(self.path, path)


@contextlib.contextmanager
def _fresh(folder: str) -> Iterator[_Fresh]:
    fresh = _Fresh(folder)
    try:
        yield fresh
    finally:
        fresh.file.close()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(fresh.path)


def _write(path: str, content: bytes) -> None:
    with _fresh(os.path.dirname(path)) as file:
        file.write(content)
        file.keep(path)


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return (
            f"no secure connection can be made: {getattr(error, 'verify_message', '') or error.reason or 'TLS failed'}"
        )
    if isinstance(error, TimeoutError):
        return "the server does not answer in time"
    if isinstance(error, socket.gaierror):
        return "its host is not known"
    if isinstance(error, HTTPException):
        return "the server's answer cannot be read"
    return (getattr(error, "strerror", None) or str(error) or "the connection broke off").lower()


def below(root: str, folder: str, name: str) -> str:
    """The real path of a project's file, named from a folder of it. Raises Missing.

    It must lie below the root, and be a regular file: no device, no FIFO, no link that leads out.
    """
    if not name or "\0" in name:
        raise Missing(name, "it is no file name")
    top, real = os.path.realpath(root), os.path.realpath(os.path.join(folder, name))
    if os.path.commonpath([top, real]) != top:
        raise Missing(name, "it leads out of the project's root")
    try:
        kind = os.stat(real).st_mode
    except (OSError, ValueError) as error:
        raise Missing(name, "there is no such file") from error
    if not stat.S_ISREG(kind):
        raise Missing(name, "it is no regular file")
    return real


def mirrored(address: str) -> str | None:
    """Where the file at an address lies in a folder that mirrors servers: `cdn.example.com/a/b.png`; None where the
    address has no such name. A query is left out."""
    try:
        parts = urlsplit(address)
        host, path = parts.hostname, unquote(parts.path, errors="strict")
    except ValueError:
        return None
    steps = [step for step in path.split("/") if step]
    if parts.scheme not in ("http", "https") or not host or not steps or {".", ".."} & {host, *steps}:
        return None
    return "/".join((host, *steps))
