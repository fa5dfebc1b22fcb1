"""table: what one kind of mapping may hold."""

from __future__ import annotations

from vidc.record import record, replace

from .scope import Reader


@record
class Field:
    """One documented field. `needed`: what to add where it is missing, empty where it may be; `doubtful`: the service's
    documentation does not say outright that it is needed. `own`: vidc's, never sent. `partial`: read also where
    a part of it is not known yet."""

    read: Reader
    needed: str = ""
    doubtful: bool = False
    own: bool = False
    partial: bool = False


@record
class Table:
    """The fields of one kind of mapping, in the service's order.

    `owner`: how messages call it; `type`: that of a track of which fields are documented. `aliases`: wrong names that
    mean a field. `elsewhere`: names that belong to another place, with the field they stand for (empty for none) and
    what to do. `invented`: the same of names that never existed. `ours`: names that belong elsewhere in a spec, which a
    job may have as properties. `open`: nothing about it is documented, so any property passes without a word. `closed`:
    nothing else may be there but keys of the author's own that begin with `x-`.
    """

    owner: str
    fields: dict[str, Field]
    needed: tuple[str, ...]
    aliases: dict[str, str]
    elsewhere: dict[str, tuple[str, str]]
    invented: dict[str, tuple[str, str]]
    open: bool = False
    closed: bool = False
    ours: dict[str, tuple[str, str]] = {}  # noqa: RUF012  # never changed once made
    type: str = ""


def table(
    owner: str,
    fields: dict[str, Field],
    aliases: dict[str, str] | None = None,
    elsewhere: dict[str, tuple[str, str]] | None = None,
    invented: dict[str, tuple[str, str]] | None = None,
    open: bool = False,
    closed: bool = False,
    ours: dict[str, tuple[str, str]] | None = None,
    type: str = "",
) -> Table:
    needed = tuple(name for name, field in fields.items() if field.needed)
    return Table(owner, fields, needed, aliases or {}, elsewhere or {}, invented or {}, open, closed, ours or {}, type)


def literally(table: Table) -> Table:
    """The table of a job as the service takes it: without vidc's own fields."""
    return replace(table, fields={name: field for name, field in table.fields.items() if not field.own}, ours={})
