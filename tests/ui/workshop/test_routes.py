from collections.abc import Callable

import pytest

from directory.proposals import ProposalStatus
from directory.workshops import Workshops
from tests.proposed import BY
from tests.records import at
from tests.ui.workshop.conftest import Ask, Meeting
from ui.workshop import taking

POINT = at(0.5, 1.5).point
HOSTILE = "</script><img src=x onerror=alert(1)>{{7*7}}"
Meet = Callable[[str], Meeting]


def form(**given: object) -> dict[str, object]:
    known = {
        "kind": "add",
        "lang": "nl",
        "token": "A" * 32,
        "name": "Buurtkeuken",
        "category": "community-house",
        "place": {"lon": POINT.lon, "lat": POINT.lat},
        "line": "Soep op dinsdag",
        "table": "2",
        "nickname": "Nadia",
        "phone_mark": "p" * 24,
    }
    return known | given


def test_what_a_phone_sends_stands_on_the_screen(ask: Ask, meet: Meet) -> None:
    links = meet("Links")
    told = ask(f"/workshop/{links.phone}/send", form())
    assert (told.status, told.json["placed"]) == (200, True)
    for token in (links.phone, links.screen):
        found = ask(f"/workshop/{token}/feed?lang=nl").json
        (one,) = found["items"]
        assert (one["name"], one["table"], one["who"], one["state"]) == (
            "Buurtkeuken",
            "2",
            "Nadia",
            "open",
        )
        assert one["at"] == [POINT.lat, POINT.lon]
        assert found["tables"] == [["1", 0], ["2", 1]]


def test_sent_twice_it_is_there_once(ask: Ask, meet: Meet, workshops: Workshops) -> None:
    links = meet("Links")
    first, second = (ask(f"/workshop/{links.phone}/send", form()) for _ in range(2))
    assert first.json == second.json
    assert len(workshops.came(links.workshop.id)) == 1


def test_nothing_of_one_workshop_is_seen_at_another(ask: Ask, meet: Meet) -> None:
    ours, theirs = meet("Links"), meet("Rechts")
    ask(f"/workshop/{ours.phone}/send", form())
    for token in (theirs.phone, theirs.screen):
        assert "Buurtkeuken" not in ask(f"/workshop/{token}/feed").text
    told = ask(f"/workshop/{ours.screen}/qr", {"phone": theirs.phone})
    assert told.status == 410
    assert "svg" not in told.json


def test_a_link_of_the_screen_sends_nothing_and_opens_no_phone(
    ask: Ask, meet: Meet, workshops: Workshops
) -> None:
    links = meet("Links")
    assert ask(f"/workshop/{links.screen}/send", form()).status == 410
    for name in ("mine", "reply"):
        assert ask(f"/workshop/{links.screen}/{name}", {"links": ["A" * 32]}).status == 410
    assert ask(f"/workshop/{links.screen}").status == 410
    assert ask(f"/workshop/{links.screen}/sheet").status == 410
    assert ask(f"/workshop/{links.phone}/screen").status == 410
    assert workshops.came(links.workshop.id) == []


def test_links_that_ended_open_nothing(ask: Ask, meet: Meet, workshops: Workshops) -> None:
    links = meet("Links")
    workshops.end_links(links.workshop, by=BY)
    for path in (f"{links.phone}", f"{links.screen}/screen", f"{links.phone}/feed", "x/feed"):
        assert ask(f"/workshop/{path}").status == 410
    assert ask(f"/workshop/{links.phone}/send", form()).status == 410
    assert workshops.came(links.workshop.id) == []


@pytest.mark.parametrize(
    "given",
    [
        {"name": ""},
        {"category": "no-such"},
        {"table": "9"},
        {"table": None},
        {"token": ""},
        {"token": "short"},
        {"token": 7},
        {"phone_mark": "<b>"},
        {"nickname": "x" * 60},
        {"place": {"lon": "nan", "lat": 1}},
        {"place": None},
        {"kind": "correct", "id": "geheim"},
        {"trap": "filled"},
    ],
)
def test_what_cannot_be_is_refused_in_words_and_not_sent_again(
    ask: Ask, meet: Meet, workshops: Workshops, given: dict[str, object]
) -> None:
    links = meet("Links")
    told = ask(f"/workshop/{links.phone}/send", form(**given))
    assert told.status == 400
    assert told.json["error"]
    assert workshops.came(links.workshop.id) == []


