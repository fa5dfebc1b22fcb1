"""answers: what an editor asks, and which module answers."""

from __future__ import annotations

import os

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from vidc.diag.sink import brief
from vidc.record import record
from vidc.source import Source, Span

from . import completing, mending, renaming, shapes, telling
from .addresses import uri_of
from .elsewhere import Elsewhere
from .file import File
from .positions import Position, line_end, position
from .reach import includable, target
from .session import Server
from .shifting import Shift, shift
from .symbols import OF_ONE_FILE, Symbol, Trees

_TRIGGERS = ["<", "{", ".", " ", ":", "-", ",", '"']
_REQUEST_FAILED = -32803


def answer(server: Server) -> None:
    _answer_places(server)
    _answer_names(server)
    _answer_renaming(server)
    _answer_files(server)
    _answer_fixes(server)


def _answer_places(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=_TRIGGERS))
    def completion(ls: Server, params: types.CompletionParams) -> types.CompletionList:
        file = ls.file(params.text_document.uri)
        if file is None or not file.is_served:
            return types.CompletionList(False, [])
        at = shapes.offset(file.source, params.position)
        known = Elsewhere(
            ls.documents.learned(file).names,
            lambda: includable(file.source, ls.documents.texts()),
            frozenset(one.name for one in file.findings if one.severity != "error"),
        )
        found = completing.offers(file.source, at, _included(ls, file), known)
        return types.CompletionList(False, [shapes.item(file.source, one) for one in found])

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
        asked = _asked(ls, params)
        if asked is None or asked.file.good is None:
            return None
        found = telling.hover(asked.file.good, asked.trees, asked.offset)
        span = asked.now(found[1]) if found is not None else None
        if found is None or span is None:
            return None
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, found[0]), shapes.range_of(span))


