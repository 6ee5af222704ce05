import http.server
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exchange.download import DownloadError, download
from geo.errors import BadInputError

BODY = b"sectors" * 1_000
Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


class _Handler(http.server.BaseHTTPRequestHandler):
    answers: dict[str, Answer]

    def do_GET(self) -> None:
        self.answers[self.path](self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def whole(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(BODY)))
    handler.end_headers()
    handler.wfile.write(BODY)


def truncated(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(2 * len(BODY)))
    handler.end_headers()
    handler.wfile.write(BODY)


def endless(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(BODY)
    except OSError:
        return


def sent_on(to: str) -> Answer:
    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", to)
        handler.end_headers()

    return answer


class Server:
    """A real server on the loopback; what is slow there waits until the test is over."""

    def __init__(self) -> None:
        self.over = threading.Event()
        handler = type("Handler", (_Handler,), {"answers": {}})
        self.answers: dict[str, Answer] = handler.answers
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.02,))
        self.thread.start()

    def url(self, path: str, answer: Answer) -> str:
        self.answers[path] = answer
        return f"http://127.0.0.1:{self.http.server_port}{path}"

    def silent(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        self.over.wait(10)
        handler.close_connection = True

    def dripping(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while not self.over.wait(0.02):
                handler.wfile.write(b".")
        except OSError:
            return

    def close(self) -> None:
        self.over.set()
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def test_a_file_arrives_whole_with_its_sum(server: Server, tmp_path: Path) -> None:
    got = download(server.url("/a.zip", whole), tmp_path / "a", timeout_s=5)
    assert got.path.read_bytes() == BODY
    assert (got.size, len(got.sha256)) == (len(BODY), 64)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (truncated, "broke off: 7000 of 14000 bytes"),
        (lambda h: h.send_error(404), "answers 404"),
        (lambda h: h.send_error(503), "answers 503"),
        (endless, "more than 1 MB"),
        (sent_on("http://localhost:9/elsewhere"), "sends us on to http://localhost"),
        (sent_on("file:///etc/passwd"), "is not allowed"),
        (lambda h: h.wfile.write(b"no http at all\r\n\r\n"), "could not be read"),
        (lambda h: h.connection.close(), "could not be read"),
    ],
)
def test_what_does_not_arrive_leaves_nothing_but_a_reason(
    server: Server, tmp_path: Path, answer: Answer, reason: str
) -> None:
    url = server.url("/a.zip", answer)
    with pytest.raises(DownloadError, match=reason):
        download(url, tmp_path / "a", timeout_s=5, size_max=1_000_000)
    assert list(tmp_path.iterdir()) == []


def test_the_same_host_may_send_us_on(server: Server, tmp_path: Path) -> None:
    server.url("/b.zip", whole)
    got = download(server.url("/a.zip", sent_on("/b.zip")), tmp_path / "a", timeout_s=5)
    assert got.url.endswith("/b.zip")


@pytest.mark.parametrize("manner", ["silent", "dripping"])
def test_a_slow_server_takes_no_more_than_the_time_given(
    server: Server, tmp_path: Path, manner: str
) -> None:
    url = server.url("/a.zip", getattr(server, manner))
    started = time.monotonic()
    with pytest.raises(DownloadError, match=r"within 0.4 seconds|timed out"):
        download(url, tmp_path / "a", timeout_s=0.4)
    assert time.monotonic() - started < 2
    server.close()
    assert list(tmp_path.iterdir()) == []


def test_a_port_nobody_listens_on_is_a_reason(server: Server, tmp_path: Path) -> None:
    server.close()
    with pytest.raises(DownloadError, match="could not be read"):
        download(server.url("/a", whole), tmp_path / "a", timeout_s=5)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://statbel.fgov.be/a", "a.zip"])
def test_only_http_is_asked(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadInputError, match="address with https"):
        download(url, tmp_path / "a", timeout_s=5)
