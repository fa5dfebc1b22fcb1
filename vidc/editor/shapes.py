"""shapes: what the editor modules say, in the shapes of the protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lsprotocol import types

from vidc.diag.edits import as_there
from vidc.diag.finding import Edit, Finding
from vidc.diag.sink import brief
from vidc.source import Source, Span

from . import completing, positions, telling
from .places import seen_at
from .shifting import Shift

_SEVERITY = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}
_OUTLINED = {
    "scene": types.SymbolKind.Module,
    "track": types.SymbolKind.Field,
    "variable": types.SymbolKind.Variable,
    "component": types.SymbolKind.Class,
}
_OFFERED = {
    "key": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.EnumMember,
    "variable": types.CompletionItemKind.Variable,
    "service": types.CompletionItemKind.Variable,
    "component": types.CompletionItemKind.Class,
    "reference": types.CompletionItemKind.Reference,
    "name": types.CompletionItemKind.Value,
    "file": types.CompletionItemKind.File,
}

Uri = Callable[[Source], str]
"""The URI by which the editor knows a document."""


def range_of(span: Span) -> types.Range:
    at = positions.range_of(span)
    return types.Range(types.Position(at.start.line, at.start.character), types.Position(at.end.line, at.end.character))


def start() -> types.Range:
    return types.Range(types.Position(0, 0), types.Position(0, 0))


def offset(source: Source, at: types.Position) -> int:
    return positions.offset(source, positions.Position(at.line, at.character))


def location(span: Span, uri: Uri) -> types.Location:
    return types.Location(uri(span.source), range_of(span))


def diagnostic(source: Source, finding: Finding, uri: Uri) -> types.Diagnostic:
    """A finding; one in an included file stands where that is included, and tells where it is itself."""
    words = finding.words
    at = seen_at(finding, source)
    related = [(label.span, label.text) for label in words.labels] + [(via.span, via.text) for via in words.at.via]
    if finding.span.source is not source:
        related.insert(0, (finding.span, words.message))
    return types.Diagnostic(
        range=start() if at is None else range_of(at),
        message=brief(words.message) + (f"\nhelp: {brief(words.help, keep_newlines=True)}" if words.help else ""),
        severity=_SEVERITY[finding.severity],
        code=finding.name,
        source="vidc",
        related_information=[
            types.DiagnosticRelatedInformation(location(span, uri), brief(text)) for span, text in related
        ],
    )


def item(source: Source, one: completing.Offer) -> types.CompletionItem:
    return types.CompletionItem(
        label=brief(one.name),
        kind=_OFFERED[one.kind],
        detail=brief(one.about) or None,
        sort_text=f" {one.name}" if one.soon else None,
        filter_text=one.name,
        text_edit=types.TextEdit(range_of(Span(source, one.start, one.end)), one.text),
    )


def outlined(one: telling.Outline, source: Source, since: Shift) -> types.DocumentSymbol:
    """`since`: what the text that it was made of differs in from the source."""
    return types.DocumentSymbol(
        name=brief(one.name) or one.kind,
        detail=brief(one.detail),
        kind=_OUTLINED[one.kind],
        range=range_of(since.around(one.span, source)),
        selection_range=range_of(since.around(one.name_at, source)),
        children=[outlined(inner, source, since) for inner in one.inner],
    )


def workspace_edit(
    edits: Sequence[Edit], uri: Uri, versions: dict[str, int | None] | None, moved: tuple[str, str] | None = None
) -> types.WorkspaceEdit:
    """`versions`: of open documents by URI, where the editor heeds them: it refuses an edit of a text that it has
    changed since. `moved`: the URIs of a file before and after."""
    changes: dict[str, list[types.TextEdit]] = {}
    for edit in map(as_there, edits):
        changes.setdefault(uri(edit.span.source), []).append(types.TextEdit(range_of(edit.span), edit.text))
    if versions is None:
        return types.WorkspaceEdit(changes=changes)
    documents: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = [
        types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(one, versions.get(one)), list(made))
        for one, made in changes.items()
    ]
    if moved is not None:
        documents.append(types.RenameFile(old_uri=moved[0], new_uri=moved[1]))
    return types.WorkspaceEdit(document_changes=documents)
