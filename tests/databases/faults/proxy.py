"""A way to a server that can be cut, or go silent, as networks do."""

from __future__ import annotations

import select
import socket
import threading
from contextlib import suppress

CHUNK = 4096


class Proxy:
    """Forwards the connections to a port of its own to a server on the loopback."""

    def __init__(self, server_port: int):
        self.server_port = server_port
        self.left: int | None = None  # bytes of answers until all is cut; None: no end
        self.told = 0  # bytes of answers so far
        self._speaks = threading.Event()
        self._speaks.set()
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, count: int) -> None:
        """Cut all connections when so many bytes more have come from the server."""
        self.left = count

    def mend(self) -> None:
        """Cut no more; go on where it was silent."""
        self.left = None
        self._speaks.set()

    def fall_silent(self) -> None:
        """Keep all connections, take new ones, and forward nothing."""
        self._speaks.clear()

    def cut(self) -> None:
        """Reset all connections."""
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open.clear()

    def close(self) -> None:
        """End."""
        self._listener.close()
        self.mend()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self.server_port))
                self._open += (near, far)
                for ends in ((near, far, False), (far, near, True)):
                    threading.Thread(target=self._copy, args=ends, daemon=True).start()

    def _copy(
        self, source: socket.socket, target: socket.socket, is_answer: bool
    ) -> None:
        with suppress(OSError, ValueError):
            while True:
                select.select([source], [], [])
                self._speaks.wait()
                data = source.recv(CHUNK)
                if is_answer:
                    data = self._counted(data)
                if not data:
                    break
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _counted(self, data: bytes) -> bytes:
        """The part of an answer that still gets through."""
        if self.left is not None:
            data = data[: self.left]
            self.left -= len(data)
        self.told += len(data)
        return data
