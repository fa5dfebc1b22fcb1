"""errors: what can go wrong with the service, as one tree.

    ServiceError            the world failed; the text says how, and what to do
      NotSent               nothing left this machine: no name, no connection, no TLS. Safe to send again
      Throttled             429 for longer than the patience; nothing was accepted. Safe to send again
      Doubtful              a request that costs may have been accepted or not. Never sent again by itself
      Rejected              the service said no, in its words
        Barred              401, 402, 403: no other request will fare better either
        Absent              404: there is no such job, video or asset
      Unreachable           no good answer to a request that costs nothing, after all retries
      Unreadable            an answer that is not as documented
    Interrupted             a person ended it between two tries; it is a KeyboardInterrupt
    BadService              the address or the token cannot be used; nothing was tried

No text holds the token or an address's query.
"""

from __future__ import annotations


class ServiceError(Exception):
    """The service, or the way to it, failed."""


class NotSent(ServiceError):  # noqa: N818  # named as the ledger's row reads: "not sent"
    pass


class Throttled(ServiceError):  # noqa: N818
    pass


class Doubtful(ServiceError):  # noqa: N818
    """The text says only why it is not known."""


class Rejected(ServiceError):  # noqa: N818
    """`status`: the HTTP status; `words`: what the service said, cut to a few lines, and perhaps what to do."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(f"the service answered {status}" + (f": {words}" if words else ""))
        self.status = status
        self.words = words


class Barred(Rejected):
    pass


class Absent(Rejected):
    pass


class Unreachable(ServiceError):  # noqa: N818
    pass


class Unreadable(ServiceError):  # noqa: N818
    pass


class Interrupted(KeyboardInterrupt):
    """Whatever was tried before was not sent, or refused."""


class BadService(Exception):  # noqa: N818  # the person's mistake, not the service's
    """The address or the token cannot be used; the text says what to set."""


def rejection(status: int, words: str) -> Rejected:
    """The exception of a 4xx that means no."""
    kind = {401: Barred, 402: Barred, 403: Barred, 404: Absent}.get(status, Rejected)
    advice = "is the token (COLOSSYAN_TOKEN, --token-file) right?" if status == 401 else ""
    return kind(status, "; ".join(filter(None, (words, advice))))
