"""Real servers from local binaries, in throw-away folders, on free ports."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATHS = "/usr/lib/postgresql/*/bin:/usr/sbin:/usr/bin:/usr/local/bin"


class EngineMissingError(Exception):
    """A server that has no binary here."""


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that servers can read; pytest closes its own to other users."""
    with tempfile.TemporaryDirectory(prefix="mis-sites-") as name:
        yield Path(name)


@contextmanager
def postgresql(folder: Path) -> Iterator[Server]:
    """A PostgreSQL server.

    Text is in the order of a language, as most sites have it, so that an order by it
    that our SQL leaves to the database shows.
    """
    data, port = folder / "data", free_port()
    user = unprivileged("postgres")
    own(folder, user)
    run(
        [binary("initdb"), "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8"]
        + ["--locale-provider=icu", "--icu-locale=en", "--locale=C.UTF-8", "-N"],
        user,
    )
    with running(
        [binary("postgres"), "-D", data, "-p", str(port), "-k", folder]
        + ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        + ["-c", "timezone=America/New_York"],
        user,
        folder / "log",
        port,
        f"postgresql://owner@127.0.0.1:{port}/postgres",
    ) as server:
        yield server


@contextmanager
def replica(folder: Path, source: Server) -> Iterator[Server]:
    """A hot standby of a PostgreSQL server, which stops what is in its way at once."""
    data, port = folder / "data", free_port()
    user = unprivileged("postgres")
    own(folder, user)
    run(
        [binary("pg_basebackup"), "-D", data, "-R", "-X", "stream", "-c", "fast"]
        + ["-d", source.url],
        user,
    )
    with running(
        [binary("postgres"), "-D", data, "-p", str(port), "-k", folder]
        + ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        + ["-c", "max_standby_streaming_delay=0"],
        user,
        folder / "log",
        port,
        source.url.replace(f":{source.port}/", f":{port}/"),
    ) as server:
        yield server


@contextmanager
def mariadb(folder: Path) -> Iterator[Server]:
    """A MariaDB server."""
    data, port = folder / "data", free_port()
    user = unprivileged("mysql")
    own(folder, user)
    run(
        [binary("mariadb-install-db"), f"--datadir={data}", "--skip-test-db"]
        + ["--auth-root-authentication-method=normal", "--skip-name-resolve"],
        user,
    )
    with running(
        [binary("mariadbd"), "--no-defaults", f"--datadir={data}", f"--port={port}"]
        + [f"--tmpdir={folder}"]
        + [f"--socket={folder}/socket", "--bind-address=127.0.0.1"]
        + ["--innodb-flush-log-at-trx-commit=0", "--default-time-zone=-05:00"]
        + ["--local-infile=1", "--innodb-buffer-pool-size=512M"],
        user,
        folder / "log",
        port,
        f"mysql+pymysql://root@127.0.0.1:{port}/mysql",
    ) as server:
        server.ending = signal.SIGTERM
        yield server


def binary(name: str) -> str:
    """The newest server program of a name. Raises EngineMissingError."""
    places = [str(p) for p in sorted(Path("/usr/lib/postgresql").glob("*/bin"))[::-1]]
    found = shutil.which(
        name, path=":".join([*places, "/usr/sbin", os.environ["PATH"]])
    )
    if not found:
        raise EngineMissingError(f"no {name} found")
    return found


def unprivileged(name: str) -> str | None:
    """An ordinary user to run as; None where this process is one already."""
    if os.getuid():
        return None
    try:
        return pwd.getpwnam(name).pw_name
    except KeyError:
        return "nobody"


def own(folder: Path, user: str | None) -> None:
    """Have a folder, and the way to it, open to the user."""
    folder.mkdir(parents=True, exist_ok=True)
    if user:
        shutil.chown(folder, user)
        for parent in folder.parents:
            if parent.owner() == "root" and not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)


def run(command: list[object], user: str | None) -> None:
    """Run to the end. Raises CalledProcessError with what was said."""
    words = [str(word) for word in command]
    done = subprocess.run(words, user=user, capture_output=True, text=True, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed: {done.stdout}{done.stderr}")


class Server:
    """A server that can fail as servers do; `url` is that of its owner."""

    def __init__(self, command: list[str], user: str | None, log: Path, port: int):
        self.command, self.user, self.log, self.port = command, user, log, port
        self.url = ""
        self.ending = signal.SIGINT
        self.start()

    def start(self) -> None:
        """Start, and return when it accepts connections."""
        with self.log.open("ab") as said:
            self.process = subprocess.Popen(
                self.command, user=self.user, stdout=said, stderr=said, cwd="/"
            )
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    time.sleep(0.5)
                    return
            time.sleep(0.1)
        raise RuntimeError(f"It did not start: {self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        """End it in good order, by its process id."""
        self.process.send_signal(self.ending)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it as a loss of power does: it and its children are gone."""
        self.freeze()  # else it may have one child more by then
        processes = self._all()
        for process in processes:
            _signal(process, signal.SIGKILL)
        self.process.wait(20)
        while not all(map(_has_gone, processes)):
            time.sleep(0.001)

    def freeze(self) -> None:
        """Have it stall: it keeps its connections and says nothing."""
        _stop([self.process.pid])  # then no child is added
        _stop(self._all())

    def thaw(self) -> None:
        """Have it go on."""
        for process in self._all():
            _signal(process, signal.SIGCONT)

    def _all(self) -> list[int]:
        """The process and its children."""
        tasks = Path(f"/proc/{self.process.pid}/task")
        children = [c for t in tasks.glob("*/children") for c in t.read_text().split()]
        return [self.process.pid, *map(int, children)]


def _has_gone(process: int) -> bool:
    """Whether a process has ended and given back what it held."""
    stats = Path(f"/proc/{process}/stat")
    try:
        return stats.read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def _has_stopped(process: int) -> bool:
    """Whether every thread of a process stands still, or it has gone."""
    states = []
    for task in Path(f"/proc/{process}/task").glob("*/stat"):
        with suppress(OSError):
            states.append(task.read_text().rpartition(")")[2].split()[0])
    return all(state in "TZX" for state in states)


def _stop(processes: list[int]) -> None:
    """Have processes stand still, and wait until they do."""
    for process in processes:
        _signal(process, signal.SIGSTOP)
    while not all(map(_has_stopped, processes)):  # a signal takes its time
        time.sleep(0.001)


def _signal(process: int, how: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, how)


@contextmanager
def running(
    command: list[object], user: str | None, log: Path, port: int, url: str
) -> Iterator[Server]:
    """A server while the block lasts."""
    server = Server([str(word) for word in command], user, log, port)
    server.url = url
    try:
        yield server
    finally:
        server.thaw()
        server.stop()


def free_port() -> int:
    """A port on the loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
