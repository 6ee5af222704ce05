"""A real PostgreSQL server of the tests' own, in a temporary folder, on a unix socket.

`running_server()` needs the server's programs, not a running service; nothing listens on a port.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl: Debian's newest, else the one on PATH."""
    debian = Path("/usr/lib/postgresql")
    found = sorted(debian.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Server:
    """One cluster, which a test may also stop and start again."""

    def __init__(self, programs: Path, home: Path) -> None:
        self.programs = programs
        self.home = home

    def url(self, database: str) -> str:
        """The address of one database, as DATABASE_URL takes it."""
        return f"postgresql://postgres@/{database}?host={self.home}"

    def run(self, program: str, *arguments: str) -> None:
        # initdb and postgres refuse to run as root.
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        log = self.home / "programs.log"
        with log.open("a") as output:
            done = subprocess.run(
                [*(as_user if os.geteuid() == 0 else []), self.programs / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.home,
                check=False,
            )
        assert done.returncode == 0, log.read_text()

    def create(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.home, "postgres", "postgres")
        self.run(
            *("initdb", "--pgdata=data", "--username=postgres", "--auth=trust", "--no-sync"),
            *("--encoding=UTF8", "--locale=C.UTF-8"),
        )

    def start(self, *, durable: bool = False) -> None:
        """Start it; `durable` writes through to the disk, as a server people rely on does."""
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.home}'"
        options += "" if durable else " -c fsync=off"
        self.run(*("pg_ctl", "start", "-w", "-D", "data", "-l", "server.log", "-o", options))

    def stop(self) -> None:
        self.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", "data")

    def execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)


def require_binaries() -> Path:
    """The programs; without them the test is skipped, but fails where CI=true."""
    programs = binaries()
    if programs is not None:
        return programs
    reason = "PostgreSQL's server programs (initdb, pg_ctl) were not found"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; CI must have them")
    pytest.skip(reason)


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[Server]:
    """A fresh server, stopped and removed at the end."""
    programs = require_binaries()
    # Short: the path of a unix socket has room for 107 characters.
    with tempfile.TemporaryDirectory(prefix="plein-pg-", dir="/tmp") as folder:
        server = Server(programs, Path(folder))
        server.create()
        server.start(durable=durable)
        try:
            yield server
        finally:
            server.stop()
