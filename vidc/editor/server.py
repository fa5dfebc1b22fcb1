"""server: the language server protocol: what an editor asks, and which module answers. The one door of pygls."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.metadata import version

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from vidc.compile import Compiled
from vidc.diag.finding import Edit, Finding
from vidc.diag.result import order
from vidc.diag.sink import brief
from vidc.ir.facts import NOTHING, Facts
from vidc.source import Source, Span

from . import completing, mending, positions, telling
from .file import File
from .symbols import Symbol, Trees

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
}
_TRIGGERS = ["<", "{", " ", ":", "-", ","]
_RENAMED = ("variable", "service", "component", "reference", "local", "include")


class Server(LanguageServer):
    """`files`: the open ones by their URI. `facts` and `known`: what was learned of lengths, and the names of actors
    and voices, which the command reads from the project's lock and cache."""

    def __init__(self, facts: Facts = NOTHING, known: dict[str, list[tuple[str, str]]] | None = None) -> None:
        super().__init__("vidc", version("vidc"))
        self.files: dict[str, File] = {}
        self.facts = facts
        self.known = known or {}

    def opened(self, uri: str) -> File:
        """The open file of a URI, read from disk where the editor has not opened it."""
        if uri not in self.files:
            self.change(uri)
        return self.files[uri]

    def change(self, uri: str) -> None:
        """Compile the text that the editor has."""
        file = self.files.setdefault(uri, File(_shown(uri)))
        file.change(self.workspace.get_text_document(uri).source, self._others(uri), self.facts)

    def publish(self, uri: str) -> None:
        """Send what is wrong in a file, and in the files that include it while they are open."""
        for other in [uri, *(one for one in self.files if one != uri and self._includes(one, uri))]:
            if other != uri:
                self.change(other)
            made = self.files[other].made
            if made is not None:
                found = [_diagnostic(made.source, one) for one in order(made.findings, made.source)]
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(other, found))

    def _others(self, uri: str) -> dict[str, str]:
        return {
            os.path.realpath(to_fs_path(one) or ""): document.source
            for one, document in self.workspace.text_documents.items()
            if one != uri and one in self.files
        }

    def _includes(self, uri: str, part: str) -> bool:
        made = self.files[uri].made
        path = os.path.realpath(to_fs_path(part) or "")
        return made is not None and any(source.file == path for source in made.sources[1:])


def made_server(facts: Facts = NOTHING, known: dict[str, list[tuple[str, str]]] | None = None) -> Server:
    """A server with all its features, ready to start."""
    server = Server(facts, known)
    _synchronize(server)
    _answer_places(server)
    _answer_files(server)
    return server


def _synchronize(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        ls.change(params.text_document.uri)
        ls.publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        ls.change(params.text_document.uri)
        ls.publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
        ls.change(params.text_document.uri)
        ls.publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        ls.files.pop(params.text_document.uri, None)
        ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))


def _answer_places(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=_TRIGGERS))
    def completion(ls: Server, params: types.CompletionParams) -> types.CompletionList:
        made, offset = _asked(ls, params)
        if made is None:
            return types.CompletionList(False, [])
        good = ls.opened(params.text_document.uri).good
        found = completing.offers(made.source, offset, good.sources if good else [], ls.known)
        return types.CompletionList(False, [_item(made.source, offset, one) for one in found])

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
        made, offset = _asked(ls, params)
        trees = _trees(ls, params.text_document.uri)
        if made is None or trees is None:
            return None
        found = telling.hover(ls.opened(params.text_document.uri).timed or made, trees, offset)
        if found is None:
            return None
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, found[0]), _range(found[1]))

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
        symbol, trees = _symbol(ls, params)
        if symbol is None or trees is None:
            return []
        if symbol.kind == "include":
            path = _included(trees.root.source, symbol.name)
            return [types.Location(from_fs_path(path) or "", _start())] if os.path.exists(path) else []
        return [_location(use.span) for use in trees.definitions(symbol)]

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(ls: Server, params: types.ReferenceParams) -> list[types.Location]:
        symbol, trees = _symbol(ls, params)
        if symbol is None or trees is None:
            return []
        wanted = params.context.include_declaration
        return [_location(use.span) for use in trees.uses(symbol) if wanted or not use.defines]

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_rename(ls: Server, params: types.PrepareRenameParams) -> types.Range | None:
        trees = _trees(ls, params.text_document.uri)
        made, offset = _asked(ls, params)
        use = trees.at(offset) if trees is not None and made is not None else None
        return _range(use.span) if use is not None and use.symbol.kind in _RENAMED else None

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
        symbol, trees = _symbol(ls, params)
        if symbol is None or trees is None or symbol.kind not in _RENAMED:
            return None
        edits = [Edit(use.span, params.new_name) for use in trees.uses(symbol)]
        return _moved(trees.root.source, symbol, params.new_name, edits) if symbol.kind == "include" else _edit(edits)


