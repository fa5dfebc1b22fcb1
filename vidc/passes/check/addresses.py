"""addresses: can the service reach what a spec names?"""

from __future__ import annotations

from re import search

from vidc.hints import Any
from vidc.ir.tree import Node, Scalar, Sequence
from vidc.problems import values as problems
from vidc.record import replace

from .scope import ABSENT, Scope

API_HOSTS = ("api.colossyan.com", "app.colossyan.com")
"""The first is in many examples and does not exist; the second is the service's own."""

LONGEST = 8_000
"""Limit: no address is longer. Every server should take one of 8,000 octets (RFC 9110, 4.1), and many take no more."""

_PRIVATE = ("127.", "10.", "192.168.", "169.254.", *(f"172.{number}." for number in range(16, 32)))


def url(scope: Scope, name: str, node: Node) -> Any:
    """An absolute address that begins with `http://` or `https://`."""
    if node.__class__ is not Scalar or node.value.__class__ is not str:
        return scope.mistyped(name, node, "an address", _address_in(name, node) or f"write `{name}: https://...`")
    value = str(node.value)
    host = _host(value) if len(value) <= LONGEST else ""
    if not host or not value.isprintable() or " " in value:
        return _refused(scope, name, node, value, host)
    if host in API_HOSTS and (host == API_HOSTS[0] or name.startswith("callback")):
        return scope.fail(name, problems.wrong_host(scope.place(node.span), name, host, _hint(name)))
    if _private(host):
        why = f"is an address of this machine or a private network, `{host}`"
        _doubt(scope, name, node, why, "only a service on this machine can reach it")
    elif name.startswith("callback"):
        return value
    elif page := _page(host, value):
        scope.log.add(problems.not_a_file(scope.place(node.span), name, *page))
    elif "{" in value or not value.endswith(_USUAL.get(name, ())):
        _check_media(scope, name, node, value)
    return value


def _address_in(name: str, node: Node) -> str:
    """What to write for a callback that has another shape, and for several addresses of a track."""
    if isinstance(node, Sequence) and len(node.items) > 1:
        return "a track has one address: write a track for each"
    if isinstance(node, Scalar) or not name.startswith("callback"):
        return ""
    from .sent import of_callback

    return of_callback(name, node)


def _refused(scope: Scope, name: str, node: Scalar, value: str, host: str) -> Any:
    """Report an address that the service cannot reach; in a job it is sent all the same."""
    if "<" in value and _is_told(scope, node):
        scope.broken.add(name)
        return ABSENT
    is_as_written = node.span.text.strip("'\"") == value
    bare = value.strip()
    if bare != value and bare.isprintable() and " " not in bare and _host(bare[:LONGEST]):
        shown, right = f"`{name}`", bare
        why, help = "has a blank or a line break around it", "write it without the blank"
    else:
        why, help = _unfetchable(value, host, name.startswith("callback"))
        showable = bare and value.isprintable() and not value.startswith("data:")
        shown, right = f"`{value[:60]}`" if showable else f"`{name}`", _completed(value)
    if host and "\n" in node.span.text:
        help = f"write it on one line, behind `{name}:`"
    right = right if is_as_written else ""
    found = problems.unfetchable_url(scope.place(node.span), shown, why, help, not scope.literal, right)
    if not scope.literal:
        return scope.fail(name, found)
    scope.log.add(found)
    return value


def _is_told(scope: Scope, node: Scalar) -> bool:
    """Whether a name of nothing in angle brackets makes an address none. What is said of it is then an error."""
    from .unfilled import KINDS

    span, findings = node.span, scope.log.findings
    inside = [one for one in findings if one.span.source is span.source and span.start <= one.span.start < span.end]
    told = [one for one in inside if one.name in KINDS]
    scope.log.take_back(told)
    for one in told:
        scope.log.add(replace(one, severity="error"))
    return bool(told)


def _doubt(scope: Scope, name: str, node: Node, why: str, help: str, surely: bool = False, right: str = "") -> None:
    scope.log.add(problems.unfetchable_url(scope.place(node.span), f"`{name}`", why, help, surely, right))


def _check_media(scope: Scope, name: str, node: Node, value: str) -> None:
    """Report a comma behind a value, a name in braces, which the service fills in texts alone, a part of a medium as
    browsers take it, and a file whose name says that it is of another kind than the field. A film may well hold a
    sound."""
    gap = search(r"\{([A-Za-z_]\w{0,60})\}", value) if "{" in value and not scope.literal else None
    kind = kind_of_file(value)
    if value.endswith((",", ";")):
        bare = value.rstrip(",; ")
        help = f"write it without the `{value[len(bare) :].strip()[:8]}`"
        right = bare if node.span.text == value else ""
        _doubt(scope, name, node, "has a sign too much at its end", help, not scope.literal, right)
    elif gap is not None:
        why = f"holds `{gap[0]}`, and the service is documented to fill texts alone"
        _doubt(scope, name, node, why, f"write `<{gap[1]}>`, with a value under `variables`")
    elif kind and not name.startswith(kind) and (kind != "video" or name != "audioUrl"):
        scope.log.add(problems.wrong_medium(scope.place(node.span), name, _ending(value), kind))
    elif part := search(r"#t=[\d.,:]{1,40}$", value):
        help = "remove it: a medium plays from its begin; cut the file itself, or say how long it is seen as `duration`"
        _doubt(scope, name, node, f"ends with `{part[0]}`, which only browsers read", help)


def kind_of_file(value: str) -> str:
    """What a file is by how its address ends: `image`, `video`, `audio`, `document`; empty where that says nothing."""
    return _KINDS.get(_ending(value), "")


