"""Sends a server requests that no page sends, drawn from a seed: ``python -m tests.browser.bad_requests 1000``.

Fails if one of them gets something that the server should not serve, an error of the server's own, a file outside the
folder of uploads, a traceback in the log, or a program that stays.
"""

import base64
import contextlib
import os
import random
import re
import select
import socket
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.browser.serving import Server, serving

_UNREADABLE = "what nobody but the teacher may read"
_PATIENCE_SECONDS = 20.0
_ANSWER_SECONDS = 0.5
_LONGEST_ANSWER = 2**20
# The server's log names errors of its own as it names those of a request: by their class.
_OWN_ERROR = re.compile(
    r"Traceback|can't be written|Error handling request from \S+: (?!Bad|LineTooLong|Invalid|TransferEnc|ContentLength)"
)
_STEPS_UP = ("../", "%2e%2e/", "..%2f", "%2e%2e%2f", "..%5c", "....//", "..;/", "%252e%252e%252f")
_STRANGE = ("..", "%00", ".", "", "~", "%c0%ae%c0%ae", "\\", "%0d%0a", "\xff")
_PLACES = (
    "/static/", "/static/", "/static/", "/download/", "/upload", "/lesson", "/socket", "/", "//", "/alive", "/labs/",
)  # fmt: skip
_METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW", "get", "G" * 3000)
# Bodies that anybody may see: the page and its parts, and the answers to what happened to be a good request.
_SERVED = re.compile(
    rb"<!DOCTYPE html>|@font-face|\"use strict\"|\(\(\)=>|/\*\*|\x00\x01\x00\x00|\{\"face\"|^[\w .()+-]+ is uploaded"
)