def _answer_names(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
        asked = _asked(ls, params)
        if asked is None or asked.symbol is None:
            return []
        if asked.symbol.kind == "include":
            path = target(asked.file.source, asked.symbol.name)
            source = Source(path, "", path)
            return [types.Location(ls.documents.uri(source), shapes.start())] if os.path.isfile(path) else []
        found = [asked.now(use.span) for use in asked.trees.definitions(asked.symbol)]
        return [shapes.location(span, ls.documents.uri) for span in found if span is not None]

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(ls: Server, params: types.ReferenceParams) -> list[types.Location]:
        asked = _asked(ls, params)
        if asked is None or asked.symbol is None:
            return []
        trees = asked.trees
        if asked.symbol.kind not in OF_ONE_FILE:
            trees = _reached(ls, asked, asked.symbol)
        wanted = params.context.include_declaration
        found = [asked.now(use.span) for use in trees.uses(asked.symbol) if wanted or not use.defines]
        return [shapes.location(span, ls.documents.uri) for span in found if span is not None]


def _answer_renaming(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_rename(ls: Server, params: types.PrepareRenameParams) -> types.Range | None:
        asked = _named(ls, params)
        use = None if asked is None else asked.trees.at(asked.offset)
        return None if use is None else shapes.range_of(use.span)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
        asked = _named(ls, params)
        if asked is None or asked.symbol is None:
            return None
        return _renamed(ls, asked, asked.symbol, params.new_name)


def _answer_files(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def inlay_hint(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
        file = ls.file(params.text_document.uri)
        if file is None or file.timed is None:
            return []
        since = shift(file.timed.source.text, file.source.text)
        found = [(_line_end(file.source, since.forward(one.offset)), one.text) for one in telling.hints(file.timed)]
        return [
            types.InlayHint(types.Position(at.line, at.character), text, padding_left=True)
            for at, text in found
            if at is not None and params.range.start.line <= at.line <= params.range.end.line
        ]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def document_symbol(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        file = ls.file(params.text_document.uri)
        return [] if file is None else [shapes.outlined(one, file.source, since) for one, since in _outline(file)]

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def folding_range(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        file = ls.file(params.text_document.uri)
        if file is None:
            return []
        ranges = [
            shapes.range_of(since.around(each.span, file.source))
            for one, since in _outline(file)
            for each in (one, *one.inner)
        ]
        return [types.FoldingRange(at.start.line, at.end.line) for at in ranges if at.end.line > at.start.line]


def _answer_fixes(server: Server) -> None:
    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    def code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        file = ls.file(params.text_document.uri)
        wanted = params.context.only
        if file is None or file.made is None or (wanted and not {"", types.CodeActionKind.QuickFix} & set(wanted)):
            return []
        start, end = (shapes.offset(file.source, at) for at in (params.range.start, params.range.end))
        strict = ls.documents.learned(file).strict
        return [
            types.CodeAction(
                title=brief(one.title),
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[shapes.diagnostic(file.source, one.finding, ls.documents.uri)],
                is_preferred=one.sure,
                edit=shapes.workspace_edit(one.edits, ls.documents.uri, ls.versions),
            )
            for one in mending.fixes(file.made, file.findings, start, end, strict)
        ]


@record
class Asked:
    """What is asked about: a file, the documents of the last text that could be read, and the place in that."""

    file: File
    trees: Trees
    since: Shift
    offset: int
    symbol: Symbol | None

    @property
    def is_fresh(self) -> bool:
        """Whether it is the text as it is now."""
        return self.trees.root.source is self.file.source

    def now(self, span: Span) -> Span | None:
        """A piece of the text that could be read, where it stands now; of another document it is there."""
        return span if span.source is not self.trees.root.source else self.since.span(span, self.file.source)


def _asked(
    ls: Server,
    params: types.HoverParams
    | types.DefinitionParams
    | types.ReferenceParams
    | types.RenameParams
    | types.PrepareRenameParams,
) -> Asked | None:
    file = ls.file(params.text_document.uri)
    good = file.good if file is not None else None
    if file is None or good is None or good.root is None:
        return None
    since = shift(good.source.text, file.source.text)
    offset = since.back(shapes.offset(file.source, params.position))
    if offset is None:
        return None
    trees = Trees(good.root, _included(ls, file))
    use = trees.at(offset)
    return Asked(file, trees, since, offset, None if use is None else use.symbol)


def _included(ls: Server, file: File) -> list[Source]:
    """The documents that the last text that could be read includes, as they are now where the editor has them open."""
    texts = ls.documents.texts()
    sources = file.good.sources[1:] if file.good is not None else []
    return [Source(one.path, texts.get(one.file, one.text), one.file) for one in sources]


def _named(ls: Server, params: types.RenameParams | types.PrepareRenameParams) -> Asked | None:
    """What is to have another name, if anything is."""
    asked = _asked(ls, params)
    if asked is None or asked.symbol is None:
        return None
    if not asked.is_fresh:
        raise _refused("the file cannot be read as it is now: mend it first")
    return asked


def _reached(ls: Server, asked: Asked, symbol: Symbol) -> Trees:
    """The documents of the project in which a symbol is the same; those of the file alone where one cannot be read."""
    try:
        return renaming.reached(asked.trees.root, symbol, ls.documents.texts())
    except renaming.Refused:
        return asked.trees


def _renamed(ls: Server, asked: Asked, symbol: Symbol, name: str) -> types.WorkspaceEdit:
    texts, root = ls.documents.texts(), asked.trees.root
    try:
        if symbol.kind != "include":
            edits = renaming.renamed(root, symbol, name, texts)
            return shapes.workspace_edit(edits, ls.documents.uri, ls.versions)
        if not ls.renames_files:
            raise renaming.Refused("this editor renames no files: rename it there, then here")
        old, new, edits = renaming.moved_file(root, symbol.name, name, texts)
    except renaming.Refused as error:
        raise _refused(str(error)) from error
    return shapes.workspace_edit(edits, ls.documents.uri, ls.versions, (uri_of(old), uri_of(new)))


def _refused(reason: str) -> JsonRpcException:
    return JsonRpcException(brief(reason), _REQUEST_FAILED)


def _outline(file: File) -> list[tuple[telling.Outline, Shift]]:
    """The outline of the last text that could be read, and how it leads to the text as it is."""
    if file.good is None or file.good.root is None:
        return []
    since = shift(file.good.source.text, file.source.text)
    return [(one, since) for one in telling.outline(file.good.root)]


def _line_end(source: Source, offset: int | None) -> Position | None:
    if offset is None:
        return None
    return position(source, line_end(source, offset))
