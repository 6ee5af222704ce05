"""The forms of signing in, posted by who means well and who does not, to the real routes."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import uvicorn
from sqlalchemy import delete
from starlette.applications import Starlette

from directory.people import MACHINE, Grant, Role, passwords
from directory.people.book import Book
from directory.people.invitations import Invitations
from directory.people.sessions import Sessions
from directory.people.tries import OF_ACCOUNT
from directory.store import Store, upgrade
from directory.store.account_tables import SignInTryRow
from directory.store.tables import table
from geo.errors import PleinError
from ui.signing import office, said
from ui.signing.routes import LONGEST_FORM, routes, way_on

PASSWORD = "vier woorden op een rij"  # noqa: S105
GOOD = {"login": "ana", "password": PASSWORD}
OUR_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Answer:
    status: int
    location: str
    cookies: SimpleCookie
    headers: str
    text: str

    @property
    def why(self) -> PleinError | None:
        asked = parse_qs(urlsplit(self.location).query)
        return said.read({name: values[0] for name, values in asked.items()})


@dataclass
class Site:
    """Our routes on loopback."""

    port: int
    book: Book

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def post(
        self, path: str, fields: dict[str, str] | bytes, cookie: str = "", **headers: str
    ) -> Answer:
        body = urlencode(fields).encode() if isinstance(fields, dict) else fields
        told = {"Origin": self.origin, **OUR_FORM}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            told["Cookie"] = cookie
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = {name: value for name, value in told.items() if value != "none"}
        connection.request("POST", path, body, sent)
        answer = connection.getresponse()
        text = answer.read().decode()
        found = Answer(
            status=answer.status,
            location=answer.headers.get("Location") or "",
            cookies=SimpleCookie(answer.headers.get("Set-Cookie") or ""),
            headers=str(answer.headers),
            text=text,
        )
        connection.close()
        return found

    def enter(self, **more: str) -> Answer:
        return self.post("/account/enter", {**GOOD, **more})

    def invite(self) -> str:
        made = Invitations(self.book).make(Grant(role=Role.CONTRIBUTOR), by=MACHINE)
        return made.token

    def is_open(self, token: str) -> bool:
        self.book.kept.forget()
        return Sessions(self.book).find(token) is not None


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = f"sqlite:///{tmp_path_factory.mktemp('people') / 'plein.db'}"
    upgrade(url)
    store = Store(url)
    book = Book(store)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office, "book", lambda: book)
        patch.setattr(passwords, "MEMORY_KIB", 64)
        passwords._hasher.cache_clear()
        passwords._nobodys.cache_clear()
        listening = socket.create_server(("127.0.0.1", 0))
        app = Starlette(routes=routes())
        serving = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
        thread = threading.Thread(target=serving.run, kwargs={"sockets": [listening]})
        thread.start()
        found = Site(listening.getsockname()[1], book)
        made = found.invite()
        Invitations(book).accept(made, name="Ana", login="ana", password=PASSWORD)
        yield found
        serving.should_exit = True
        thread.join()
        listening.close()
        store.close()
    passwords._hasher.cache_clear()
    passwords._nobodys.cache_clear()


@pytest.fixture(autouse=True)
def _forgiven(site: Site) -> None:
    """Each test counts its own tries: all come from one address."""
    with site.book.writing() as connection:
        connection.execute(delete(table(SignInTryRow)))


def token_of(answer: Answer, name: str = "plein") -> str:
    return answer.cookies[name].value


def test_who_signs_in_gets_a_cookie_no_script_reads_and_no_site_sends(site: Site) -> None:
    answer = site.enter(next="queue", language="nl")
    assert (answer.status, answer.location) == (303, "../queue?lang=nl")
    cookie = answer.cookies["plein"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "lax", "/")
    assert (cookie["domain"], cookie["secure"]) == ("", "")
    assert site.is_open(cookie.value)
    assert "no-store" in answer.headers
    assert cookie.value not in answer.location


def test_elsewhere_than_on_this_machine_the_cookie_is_locked(site: Site) -> None:
    host = {"Host": "plein.brussels", "Origin": "https://plein.brussels"}
    answer = site.post("/account/enter", GOOD, **host)
    cookie = answer.cookies["__Host-plein"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")
    # The unlocked name, which a neighbouring host could set, is not read there.
    left = site.post("/account/leave", {}, f"plein={cookie.value}", **host)
    assert left.status == 303
    assert site.is_open(cookie.value)
    site.post("/account/leave", {}, f"__Host-plein={cookie.value}", **host)
    assert not site.is_open(cookie.value)


def test_a_password_is_not_taken_in_clear_over_a_network(site: Site) -> None:
    host = {"Host": "192.168.1.7:8501", "Origin": "http://192.168.1.7:8501"}
    answer = site.post("/account/enter", GOOD, **host)
    assert answer.why is not None
    assert answer.why.message == said.INSECURE
    assert not answer.cookies


def test_a_planted_cookie_is_never_taken_over(site: Site) -> None:
    planted = "A" * 43
    answer = site.post("/account/enter", GOOD, f"plein={planted}")
    assert token_of(answer) != planted
    assert not site.is_open(planted)
    again = site.post("/account/enter", GOOD, f"plein={token_of(answer)}")
    assert token_of(again) != token_of(answer)
    assert not site.is_open(token_of(answer)), "the session before ends"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "none"},
        {"Origin": "none", "Referer": "https://evil.example/plein"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "http://[::1"},
    ],
)
@pytest.mark.parametrize("path", ["enter", "leave", "accept", "password"])
def test_a_form_of_another_site_is_not_heard(
    site: Site, path: str, headers: dict[str, str]
) -> None:
    mine = token_of(site.enter())
    answer = site.post(f"/account/{path}", GOOD, f"plein={mine}", **headers)
    assert answer.status == 403
    assert not answer.cookies
    assert site.is_open(mine)


def test_a_form_of_ours_with_a_referer_alone_is_heard(site: Site) -> None:
    more = {"Origin": "none", "Referer": f"{site.origin}/sign-in"}
    assert site.post("/account/enter", GOOD, **more).cookies


@pytest.mark.parametrize("kind", ["multipart/form-data", "text/plain", "application/json"])
def test_another_kind_of_form_is_not_read(site: Site, kind: str) -> None:
    assert site.post("/account/enter", GOOD, Content_Type=kind).status == 415


def test_an_address_that_is_opened_changes_nothing(site: Site) -> None:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=20)
    connection.request("GET", "/account/leave")
    assert connection.getresponse().status == 405
    connection.close()


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%2f%2fevil.example",
        "javascript:alert(1)",
        "../../evil",
        "queue\r\nSet-Cookie: plein=x",
        "queue%0d%0aX-Evil: 1",
        "queue?x=\r\nX-Evil: 1",
        "queue#@evil.example",
        "queue?a=b c",
        "@evil.example",
        "evil.example",
        "a" * 8_000,
    ],
)
def test_the_way_on_is_a_page_of_ours(site: Site, wanted: str) -> None:
    answer = site.enter(next=wanted)
    assert answer.status == 303
    assert answer.location == "../"
    assert "evil" not in answer.headers.lower()
    refused = site.enter(next=wanted, password="x" * 12)
    assert refused.location.startswith("../sign-in?")
    assert "evil" not in refused.headers.lower()
    site.enter()  # forgiven: another test counts


def test_a_page_with_a_view_is_a_way_on() -> None:
    assert way_on("record?id=actors:huis-1&lang=nl", "fr") == "../record?id=actors:huis-1&lang=nl"
    assert way_on("", "xx") == "../"


def test_what_was_typed_stands_in_no_address(site: Site) -> None:
    answer = site.post("/account/enter", {"login": "geheim-ding", "password": "ook heel geheim"})
    assert answer.status == 303
    assert "geheim" not in answer.headers
    assert answer.why is not None
    assert str(answer.why) == "The name or the password is not right."


@pytest.mark.parametrize("field", ["login", "password", "next", "language"])
def test_eight_megabytes_are_not_read(site: Site, field: str) -> None:
    answer = site.post("/account/enter", {**GOOD, field: "x" * 8_000_000})
    assert answer.status == 303
    assert answer.why is not None
    assert answer.why.message == said.TOO_LONG
    assert not answer.cookies
    assert site.enter().cookies


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe", b"&".join(b"a=1" for _ in range(50)), b"login=%ff&password=%00", b"", b"=&=;"],
)
def test_what_is_no_form_is_refused(site: Site, body: bytes) -> None:
    answer = site.post("/account/enter", body)
    assert answer.status == 303
    assert not answer.cookies


def test_a_form_may_be_so_long() -> None:
    longest = {"called": "é" * 80, "login": "é" * 254, "password": "日" * 200}
    assert len(urlencode({**longest, "invitation": "A" * 43, "language": "fr"})) < LONGEST_FORM


def test_an_invitation_is_accepted_once(site: Site) -> None:
    token = site.invite()
    given = {"invitation": token, "called": "Bo", "login": "bob", "password": PASSWORD}
    short = site.post("/account/accept", {**given, "password": "kort"})
    assert short.why is not None
    assert short.why.params == {"limit": 12, "found": 4}
    assert f"invitation={token}" in short.location, "the form is shown again"
    first = site.post("/account/accept", given)
    assert (first.status, first.location) == (303, "../")
    assert token not in first.headers
    assert site.is_open(token_of(first))
    second = site.post("/account/accept", {**given, "login": "bobby"})
    assert second.why is not None
    assert "used already" in str(second.why)
    assert not second.cookies


def test_another_password_needs_the_old_one_and_a_session(site: Site) -> None:
    token = site.invite()
    given = {"invitation": token, "called": "Cy", "login": "cyr", "password": PASSWORD}
    mine = token_of(site.post("/account/accept", given))
    new = {"password": PASSWORD, "new": "vijf andere woorden op rij"}
    assert not site.post("/account/password", new).cookies
    assert not site.post("/account/password", {**new, "password": "x"}, f"plein={mine}").cookies
    changed = site.post("/account/password", new, f"plein={mine}")
    assert changed.why is not None
    assert changed.why.message == said.DONE
    assert not site.is_open(mine)
    assert site.is_open(token_of(changed))


def test_many_tries_are_held_back_and_reveal_no_name(site: Site) -> None:
    told: dict[str, list[str]] = {}
    token = site.invite()
    given = {"invitation": token, "called": "Dee", "login": "dee", "password": PASSWORD}
    site.post("/account/accept", given)
    for login in ("dee", "nobody-at-all"):
        tried = {"login": login, "password": "x" * 12}
        told[login] = [str(site.post("/account/enter", tried).why) for _ in range(OF_ACCOUNT + 2)]
    assert told["dee"] == told["nobody-at-all"]
    assert told["dee"][-1].startswith("Too many sign-ins failed.")
    held = site.post("/account/enter", {"login": "dee", "password": PASSWORD})
    assert not held.cookies, "the right password neither"
