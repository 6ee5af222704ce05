import pytest

from directory.proposals import Proposals, ProposalStatus
from tests.records import at
from tests.ui.proposing.conftest import Post

POINT = at(0.5, 1.5).point
PLACE = {"lon": POINT.lon, "lat": POINT.lat}
TOKEN = "A" * 32


def form(**given: object) -> dict[str, object]:
    known = {
        "kind": "add",
        "lang": "nl",
        "token": TOKEN,
        "name": "Buurtkeuken",
        "category": "community-house",
        "place": PLACE,
        "who": "Nadia",
        "thank": True,
    }
    return known | given


def correction(*changed: str, **given: object) -> dict[str, object]:
    return form(kind="correct", id="bond", changed=list(changed), place=None) | given


def test_a_form_is_kept_and_told_who_decides(post: Post, proposals: Proposals) -> None:
    told = post("/propose/send", form(phone="02 511 22 33", languages=["nl", "fr"]))
    assert told.status == 200
    assert told.json["link"] == f"follow?link={TOKEN}&lang=nl"
    assert "Links" in told.json["decides"]
    (one,) = proposals.of(["links"])
    assert (one.name, one.thank, one.language) == ("Nadia", True, "nl")
    assert one.facts["names"] == {"und": "Buurtkeuken"}
    assert one.facts["contacts"][0]["value"] == "02 511 22 33"
    assert proposals.by_link(TOKEN).proposal == one


def test_what_is_sent_again_since_the_answer_got_lost_is_one(
    post: Post, proposals: Proposals
) -> None:
    assert post("/propose/send", form()).json == post("/propose/send", form()).json
    assert [one.said for one in proposals.of(None)] == [1]


@pytest.mark.parametrize(
    "given",
    [
        {"name": " "},
        {"name": {"nl": "x"}},
        {"category": ""},
        {"category": "no-such"},
        {"place": None},
        {"place": {"lon": "nan", "lat": 1}},
        {"place": [1, 2]},
        {"kind": "destroy"},
        {"kind": None},
        {"kind": "closed"},
        {"kind": "closed", "id": "../bond"},
        {"kind": "closed", "id": "geheim"},
        {"kind": "duplicate", "id": "bond", "other": "bond"},
        {"kind": "wrong", "id": "bond"},
        {"phone": "<script>"},
        {"website": "javascript:alert(1)"},
        {"email": "a@b.example\nBcc: c@d.example"},
        {"token": "short"},
        {"trap": "https://spam.example"},
        {"name": "x" * 301},
        {"name": "x" * 30_000},
        {"languages": ["<b>"]},
        {"who": "x" * 81},
    ],
)
def test_what_breaks_a_rule_is_told_in_words_and_not_kept(
    post: Post, proposals: Proposals, given: dict[str, object]
) -> None:
    told = post("/propose/send", form(**given))
    assert told.status == 400
    assert told.json["error"]
    assert proposals.of(None, list(ProposalStatus)) == []


def test_a_draft_or_archived_place_is_not_told_apart_from_none(post: Post) -> None:
    hidden = post("/propose/send", form(kind="closed", id="geheim")).json["error"]
    none = post("/propose/send", form(kind="closed", id="niets")).json["error"]
    assert hidden.replace("geheim", "niets") == none
    twin = form(kind="duplicate", id="bond", other="geheim")
    assert post("/propose/send", twin).json["error"] == hidden
    assert post("/propose/alike", {"lang": "nl", "name": "Schuiloord Zonder Naam"}).json == {
        "suggestions": []
    }


def test_a_correction_changes_what_it_names(post: Post, proposals: Proposals) -> None:
    sent = correction("name", "phone", "category", name="Huurdersbond", phone="02 511 99 99")
    assert post("/propose/send", sent | {"hours": "24/7"}).status == 200
    (one,) = proposals.of(None)
    assert one.target_version == 1
    assert one.facts["names"] == {"nl": "Huurdersbond", "fr": "Union des locataires"}
    assert [each["value"] for each in one.facts["contacts"]] == ["02 511 99 99"]
    assert one.facts["categories"] == ["community-house", "pharmacy"]
    assert "hours" not in one.facts


def test_an_emptied_contact_goes(post: Post, proposals: Proposals) -> None:
    assert post("/propose/send", correction("phone", phone="")).status == 200
    (one,) = proposals.of(None)
    assert one.facts == {"contacts": []}


def test_where_somebody_wrote_what_nobody_finds_goes_into_the_note(
    post: Post, proposals: Proposals
) -> None:
    sent = form(place=None, where="achter de kerk", note="Blauwe deur.")
    told = post("/propose/send", sent)
    assert told.status == 200
    (one,) = proposals.of([""])
    assert one.note == "Blauwe deur.\nachter de kerk"


def test_eight_megabytes_are_refused_before_they_are_read(post: Post) -> None:
    huge = [b'{"kind":"add","name":"', *[b"x" * 100_000] * 80, b'"}']
    told = post("/propose/send", huge)
    assert (told.status, told.read) == (413, 2)
    told = post("/propose/send", huge, content_length="8000025")
    assert (told.status, told.read) == (413, 0)
    assert post("/propose/send", huge, content_length="9" * 5_000).status == 413


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b"3", b'{"kind"', b"[" * 50_000])
def test_what_is_no_form_is_refused(post: Post, body: bytes) -> None:
    assert post("/propose/send", [body]).status == 400


def test_another_site_cannot_send_a_form(post: Post, proposals: Proposals) -> None:
    told = post("/propose/send", form(), content_type="text/plain")
    assert told.status == 415
    assert proposals.of(None) == []


def test_one_address_is_slowed_down_whatever_it_says_of_itself(
    post: Post, proposals: Proposals
) -> None:
    def send(number: int, **more: str) -> int:
        return post("/propose/send", form(name=f"Huis {number}", token=f"{number:032}"), **more)

    for number in range(4):
        assert send(number, x_forwarded_for=f"198.51.100.{number}").status == 200
    refused = send(9)
    assert refused.status == 429
    assert send(10, sender="192.0.2.9").status == 200
    assert send(11, sender="127.0.0.1", x_forwarded_for="evil, 192.0.2.1").status == 429
    assert send(12, sender="127.0.0.1", x_forwarded_for="192.0.2.7").status == 200
    assert len(proposals.of(None)) == 6


def test_a_slip_is_warned_of_with_why(post: Post) -> None:
    told = post("/propose/alike", {"lang": "nl", "name": "Huurdersbont Marolen", "place": PLACE})
    (one,) = told.json["suggestions"]
    assert (one["id"], one["name"]) == ("bond", "Huurdersbond Marollen")
    assert one["why"]


@pytest.mark.parametrize("sent", [{}, {"name": ["x"]}, {"place": 3, "phone": {}}])
def test_what_nobody_can_compare_is_like_nobody(post: Post, sent: dict[str, object]) -> None:
    assert post("/propose/alike", sent).json == {"suggestions": []}
