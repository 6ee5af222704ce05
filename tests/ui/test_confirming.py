"""What a link says in a mail, and what an actor's answer becomes."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from directory.actors import Actor
from directory.contacts import ContactKind
from directory.proposals.records import ProposalKind
from tests.records import actor, phone
from ui.confirming import Typed, drafted
from ui.due.links import address, mail

LINK = address("https://plein.example", "x" * 32, "fr")
HOSTILE = ["Maison\r\nBcc: all@example.org", "a&bcc=all@example.org", "100 % <b>?cc=x#", "é ⌂"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_mail_has_one_receiver_and_the_headers_we_give(name: str) -> None:
    written = urlsplit(mail("bonjour@a.example", actor("a", names={"fr": name}), LINK, "fr"))
    assert (written.scheme, unquote(written.path)) == ("mailto", "bonjour@a.example")
    told = parse_qs(written.query, strict_parsing=True)
    assert set(told) == {"subject", "body"}
    assert "\n" not in told["subject"][0]
    assert "\r" not in told["subject"][0]
    assert told["body"][0].count(LINK) == 1
    assert written.fragment == ""


@pytest.mark.parametrize("to", ["a?bcc=all@example.org", "a&b@c.example", "a%0ab@c.example"])
def test_an_address_cannot_add_another(to: str) -> None:
    written = urlsplit(mail(to, actor("a"), LINK, "fr"))
    assert unquote(written.path) == to
    assert set(parse_qs(written.query)) == {"subject", "body"}


@pytest.fixture
def known() -> Actor:
    contacts = (phone("02 111 11 11"), phone("02 333 33 33"), phone("02 9", visibility="relays"))
    return actor("a", hours="24/7", contacts=contacts, version=3)


def typed(
    hours: str = "24/7", number: str = "02 111 11 11", note: str = "", *, closed: bool = False
) -> Typed:
    contacts = {ContactKind.PHONE: number, ContactKind.EMAIL: "", ContactKind.WEBSITE: ""}
    return Typed(hours=hours, contacts=contacts, note=note, closed=closed)


def test_what_is_the_same_is_no_proposal(known: Actor) -> None:
    assert drafted(known, typed(), "fr") is None


def test_only_what_differs_is_proposed_and_what_is_not_shown_stays_out(known: Actor) -> None:
    draft = drafted(known, typed(number="02 222 22 22"), "fr")
    assert draft is not None
    assert (draft.kind, draft.target, draft.target_version) == (ProposalKind.CORRECT, "a", 3)
    assert set(draft.facts) == {"contacts"}
    values = [one["value"] for one in draft.facts["contacts"]]
    assert values == ["02 222 22 22", "02 333 33 33"]


def test_a_number_that_is_no_more_goes_and_hours_come(known: Actor) -> None:
    draft = drafted(known, typed(hours="Mo-Fr 09:00-12:00", number=""), "fr")
    assert draft is not None
    assert draft.facts["hours"] == "Mo-Fr 09:00-12:00"
    assert [one["value"] for one in draft.facts["contacts"]] == ["02 333 33 33"]


def test_a_word_alone_and_a_closing_change_no_fact(known: Actor) -> None:
    word = drafted(known, typed(note="Déménagement en mars"), "fr")
    closing = drafted(known, typed(number="", closed=True), "fr")
    assert word is not None
    assert closing is not None
    assert (word.kind, word.facts) == (ProposalKind.WRONG, {})
    assert (closing.kind, closing.facts) == (ProposalKind.CLOSED, {})
