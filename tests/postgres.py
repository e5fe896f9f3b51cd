"""A throw-away PostgreSQL server: TEST_DATABASE_URL names one, else one is started from what is installed."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, create_engine, make_url, text

PORT = 54329  # names the socket file; no TCP port is opened


class NoServer(Exception):
    """There is no PostgreSQL to test with; the reason is the message."""


@dataclass(frozen=True)
class PostgresServer:
    """A server in which databases may be made and dropped."""

    url: URL
    binaries: Path | None = None
    folder: Path | None = None

    def create(self, template: str = "template0") -> str:
        """Make a database and return its name."""
        name = f"inquiry_bot_{uuid4().hex[:12]}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever still holds a connection."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def url_of(self, name: str) -> str:
        """Return the URL of a database."""
        return self.url.set(database=name).render_as_string(hide_password=False)

    def restart_at_once(self) -> None:
        """Restart as after a power cut: connections are cut, nothing is said farewell."""
        assert self.folder, "only a server of our own is restarted"
        self._control("restart", "-m", "immediate", "-w", "-o", _options(self.folder))

    def _control(self, *command: str) -> None:
        assert self.folder
        assert self.binaries
        _run_as_user([str(self.binaries / "pg_ctl"), "-D", str(self.folder / "data"), "-s", *command])

    def stop(self) -> None:
        """End the server."""
        self._control("stop", "-m", "immediate")

    def _run(self, statement: str) -> None:
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def server() -> Iterator[PostgresServer]:
    """Provide a server; raises NoServer with the reason."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield PostgresServer(make_url(given).set(drivername="postgresql+psycopg"))
        return
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="inquiry-bot-postgres-"))
    try:
        own = _start(binaries, folder)
        try:
            yield own
        finally:
            own.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(binaries: Path, folder: Path) -> PostgresServer:
    if os.geteuid() == 0:
        shutil.chown(folder, _other_user())
    cluster = folder / "data"
    own = PostgresServer(
        URL.create(
            "postgresql+psycopg",
            username="inquiry_bot",
            database="postgres",
            query={"host": str(folder), "port": str(PORT)},
        ),
        binaries,
        folder,
    )
    initdb = [str(binaries / "initdb"), "-D", str(cluster), "-U", "inquiry_bot", "-A", "trust"]
    _run_as_user([*initdb, "-E", "UTF8", "--no-locale", "--no-sync"])
    own._control("start", "-w", "-o", _options(folder))
    return own


def _options(folder: Path) -> str:
    # No test outlives the machine, so nothing need reach the disk.
    return f"-c listen_addresses='' -c unix_socket_directories={folder} -p {PORT} -c fsync=off"


def _binaries() -> Path:
    if found := shutil.which("initdb"):
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if not installed:
        raise NoServer("no PostgreSQL: set TEST_DATABASE_URL or install a server (initdb)")
    return installed[-1]


def _other_user() -> str:
    names = {user.pw_name for user in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names:
            return name
    raise NoServer("PostgreSQL does not run as root, and there is no other user to run it as")


def _run_as_user(command: Sequence[str]) -> None:
    as_user = ["setpriv", f"--reuid={_other_user()}", "--clear-groups"] if os.geteuid() == 0 else []
    if as_user and not shutil.which("setpriv"):
        raise NoServer("PostgreSQL does not run as root, and setpriv is not there to leave it")
    with tempfile.TemporaryFile() as log:
        # Not a pipe: the server inherits it, and a reader would wait for the server's end.
        done = subprocess.run(
            [*as_user, *command], check=False, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/"
        )
        log.seek(0)
        said = log.read().decode(errors="replace").strip()
    if done.returncode:
        raise NoServer(f"PostgreSQL does not start: {said[-300:]}")
