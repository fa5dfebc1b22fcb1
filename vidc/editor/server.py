"""server: the language server protocol: how a session begins, and how its texts are kept. `session` and `answers` have
the rest; these are the doors of pygls."""

from __future__ import annotations

import logging

from lsprotocol import types

from .addresses import path_of
from .answers import answer
from .file import Change
from .learned import SETTINGS
from .positions import Position
from .session import Server, Unheard

_WATCHED = ("**/*.{yaml,yml,json}", "**/vidc.lock", *(f"**/{name}" for name in SETTINGS))


def made_server() -> Server:
    """A server with all its features, ready to start."""
    server = Server()
    log = logging.StreamHandler()
    log.addFilter(Unheard())
    log.setLevel(logging.ERROR)
    logging.getLogger("pygls").addHandler(log)
    _begin(server)
    _synchronize(server)
    answer(server)
    return server


def _begin(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(ls: Server, params: types.InitializeParams) -> None:
        folders = [folder.uri for folder in params.workspace_folders or []]
        ls.documents.folder = path_of((folders or [params.root_uri or ""])[0])

    @server.feature(types.INITIALIZED)
    def initialized(ls: Server, _params: types.InitializedParams) -> None:
        workspace = ls.client_capabilities.workspace
        watches = workspace and workspace.did_change_watched_files
        if watches and watches.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions(list(map(types.FileSystemWatcher, _WATCHED)))
            wanted = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            ls.client_register_capability(types.RegistrationParams([wanted]))


def _synchronize(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        language = str(document.language_id)
        ls.publish(ls.documents.open(document.uri, document.text, document.version, language))

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        ls.documents.change(document.uri, list(map(_change, params.content_changes)), document.version)
        ls.settle_soon()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
        ls.documents.change(params.text_document.uri)
        ls.settle()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))
        ls.publish(ls.documents.close(params.text_document.uri))
        ls.settle()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
        ls.settle()
        ls.publish(ls.documents.again({path_of(change.uri) for change in params.changes} - {""}))


def _change(one: types.TextDocumentContentChangeEvent) -> Change:
    if isinstance(one, types.TextDocumentContentChangeWholeDocument):
        return Change(None, None, one.text)
    start, end = one.range.start, one.range.end
    return Change(Position(start.line, start.character), Position(end.line, end.character), one.text)
