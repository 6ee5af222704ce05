import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from exchange.online_help import AGENT, Help, OnlineHelp, outgoing
from geo.errors import BadInputError
from geo.geocoding import Query, Rung

ADDRESS = Query(text="Mme Dupont, 0477 12 34 56, a@b.be, rue Haute 298 bte 3, 1000 Bruxelles")
URBIS = {
    "result": [
        {
            "address": {
                "street": {"name": "Rue Haute", "postCode": "1000", "municipality": "Bruxelles"},
                "number": "298",
            },
            "point": {"x": 148_800.0, "y": 169_700.0},
        }
    ]
}
NOMINATIM = [
    {
        "lat": "50.8355",
        "lon": "4.3449",
        "display_name": "298, Rue Haute - Hoogstraat, Bruxelles",
        "address": {
            "road": "Rue Haute - Hoogstraat",
            "house_number": "298",
            "postcode": "1000",
            "city": "Bruxelles",
        },
    }
]


class Server:
    """A real server on the loopback that says what it is told and writes down what it hears."""

    def __init__(self) -> None:
        self.body: bytes | Callable[[http.server.BaseHTTPRequestHandler], None] = b"[]"
        self.status = 200
        self.heard: list[str] = []
        self.agents: list[str] = []
        self.over = threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.heard.append(self.path)
                outer.agents.append(self.headers["User-Agent"])
                if callable(outer.body):
                    outer.body(self)
                    return
                self.send_response(outer.status)
                self.send_header("Content-Length", str(len(outer.body)))
                self.end_headers()
                self.wfile.write(outer.body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.thread = threading.Thread(target=self.http.serve_forever)
        self.thread.start()

    @property
    def host(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}"

    def says(self, answer: object) -> None:
        self.body = json.dumps(answer).encode()

    def close(self) -> None:
        self.over.set()
        self.http.shutdown()
        self.thread.join()
        self.http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def asking(server: Server, service: str, **more: object) -> OnlineHelp:
    options: dict[str, object] = {"hosts": {service: server.host}, "wait": lambda _: None, **more}
    return OnlineHelp([service], **options)  # type: ignore[arg-type]


def test_off_asks_nobody(server: Server) -> None:
    off = OnlineHelp([], hosts={"urbis": server.host, "nominatim": server.host})
    assert off.services == ()
    assert off.find(ADDRESS) == Help()
    assert server.heard == []


def test_who_would_be_asked_is_known_before_anything_leaves(server: Server) -> None:
    on = OnlineHelp(["urbis", "nominatim"], hosts={"urbis": server.host, "nominatim": server.host})
    assert [name.split()[0] for name in on.services] == ["UrbIS", "Nominatim"]
    assert server.heard == []


def test_a_service_nobody_knows_is_refused() -> None:
    with pytest.raises(BadInputError, match="google"):
        OnlineHelp(["google"])


def test_urbis_finds_in_lambert_72(server: Server) -> None:
    server.says(URBIS)
    found = asking(server, "urbis").find(ADDRESS)
    (one,) = found.candidates
    assert (one.street_fr, one.number, one.postcode, one.rung) == (
        "Rue Haute", "298", "1000", Rung.ADDRESS,
    )  # fmt: skip
    assert one.lon == pytest.approx(4.3517, abs=0.01)
    assert one.lat == pytest.approx(50.837, abs=0.01)
    assert found.asked == ("UrbIS (Paradigm, Brussels-Capital Region)",)


def test_nominatim_finds_and_splits_both_languages(server: Server) -> None:
    server.says(NOMINATIM)
    (one,) = asking(server, "nominatim").find(ADDRESS).candidates
    assert (one.street_fr, one.street_nl) == ("Rue Haute", "Hoogstraat")
    assert server.agents == [AGENT]


@pytest.mark.parametrize("service", ["urbis", "nominatim"])
def test_nothing_but_the_address_leaves(server: Server, service: str) -> None:
    asking(server, service).find(ADDRESS)
    asked = parse_qs(urlsplit(server.heard[0]).query)
    said = {*asked.get("address", []), *asked.get("q", [])}
    assert said == {"rue haute 298, 1000 bruxelles"}
    for private in ("dupont", "0477", "a@b", "bte"):
        assert private not in server.heard[0].lower()


def test_a_text_without_a_street_does_not_leave(server: Server) -> None:
    assert asking(server, "urbis").find(Query(text="Jeanne Dupont, malade")) == Help()
    assert server.heard == []


@pytest.mark.parametrize(
    "lie",
    [
        b"<html>not json",
        b"null",
        b"[]",
        b'{"result": 3}',
        b'{"result": [{"point": {"x": "a", "y": 1}}]}',
        b'[{"lat": "x", "lon": "y", "address": {}, "display_name": ""}]',
        b"[1, 2]",
        b'"' + b"x" * 2_000_000 + b'"',
        json.dumps([{**NOMINATIM[0], "lat": "48.85", "lon": "2.35"}]).encode(),
        json.dumps([{**NOMINATIM[0], "lat": "NaN", "lon": "NaN"}]).encode(),
        json.dumps({"result": [{**URBIS["result"][0], "point": {"x": 0, "y": 0}}]}).encode(),
    ],
)
@pytest.mark.parametrize("service", ["urbis", "nominatim"])
def test_lies_are_no_help(server: Server, service: str, lie: bytes) -> None:
    server.body = lie
    assert asking(server, service).find(ADDRESS).candidates == ()


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
def test_a_failing_service_is_named_and_left_alone(server: Server, status: int) -> None:
    server.status = status
    now = [0.0]
    on = asking(server, "urbis", clock=lambda: now[0])
    first = on.find(ADDRESS)
    assert "UrbIS" in str(first.reasons[0])
    heard = len(server.heard)
    again = on.find(Query(text="rue Blaes 3, 1000 Bruxelles"))
    assert again.asked == ()
    assert "moment ago" in str(again.reasons[0])
    assert len(server.heard) == heard
    now[0] = 100.0
    server.status = 200
    server.says(URBIS)
    assert on.find(ADDRESS).candidates


def test_a_slow_service_is_left(server: Server) -> None:
    server.body = lambda _: server.over.wait() and None
    found = asking(server, "nominatim", timeout_s=0.2).find(ADDRESS)
    server.over.set()
    assert found.candidates == ()
    assert "could not help" in str(found.reasons[0])


def test_the_next_service_is_asked_when_the_first_fails(server: Server) -> None:
    server.says(NOMINATIM)
    on = OnlineHelp(
        ["urbis", "nominatim"],
        hosts={"urbis": "http://127.0.0.1:9", "nominatim": server.host},
        wait=lambda _: None,
        timeout_s=1.0,
    )
    found = on.find(ADDRESS)
    assert len(found.candidates) == 1
    assert len(found.asked) == 2


def test_questions_are_spaced(server: Server) -> None:
    waited: list[float] = []
    on = asking(server, "nominatim", clock=lambda: 10.0, wait=waited.append)
    on.find(ADDRESS)
    on.find(Query(text="rue Blaes 3, 1000 Bruxelles"))
    assert waited == [0.0, 1.0]


def test_an_answer_is_kept(server: Server, tmp_path: Path) -> None:
    server.says(NOMINATIM)
    kept = tmp_path / "kept" / "online.db"
    first = asking(server, "nominatim", cache=kept).find(ADDRESS)
    again = asking(server, "nominatim", cache=kept).find(ADDRESS)
    assert again.candidates == first.candidates
    assert again.asked == ()
    assert len(server.heard) == 1


def test_a_damaged_cache_is_asked_past(server: Server, tmp_path: Path) -> None:
    server.says(NOMINATIM)
    kept = tmp_path / "online.db"
    kept.write_bytes(b"no database" * 100)
    assert asking(server, "nominatim", cache=kept).find(ADDRESS).candidates


def test_columns_leave_as_an_address() -> None:
    query = Query(street="Rue Haute", number="298A", box="3", postcode="1000", municipality="Bxl")
    assert outgoing(query) == "rue haute 298, 1000 bxl"
