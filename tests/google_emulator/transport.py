"""HTTP/1.1 over loopback sockets, with the ways in which a connection can fail."""

from __future__ import annotations

import os
import select
import socket
import socketserver
import struct
import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.google_emulator.service import Reply, Request, Service

HANG = 30.0
DRIP = 0.5
PIECES = 10
POLL = 0.02


class Handler(BaseHTTPRequestHandler):
    """One connection; requests follow one another on it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, *_: Any) -> None:
        """The request log is kept elsewhere."""

    def _serve(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self._body(headers))
        reply = self.server.service.respond(request)
        self._send(reply, "gzip" in headers.get("accept-encoding", ""))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815

    def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return self.rfile.read(int(headers.get("content-length", 0)))
        whole = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            whole += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return whole

    def _send(self, reply: Reply, accepts_gzip: bool) -> None:
        how = reply.fault.plain if reply.fault else ""
        seconds = reply.fault.seconds if reply.fault else 0.0
        if reply.answer is None:
            return self._drop(how, seconds)
        raw = reply.answer.sent(accepts_gzip)
        if how == "truncated":
            head, _, body = raw.partition(b"\r\n\r\n")
            self.wfile.write(head + b"\r\n\r\n" + body[: len(body) // 2])
            self.close_connection = True
        elif how == "slow":
            self._drip(raw, seconds or DRIP)
        else:
            self.wfile.write(raw)
        if ("Connection", "close") in reply.answer.headers:
            self.close_connection = True
        return None

    def _drop(self, how: str, seconds: float) -> None:
        if how == "hang":
            self._hang(seconds or HANG)
        if how == "reset-before":
            linger = struct.pack("ii", 1, 0)  # close with a reset rather than an end of stream
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            os.close(self.connection.detach())
        self.close_connection = True

    def _hang(self, seconds: float) -> None:
        """Say nothing until the client goes away, the time is over or the server closes."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.server.closing.is_set():
            if select.select([self.connection], [], [], POLL)[0]:
                return

    def _drip(self, raw: bytes, seconds: float) -> None:
        step = len(raw) // PIECES + 1
        for start in range(0, len(raw), step):
            self.wfile.write(raw[start : start + step])
            self.server.closing.wait(seconds / PIECES)


class Server(socketserver.ThreadingTCPServer):
    """A thread per connection; all of them end when the server does."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, service: Service, port: int) -> None:
        self.service = service
        self.closing = threading.Event()
        self._open: dict[socket.socket, threading.Thread] = {}
        self._guard = threading.Lock()
        super().__init__(("127.0.0.1", port), Handler)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve a connection to its end."""
        with self._guard:
            self._open[request] = threading.current_thread()
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._guard:
                self._open.pop(request, None)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no fault; anything else is one of the emulator."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            self.service.bugs.append(traceback.format_exc())

    def close(self) -> None:
        """Stop listening, end every connection and wait for its thread."""
        self.closing.set()
        self.shutdown()
        self.server_close()
        with self._guard:
            still = dict(self._open)
        for connection in still:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # its thread has just closed it
        for thread in still.values():
            thread.join(5)