def test_a_form_of_another_site_is_not_read(ask: Ask, meet: Meet) -> None:
    links = meet("Links")
    told = ask(f"/workshop/{links.phone}/send", form(), content_type="text/plain")
    assert told.status == 415


def test_pages_hold_hostile_words_as_words(ask: Ask, meet: Meet) -> None:
    links = meet(HOSTILE[:100])
    ask(f"/workshop/{links.phone}/send", form(name=HOSTILE, nickname="<b>x</b>"))
    for path in (links.phone, f"{links.phone}/sheet", f"{links.screen}/screen"):
        told = ask(f"/workshop/{path}?lang=nl")
        assert told.status == 200
        assert "<img src=x" not in told.text
        assert "49" not in told.text.partition("<title>")[2].partition("</title>")[0]
        assert told.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("asked", "browser", "language"),
    [("", "ar, nl-BE;q=0.8", "nl"), ("?lang=en", "nl", "en"), ("?lang=<b>", "ar", "fr")],
)
def test_a_phone_is_spoken_to_in_the_first_of_its_languages_we_have(
    ask: Ask, meet: Meet, asked: str, browser: str, language: str
) -> None:
    text = ask(f"/workshop/{meet('Links').phone}{asked}", accept_language=browser).text
    assert f'<html lang="{language}">' in text


def test_a_phone_is_told_only_what_the_public_knows(ask: Ask, meet: Meet) -> None:
    text = ask(f"/workshop/{meet('Links').phone}?lang=nl").text
    assert "Huurdersbond" in text
    assert "Schuiloord" not in text
    assert "999 99 99" not in text


def test_what_was_asked_is_answered_on_the_phone(
    ask: Ask, meet: Meet, workshops: Workshops
) -> None:
    links = meet("Links")
    ask(f"/workshop/{links.phone}/send", form())
    one = workshops.came(links.workshop.id)[0].proposal
    taking.proposals().ask(one, "Welke deur?", by=BY)
    (told,) = ask(f"/workshop/{links.phone}/mine", {"links": ["A" * 32], "lang": "nl"}).json["mine"]
    assert (told["state"], told["said"]) == ("asked", "Welke deur?")
    answer = {"link": "A" * 32, "text": "De blauwe.", "lang": "nl"}
    assert ask(f"/workshop/{links.phone}/reply", answer).json["state"] == "open"
    assert taking.proposals().get(one.id).events[-1].text == "De blauwe."


def test_what_is_taken_back_leaves_the_screen(ask: Ask, meet: Meet, workshops: Workshops) -> None:
    links = meet("Links")
    ask(f"/workshop/{links.phone}/send", form())
    ask(f"/workshop/{links.phone}/reply", {"link": "A" * 32, "withdraw": True})
    (one,) = workshops.came(links.workshop.id)
    assert one.proposal.status is ProposalStatus.WITHDRAWN
    assert ask(f"/workshop/{links.screen}/feed").json["items"] == []


def test_mine_tells_nothing_of_links_nobody_was_given(ask: Ask, meet: Meet) -> None:
    sent = {"links": ["B" * 32, 7, None, {"a": 1}]}
    told = ask(f"/workshop/{meet('Links').phone}/mine", sent).json["mine"]
    assert told == [{"link": "B" * 32, "state": "unknown"}]


def test_the_code_leads_from_a_screen_to_a_phone(ask: Ask, meet: Meet) -> None:
    links = meet("Links")
    told = ask(f"/workshop/{links.screen}/qr", {"phone": links.phone}).json
    code = f"{links.phone[:5]}-{links.phone[5:]}"
    assert told["address"] == f"http://192.168.1.20:8501/w/{code}"
    assert told["svg"].startswith("<svg")
    led = ask(f"/w/{code}?lang=nl")
    assert (led.status, led.headers["location"]) == (303, f"../workshop/{code}?lang=nl")
    assert ask(f"/workshop/{code.upper()}").status == 200


def test_an_answer_that_did_not_change_is_not_sent_again(ask: Ask, meet: Meet) -> None:
    links = meet("Links")
    first = ask(f"/workshop/{links.screen}/feed?lang=nl")
    again = ask(f"/workshop/{links.screen}/feed?lang=nl", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    ask(f"/workshop/{links.phone}/send", form())
    later = ask(f"/workshop/{links.screen}/feed?lang=nl", if_none_match=first.headers["etag"])
    assert later.status == 200
