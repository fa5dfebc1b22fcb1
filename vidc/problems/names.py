"""What can be wrong with the names of actors and voices, where the workspace's lists are known."""

from __future__ import annotations

from vidc.diag.catalog import problem
from vidc.diag.finding import Place, Words

from .wording import respelled


@problem("warning", "workspace")
def unlisted_actor(at: Place, name: str, near: str | None) -> Words:
    """The workspace lists no actor of this name.

    `actor` takes the `name` of an actor that the service lists, not the name that it is shown under. The list is the
    one that `vidc actors` kept last: an avatar that was made since is in it after `vidc actors --refresh`. The service
    is not documented to say what it does with a name that it does not know, and the job may be paid for.
    """
    return _unlisted(at, f"the workspace lists no actor `{name}`", near, "vidc actors")


@problem("warning", "workspace")
def unlisted_voice(at: Place, name: str, near: str | None) -> Words:
    """The workspace lists no voice of this name.

    `speakerId` takes the `name` of a voice that the service lists, not the name that it is shown under. The list is the
    one that `vidc voices` kept last: a voice that was cloned since is in it after `vidc voices --refresh`. The service
    is not documented to say what it does with a name that it does not know, and the job may be paid for.
    """
    return _unlisted(at, f"the workspace lists no voice `{name}`", near, "vidc voices")


def _unlisted(at: Place, message: str, near: str | None, command: str) -> Words:
    if near is None:
        return Words(message, at, help=f"`{command}` shows them, `{command} --refresh` asks for them again")
    help = f"write `{near}`, or ask again: `{command} --refresh`"
    return Words(message, at, help=help, repairs=(respelled(at.span, near),))
