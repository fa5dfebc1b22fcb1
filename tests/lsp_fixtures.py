"""The fixtures of `lsp_editor`: a server for all tests, an editor for each, and a project."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_lsp
from conftest import CANARY
from lsp_editor import BRAND, TESTS, USES, Editor
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

START = [sys.executable, "-c", "from vidc.cli import main; main()", "lsp"]
ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONPATH": str(TESTS.parent), "COLOSSYAN_TOKEN": CANARY}

CAPABILITIES = types.ClientCapabilities(
    general=types.GeneralClientCapabilities(position_encodings=["utf-8", "utf-32", "utf-16"]),
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=[types.ResourceOperationKind.Rename]
        ),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
    ),
)


@pytest_lsp.fixture(scope="session", config=ClientServerConfig(server_command=START, server_env=ENVIRONMENT))
async def lsp_server(lsp_client: LanguageClient, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[None]:
    """One server for all: starting it takes longer than most tests."""
    watched: list[str] = []

    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def registered(params: types.RegistrationParams) -> None:
        watched.extend(one.method for one in params.registrations)

    folder = types.WorkspaceFolder(uri=tmp_path_factory.getbasetemp().as_uri(), name="films")
    begun = await lsp_client.initialize_session(
        types.InitializeParams(capabilities=CAPABILITIES, workspace_folders=[folder])
    )
    assert begun.capabilities.position_encoding == "utf-16"
    yield
    assert watched == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
    await lsp_client.shutdown_session()


@pytest.fixture
def editor(lsp_server: LanguageClient) -> Iterator[Editor]:
    """What a test opens is closed behind it."""
    made = Editor(lsp_server)
    lsp_server.messages.clear()
    yield made
    for uri in list(made.opened):
        made.close(uri)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "brand.vidc.yaml").write_text(BRAND)
    (tmp_path / "films" / "a.vidc.yaml").write_text(USES)
    (tmp_path / "films" / "b.vidc.yaml").write_text("# another\n" + USES)
    apart = USES.replace("include: [brand.vidc.yaml]", "variables: {company: Other}").replace(
        "use: card, with: ", "x: "
    )
    (tmp_path / "films" / "apart.vidc.yaml").write_text(apart)
    return tmp_path / "films"
