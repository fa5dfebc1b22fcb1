"""A PostgreSQL server of the tests' own, on a socket in a folder of its own; None where there is no PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: Debian keeps them out of the PATH, one folder for each version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    here = shutil.which("pg_ctl")
    return Path(here).parent if here else None


@contextmanager
def server() -> Iterator[str]:
    """Its address. PostgreSQL does not run as root: then it runs as the user that Debian's package makes."""
    where = programs()
    assert where is not None
    folder = Path(tempfile.mkdtemp(prefix="vidc-pg-"))
    prefix: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        prefix = ["runuser", "-u", "postgres", "--"]

    def run(*words: str) -> None:
        done = subprocess.run([*prefix, *words], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    data = str(folder / "data")
    run(str(where / "initdb"), "-D", data, "-U", "vidc", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    options = f"-c listen_addresses='' -k {folder} -c shared_buffers=16MB"
    run(str(where / "pg_ctl"), "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
    try:
        yield f"postgresql://vidc@/postgres?host={folder}"
    finally:
        run(str(where / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    if programs() is None:
        said = "there is no PostgreSQL: apt-get install postgresql"
        if "postgres" in os.environ.get("VIDC_REQUIRE", "").split(","):
            pytest.fail(said)
        pytest.skip(said)
    with server() as address:
        yield address


def fresh_database(server: str, name: str) -> str:
    import psycopg

    name = "".join(letter for letter in name.lower() if letter.isalnum())[:40] + os.urandom(4).hex()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.replace("/postgres?", f"/{name}?")
