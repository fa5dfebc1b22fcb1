"""session: the editor at the other end: its documents, and what it is told unasked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Generator, Sequence
from importlib.metadata import version
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from vidc.diag.result import order
from vidc.diag.sink import brief

from . import shapes
from .documents import Documents
from .file import File

PATIENCE_S = 0.01
"""So long a change is waited on for the next one: who types on in a long file waits for one compilation, not for one
of each letter."""


class _Protocol(LanguageServerProtocol):
    """Counts columns in UTF-16, as every editor can, where pygls would take what the editor would like best; and leaves
    the texts to us, since pygls ends a line also where no editor does, such as at U+2028."""

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        if params.capabilities.general is not None:
            params.capabilities.general.position_encodings = None
        return (yield from super().lsp_initialize(params))

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None


class Unheard(logging.Filter):
    """Passes over what is no mistake of the server: a refusal, which the editor shows, and an editor that left."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, JsonRpcException | BrokenPipeError)


class Server(LanguageServer):
    def __init__(self) -> None:
        super().__init__("vidc", version("vidc"), protocol_cls=_Protocol)
        self.documents = Documents()
        self._told: list[str] = []
        self._due: asyncio.TimerHandle | None = None

    def file(self, uri: str) -> File | None:
        """An open file as it is now."""
        self.settle()
        return self.documents.files.get(uri)

    def settle_soon(self) -> None:
        if self._due is not None:
            self._due.cancel()
        self._due = asyncio.get_running_loop().call_later(PATIENCE_S, self._settle_unasked)

    def settle(self) -> None:
        """Send what is new since files were changed."""
        self.publish(self.documents.settle())

    def _settle_unasked(self) -> None:
        try:
            self.settle()
        except Exception as error:  # a mistake of ours: it is told as that of an answer is
            logging.getLogger("pygls").exception("cannot compile")
            self.report_server_error(error, JsonRpcInternalError)

    def publish(self, files: Sequence[File]) -> None:
        """Send what is wrong in files that there is news of."""
        for file in files:
            found = [
                shapes.diagnostic(file.source, one, self.documents.uri) for one in order(file.findings, file.source)
            ]
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(file.uri, found, file.version))
        workspace = self.client_capabilities.workspace
        if len(files) > 1 and workspace and workspace.inlay_hint and workspace.inlay_hint.refresh_support:
            self.workspace_inlay_hint_refresh(None)
        self._tell_troubles()

    def _tell_troubles(self) -> None:
        """Say once why something that a project knows is not heeded."""
        troubles = self.documents.troubles()
        for trouble in troubles:
            if trouble not in self._told:
                self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, brief(trouble)))
        self._told = troubles

    @property
    def versions(self) -> dict[str, int | None] | None:
        """Of the open documents, where the editor heeds them in an edit."""
        edits = self.client_capabilities.workspace and self.client_capabilities.workspace.workspace_edit
        return self.documents.versions() if edits and edits.document_changes else None

    @property
    def renames_files(self) -> bool:
        edits = self.client_capabilities.workspace and self.client_capabilities.workspace.workspace_edit
        kinds = (edits.resource_operations if edits and edits.document_changes else None) or []
        return types.ResourceOperationKind.Rename in kinds
