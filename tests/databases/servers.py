"""Real servers from local binaries, in throw-away folders, on free ports."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATHS = "/usr/lib/postgresql/*/bin:/usr/sbin:/usr/bin:/usr/local/bin"


class EngineMissingError(Exception):
    """A server that has no binary here."""


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A PostgreSQL server with a database in which a role `reader` may only read.

    Gives the URL of its owner. Text is in the order of a language, as most sites have
    it, so that an order by it that our SQL leaves to the database shows.
    """
    data, port = folder / "data", free_port()
    user = unprivileged("postgres")
    own(folder, user)
    run(
        [binary("initdb"), "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8"]
        + ["--locale-provider=icu", "--icu-locale=en", "--locale=C.UTF-8", "-N"],
        user,
    )
    server = start(
        [binary("postgres"), "-D", data, "-p", str(port), "-k", folder]
        + ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        + ["-c", "timezone=America/New_York"],
        user,
        folder / "log",
    )
    try:
        wait_for(port, server, folder / "log")
        yield f"postgresql://owner@127.0.0.1:{port}/postgres"
    finally:
        stop(server)


@contextmanager
def mariadb(folder: Path) -> Iterator[str]:
    """A MariaDB server; gives the URL of its owner."""
    data, port = folder / "data", free_port()
    user = unprivileged("mysql")
    own(folder, user)
    run(
        [binary("mariadb-install-db"), f"--datadir={data}", "--skip-test-db"]
        + ["--auth-root-authentication-method=normal", "--skip-name-resolve"],
        user,
    )
    server = start(
        [binary("mariadbd"), "--no-defaults", f"--datadir={data}", f"--port={port}"]
        + [f"--socket={folder}/socket", "--bind-address=127.0.0.1"]
        + ["--innodb-flush-log-at-trx-commit=0", "--default-time-zone=-05:00"]
        + ["--local-infile=1", "--innodb-buffer-pool-size=512M"],
        user,
        folder / "log",
    )
    try:
        wait_for(port, server, folder / "log")
        yield f"mysql+pymysql://root@127.0.0.1:{port}/mysql"
    finally:
        stop(server)


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


def start(command: list[object], user: str | None, log: Path) -> subprocess.Popen:
    """Start a server; what it says goes into a file."""
    words = [str(word) for word in command]
    with log.open("wb") as said:
        return subprocess.Popen(
            words, user=user, stdout=said, stderr=subprocess.STDOUT, cwd="/"
        )


def free_port() -> int:
    """A port on the loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen, log: Path) -> None:
    """Return when the server accepts connections."""
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(0.5)
                return
        time.sleep(0.1)
    raise RuntimeError(f"The server did not start: {log.read_text()[-2000:]}")


def stop(server: subprocess.Popen) -> None:
    """End a server that we started, by its process id."""
    for how in (signal.SIGINT, signal.SIGKILL):
        server.send_signal(how)
        try:
            server.wait(20)
            return
        except subprocess.TimeoutExpired:
            continue