def _ending(value: str) -> str:
    """How the name of a file ends, without its dot: empty where the address has no path."""
    path = value.partition("?")[0].partition("#")[0]
    return path.rpartition(".")[2].lower() if path.count("/") > 2 else ""


_FILES = {
    "image": ("png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "tif", "tiff", "avif", "heic"),
    "video": ("mp4", "mov", "webm", "mkv", "avi", "m4v", "mpg", "mpeg", "wmv"),
    "audio": ("mp3", "wav", "m4a", "aac", "ogg", "oga", "flac", "opus", "wma"),
    "document": ("pdf", "ppt", "pptx", "key", "odp", "doc", "docx", "txt", "psd", "ai", "zip", "srt", "vtt"),
}
_KINDS = {ending: kind for kind, endings in _FILES.items() for ending in endings}
"""What a file holds by how its name ends."""
_USUAL = {f"{kind}Url": tuple(f".{ending}" for ending in endings) for kind, endings in _FILES.items()}


def _page(host: str, value: str) -> tuple[str, str] | None:
    """Whose page an address is, and what to write; None where it may well be a file."""
    path = value.partition("://")[2].partition("/")[2]
    host = host.removeprefix("www.").removeprefix("m.")
    for known, starts, whose, help in _PAGES:
        if host == known and path.startswith(starts):
            return whose, help
    if host == "vimeo.com" and path.partition("?")[0].partition("/")[0].isdigit():
        return "Vimeo", _HOST_IT
    if host == "dropbox.com" and "dl=1" not in path and "raw=1" not in path:
        end = f"end it with `{'&' if '?' in path else '?'}dl=1`"
        return "Dropbox", "end it with `dl=1` instead of `dl=0`" if "dl=0" in path else end
    if host == "github.com" and "/blob/" in path and "raw=" not in path:
        return "GitHub", "write `/raw/` instead of `/blob/`"
    return None


_HOST_IT = "put the file itself where anyone can fetch it, and write that address"
_PAGES = (
    ("youtube.com", ("watch", "shorts/", "embed/", "live/"), "YouTube", _HOST_IT),
    ("youtu.be", ("",), "YouTube", _HOST_IT),
    ("drive.google.com", ("file/", "open", "drive/"), "Google Drive", _HOST_IT),
    ("loom.com", ("share/",), "Loom", _HOST_IT),
)
"""Pages that show a file: host, how the path begins, whose it is, what to do."""


def _host(value: str) -> str:
    """The host of an http address, in lower case; empty for any other."""
    scheme, colon, rest = value.partition("://")
    if not colon or scheme.lower() not in ("http", "https"):
        return ""
    for mark in "/?#\\":
        rest = rest.partition(mark)[0]
    host = rest.rpartition("@")[2]
    return host[: host.find("]") + 1].lower() if host.startswith("[") else host.partition(":")[0].lower()


def _private(host: str) -> bool:
    numeric = host.replace(".", "").isdigit() and host.startswith(_PRIVATE)
    return numeric or host in ("localhost", "0.0.0.0", "[::1]") or host.endswith((".localhost", ".local"))


def _unfetchable(value: str, host: str, callback: bool) -> tuple[str, str]:
    """Why the service cannot reach an address, and what to write."""
    absolute = "write an address that begins with `https://`"
    scheme = value.partition(":")[0].lower()
    if not value.strip():
        return "is empty", absolute
    if host:
        return "holds a blank or a control character", "write a blank as `%20`"
    if scheme in ("http", "https") and len(value) > LONGEST:
        return f"is longer than {LONGEST:,} characters", "write a shorter address: servers refuse such a long one"
    if scheme in ("http", "https"):
        return "names no host", "write it as `https://host/path`"
    if _completed(value):
        return f"has no `https:{'' if value[0] == '/' else '//'}`", f"write `{_completed(value)[:68]}`"
    if callback:
        return "is no address that the service can post to", absolute
    upload = "upload the file, then write its `https://` address"
    if scheme == "data":
        return "holds the file itself, and the service takes addresses", upload
    inside = search(r"[(<\"' ](https?://[^\s()<>\"']+)", value[:LONGEST])
    if inside is not None:
        return "is no address, and there is one in it", f"write `{inside[1][:200]}` alone"
    if "://" in value:
        return f"begins with `{scheme[:12]}://`, which the service cannot fetch", upload
    return "is a path, and the service cannot read files here", upload


def _completed(value: str) -> str:
    """An address that only lacks its `https:`; empty for any other."""
    if value.startswith(("//", "www.")) or _begins_with_host(value):
        return f"https://{value.lstrip('/')}"
    return ""


def _begins_with_host(value: str) -> bool:
    """Whether a text begins with a host such as `cdn.example.com`: labels and a known ending, then a path."""
    host, slash, path = value.partition("/")
    *labels, last = host.lower().split(".")
    shaped = all(label.replace("-", "").isalnum() for label in labels)
    return bool(slash and path and labels and shaped and host.isascii() and last in _ENDINGS)


_ENDINGS = frozenset((
    "com", "net", "org", "io", "co", "ai", "app", "dev", "edu", "gov", "info", "media", "tv", "cloud", "video",
    "eu", "uk", "de", "fr", "nl", "es", "it", "se",
))  # fmt: skip
"""How many a host ends. Of another ending it cannot be told from a folder: `archive.v2/logo.png`."""


def _hint(name: str) -> str:
    if name.startswith("callback"):
        return "write an address of your own that takes the callback; vidc knows where the API is"
    return "write where the file itself is"