class Sender:
    """Sends bad requests to one server, which has one lab open."""

    def __init__(self, server: Server, seed: int) -> None:
        self._server = server
        self._random = random.Random(seed)  # noqa: S311 - the same requests each time
        self.key = base64.urlsafe_b64encode(self._random.randbytes(24)).decode()
        self._secret = server.labs.parent / "secret.txt"
        self._secret.write_text(_UNREADABLE, encoding="utf-8")
        self._open = self._connect(self.key)

    def send(self, count: int) -> None:
        """Sends so many requests, and checks each answer."""
        kinds: tuple[tuple[Callable[[], bytes], int], ...] = (
            (self._strange_path, 40), (self._strange_headers, 20), (self._strange_question, 12),
            (self._strange_upload, 16), (self._strange_handshake, 8), (self._strange_message, 4),
        )  # fmt: skip
        for number in range(count):
            (kind,) = self._random.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])
            self._check(kind(), f"{number}: {kind.__name__}")

    def end(self) -> None:
        """Closes the lab, and checks that nothing is left but its uploads."""
        self._open.close()
        self._server.until_programs(0)
        assert self._server.process.poll() is None
        assert not _OWN_ERROR.search(self._server.log), self._server.log
        folder = self._server.labs.parent
        left = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
        files = left - {Path("log"), Path("secret.txt")}
        assert all(path.parts[:2] == ("labs", self.key) for path in files), files
        assert all(path.parts[2] == "tui-nn" or len(path.parts) == 4 for path in files), files
        # The folder of a lab in which nothing happened goes after its program.
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while {path.name for path in self._server.labs.iterdir()} - {self.key}:
            assert time.monotonic() < deadline, list(self._server.labs.iterdir())

    def _check(self, answer: bytes, what: str) -> None:
        said = f"{what}: {answer[:300]!r}"
        assert _UNREADABLE.encode() not in answer, said
        assert b"root:x:0" not in answer, said
        assert b"from aiohttp import" not in answer, said
        found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
        assert not answer or found, said
        if found:
            status, body = int(found[1]), answer.partition(b"\r\n\r\n")[2]
            assert status < 500 or status in (501, 505, 507), said
            assert status != 200 or not body or _SERVED.search(body[:400]), said

    def _ask(self, request: bytes) -> bytes:
        with socket.create_connection(("localhost", self._server.port), _PATIENCE_SECONDS) as connection:
            # The server may answer, and close, before it has read all.
            with contextlib.suppress(ConnectionError):
                connection.sendall(request)
            return _all_of(connection)

    def _request(self, line: str, *headers: str, body: bytes = b"", length: int | None = None) -> bytes:
        host = f"localhost:{self._server.port}"
        usual = {"Host": host, "Origin": f"http://{host}", "Connection": "close"}
        given = {header.partition(":")[0] for header in headers}
        lines = [line, *headers, *(f"{name}: {value}" for name, value in usual.items() if name not in given)]
        if body or length is not None:
            lines.append(f"Content-Length: {len(body) if length is None else length}")
        return (
            "\r\n".join(line for line in lines if not line.endswith(": -")).encode("latin-1", "replace")
            + b"\r\n\r\n"
            + body
        )

    def _strange_path(self) -> bytes:
        choose = self._random.choice
        # From a place up to the root of all folders and down to a file; or anywhere.
        steps = choose(_STEPS_UP) * 12
        if self._random.random() < 0.4:
            steps = "/".join(self._random.choices((*_STEPS_UP, *_STRANGE), k=self._random.randint(0, 4)))
        target = choose(
            ("etc/passwd", str(self._secret)[1:], str(self._secret), f"{self.key}/uploads/x.csv", "routes.py")
        )
        path = choose(_PLACES) + steps + target
        path = choose((path, path, path, path.replace("/", "%2f"), f"http://elsewhere{path}", path + "?" + "a" * 6000))
        method = "GET" if self._random.random() < 0.7 else choose(_METHODS)
        version = "HTTP/1.1" if self._random.random() < 0.8 else choose(("HTTP/1.0", "HTTP/9.9", ""))
        return self._ask(self._request(f"{method} {path} {version}"))

    def _strange_headers(self) -> bytes:
        port = self._server.port
        choices = (
            ("Host: -",), ("Host: evil.example",), (f"Host: evil.example:{port}", f"Origin: http://evil.example:{port}"),
            ("Host: localhost", "Host: localhost"), ("Host: \x01\x02",), ("Host: a b",), (f"Host: localhost:{port}@b",),
            ("Origin: null",), ("Origin: https://evil.example",), ("Origin: -",), (f"Origin: ftp://localhost:{port}",),
            ("Cookie: " + "a" * 9000,), ("Cookie: tui_nn_lesson=../../secret",), ("X: a\x00b",), ("No colon",),
            ("Transfer-Encoding: chunked",), ("Content-Length: -5",), ("Content-Length: 9" + "9" * 30,),
            ("Range: bytes=0-99999999999999999999",), ("Expect: 100-continue",), ("If-None-Match: " + '"' * 500,),
        )  # fmt: skip
        if self._random.random() < 0.2:
            return self._ask(
                self._random.choice((b"\x16\x03\x01\x02\x00", b"\r\n" * 500, b"\x00", b"GET", b"")) + self._noise()
            )
        return self._ask(
            self._request(
                self._random.choice(("GET / HTTP/1.1", "POST /lesson HTTP/1.1")), *self._random.choice(choices)
            )
        )

    def _strange_question(self) -> bytes:
        bodies = (
            self._noise(), b"[" * 900, b'{"key": 5}', b'{"key": "../../secret.txt"}', b'{"key": "\xff"}', b"null",
            b'{"key": "' + str(self._secret).encode() + b'"}', b'{"key": "\\u0000"}', b"x" * 200_000,
            b'{"key": "' + b"a" * 5000 + b'"}',
        )  # fmt: skip
        body = self._random.choice(bodies)
        return self._ask(
            self._request("POST /lesson HTTP/1.1", body=body, length=self._random.choice((None, None, 10**12, 3)))
        )

    def _strange_upload(self) -> bytes:
        choose = self._random.choice
        key = choose((self.key, self.key, self.key, self.key[:-1], "../" * 8, "A" * 32, "", "/" * 32))
        stem = choose((
            "../../secret", "../../secret", "..%2f..%2fsecret", str(self._secret), "%00", "..", ".", "-rf", "a%0d%0ab",
            "%f0%9f%99%82", "x" * 3000, "x",
        ))  # fmt: skip
        ending = choose((".csv", ".csv", ".toml", ".py", "", ".csv/", ".CSV", ".csv%00.py", ".toml/../../y.csv"))
        body = self._random.choice((b"", self._noise(), b"a,b\n1,2\n", b"\0" * 1_100_000, b"[[event]]\n" * 50))
        return self._ask(self._request(f"POST /upload?name={stem}{ending} HTTP/1.1", f"X-Lesson: {key}", body=body))

    def _strange_handshake(self) -> bytes:
        headers = {
            "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(self._random.randbytes(16)).decode(),
            "Sec-WebSocket-Protocol": f"tui-nn, {'B' * 31}",
        }  # fmt: skip
        spoilt = self._random.choice(list(headers))
        headers[spoilt] = self._random.choice(("-", "x", "../" * 10, "tui-nn", "\x7f"))
        line = f"GET /socket?width={self._random.choice(('80', '-1', 'NaN', '9' * 50, '%00'))}&height=24 HTTP/1.1"
        return self._ask(self._request(line, *(f"{name}: {value}" for name, value in headers.items())))

    def _strange_message(self) -> bytes:
        """A websocket that opens well, then says what no page says: the server has to end it."""
        frames = (
            _frame(1, self._noise()), _frame(1, b"[" * 5000), _frame(1, b'["stdin", 5]'), _frame(1, b"\xff\xfe"),
            _frame(1, b'["resize", {"width": "x"}]'), _frame(1, b'["quit"]'), _frame(1, b"{}"), _frame(1, b"[]"),
            _frame(2, b"\x00\x01"), _frame(3, b"x"), _frame(9, b"x" * 200), b"\x81\x05hello",
            _frame(1, b'["ping", "' + b"x" * 500 + b'"]'), b"\x81\xff" + struct.pack(">Q", 2**62),
        )  # fmt: skip
        connection = self._connect(base64.urlsafe_b64encode(self._random.randbytes(24)).decode())
        with connection:
            connection.sendall(self._random.choice(frames))
            _all_of(connection)
        return b""

    def _connect(self, key: str) -> socket.socket:
        host = f"localhost:{self._server.port}"
        connection = socket.create_connection(("localhost", self._server.port), _PATIENCE_SECONDS)
        lines = (
            "GET /socket?width=80&height=24 HTTP/1.1", f"Host: {host}", f"Origin: http://{host}", "Upgrade: websocket",
            "Connection: Upgrade", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Protocol: tui-nn, {key}",
            f"Sec-WebSocket-Key: {base64.b64encode(self._random.randbytes(16)).decode()}", "", "",
        )  # fmt: skip
        connection.sendall("\r\n".join(lines).encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            piece = connection.recv(1)
            assert piece, answer
            answer += piece
        assert answer.startswith(b"HTTP/1.1 101 "), answer
        return connection

    def _noise(self) -> bytes:
        return self._random.randbytes(self._random.randint(0, 400))


def _frame(kind: int, content: bytes) -> bytes:
    """A whole frame of a websocket, masked with zeros as a browser's frames are masked with noise."""
    size = bytes([0x80 | len(content)]) if len(content) < 126 else b"\xfe" + struct.pack(">H", len(content))
    return bytes([0x80 | kind]) + size + b"\0\0\0\0" + content


def _all_of(connection: socket.socket) -> bytes:
    """What comes until the server closes. Raises TimeoutError if it does not."""
    answer = b""
    with contextlib.suppress(ConnectionError):
        # A server that waits for the rest of a request hears that there is none, but not before it has answered.
        if not select.select([connection], [], [], _ANSWER_SECONDS)[0]:
            connection.shutdown(socket.SHUT_WR)
        while piece := connection.recv(65_536):
            answer = (answer + piece)[:_LONGEST_ANSWER]
            if not select.select([connection], [], [], _ANSWER_SECONDS)[0]:
                connection.shutdown(socket.SHUT_WR)
    return answer


def main() -> None:
    """Sends as many requests as the first argument says; the second is the seed."""
    count, seed = (int(word) for word in (*sys.argv[1:], *("1000", "1")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), "lecture", "--lab", "--upload", "1") as server:
        sender = Sender(server, seed)
        sender.send(count)
        sender.end()
    sys.stdout.write(f"{count} bad requests: nothing was served that should not be, and nothing is left{os.linesep}")


if __name__ == "__main__":
    main()