def _answer_files(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def inlay_hint(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
        made = ls.opened(params.text_document.uri).timed
        if made is None:
            return []
        found = [(positions.position(made.source, one.offset), one.text) for one in telling.hints(made)]
        return [
            types.InlayHint(types.Position(at.line, at.character), text, padding_left=True)
            for at, text in found
            if params.range.start.line <= at.line <= params.range.end.line
        ]

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    def code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        made = ls.opened(params.text_document.uri).made
        if made is None:
            return []
        start, end = (_offset(made.source, at) for at in (params.range.start, params.range.end))
        return [
            types.CodeAction(
                title=brief(one.title),
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[_diagnostic(made.source, one.finding)],
                is_preferred=one.sure,
                edit=_edit(one.edits),
            )
            for one in mending.fixes(made, start, end)
        ]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def document_symbol(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        good = ls.opened(params.text_document.uri).good
        return [] if good is None or good.root is None else [_outlined(one) for one in telling.outline(good.root)]

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def folding_range(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        good = ls.opened(params.text_document.uri).good
        outline = [] if good is None or good.root is None else telling.outline(good.root)
        ranges = [
            positions.range_of(one.span) for one in [*outline, *(inner for one in outline for inner in one.inner)]
        ]
        return [types.FoldingRange(at.start.line, at.end.line) for at in ranges if at.end.line > at.start.line]


_Asked = (
    types.CompletionParams | types.HoverParams | types.DefinitionParams | types.ReferenceParams | types.RenameParams
)


def _asked(ls: Server, params: _Asked | types.PrepareRenameParams) -> tuple[Compiled | None, int]:
    """What was made of the file, and the offset that is asked about."""
    made = ls.opened(params.text_document.uri).made
    return made, 0 if made is None else _offset(made.source, params.position)


def _trees(ls: Server, uri: str) -> Trees | None:
    """The documents as written, of the last text that could be read."""
    good = ls.opened(uri).good
    return None if good is None or good.root is None else Trees(good.root, good.sources)


def _symbol(ls: Server, params: _Asked) -> tuple[Symbol | None, Trees | None]:
    trees = _trees(ls, params.text_document.uri)
    made, offset = _asked(ls, params)
    use = trees.at(offset) if trees is not None and made is not None else None
    return (None, None) if use is None else (use.symbol, trees)


def _diagnostic(source: Source, finding: Finding) -> types.Diagnostic:
    """A finding; one in an included file stands where that is included, and tells where it is itself."""
    words = finding.words
    home = finding.span.source is source
    at = finding.span if home else next((via.span for via in words.at.via if via.span.source is source), None)
    related = [(label.span, label.text) for label in words.labels] + [(via.span, via.text) for via in words.at.via]
    if not home:
        related.insert(0, (finding.span, words.message))
    return types.Diagnostic(
        range=_start() if at is None else _range(at),
        message=brief(words.message) + (f"\nhelp: {brief(words.help, keep_newlines=True)}" if words.help else ""),
        severity=_SEVERITY[finding.severity],
        code=finding.name,
        source="vidc",
        related_information=[
            types.DiagnosticRelatedInformation(_location(span), brief(text)) for span, text in related
        ],
    )


def _item(source: Source, offset: int, one: completing.Offer) -> types.CompletionItem:
    span = Span(source, one.start, offset)
    return types.CompletionItem(
        label=one.name,
        kind=_OFFERED[one.kind],
        detail=brief(one.about) or None,
        filter_text=one.name,
        text_edit=types.TextEdit(_range(span), one.text),
    )


def _outlined(one: telling.Outline) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=brief(one.name) or one.kind,
        detail=brief(one.detail),
        kind=_OUTLINED[one.kind],
        range=_range(one.span),
        selection_range=_range(one.name_at),
        children=[_outlined(inner) for inner in one.inner],
    )


def _edit(edits: Sequence[Edit]) -> types.WorkspaceEdit:
    changes: dict[str, list[types.TextEdit]] = {}
    for edit in edits:
        changes.setdefault(_uri(edit.span.source), []).append(types.TextEdit(_range(edit.span), edit.text))
    return types.WorkspaceEdit(changes=changes)


def _moved(source: Source, symbol: Symbol, name: str, edits: list[Edit]) -> types.WorkspaceEdit:
    """An include by another name: the file itself is renamed too."""
    texts = [types.TextEdit(_range(edit.span), edit.text) for edit in edits if edit.span.source is source]
    document = types.OptionalVersionedTextDocumentIdentifier(_uri(source))
    old, new = (from_fs_path(_included(source, one)) or "" for one in (symbol.name, name))
    return types.WorkspaceEdit(
        document_changes=[types.TextDocumentEdit(document, list(texts)), types.RenameFile(old_uri=old, new_uri=new)]
    )


def _included(source: Source, name: str) -> str:
    return os.path.join(os.path.dirname(source.file), name)


def _shown(uri: str) -> str:
    path = to_fs_path(uri) or uri
    return os.path.relpath(path) if os.path.isabs(path) else path


def _uri(source: Source) -> str:
    return from_fs_path(source.file) or ""


def _location(span: Span) -> types.Location:
    return types.Location(_uri(span.source), _range(span))


def _range(span: Span) -> types.Range:
    at = positions.range_of(span)
    return types.Range(types.Position(at.start.line, at.start.character), types.Position(at.end.line, at.end.character))


def _start() -> types.Range:
    return types.Range(types.Position(0, 0), types.Position(0, 0))


def _offset(source: Source, at: types.Position) -> int:
    return positions.offset(source, positions.Position(at.line, at.character))
