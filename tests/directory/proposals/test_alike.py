import pytest

from directory.contacts import Contact, ContactKind
from directory.proposals.alike import Known
from tests.records import actor, at, phone

UNION = actor("bond", names={"nl": "Huurdersbond Marollen", "fr": "Union des locataires"})
FAR = actor("ver", names={"nl": "Huurdersbond Marollen"}, places=(at(30, 30),))
POINT = (UNION.places[0].point.lon, UNION.places[0].point.lat)
KNOWN = Known({one.id: one for one in (UNION, actor("kapel"))})


@pytest.mark.parametrize(
    "written", ["Huurdersbont Marolen", "huurdersbond marollen", "Union des locatairs"]
)
def test_a_slip_is_seen_before_and_after_the_place_is_known(written: str) -> None:
    assert [twin.actor_id for twin in KNOWN.alike(written)] == ["bond"]
    (twin,) = KNOWN.alike(written, point=POINT)
    assert twin.distance_m == pytest.approx(0, abs=0.1)
    assert "close by" in twin.reasons


def test_another_name_another_town_and_two_letters_are_nobody() -> None:
    assert KNOWN.alike("Bakkerij Charli") == []
    assert KNOWN.alike("hu") == []
    far = at(30, 30).point
    assert KNOWN.alike("Huurdersbond Marollen", point=(far.lon, far.lat)) == []
    assert KNOWN.alike("Huurdersbond Marollen", leave="bond") == []


def test_a_shared_phone_counts_where_the_name_is_related_or_near() -> None:
    known = Known({"bond": UNION.model_copy(update={"contacts": (phone("+32 2 511 00 00"),)})})
    same = [Contact(kind=ContactKind.PHONE, value="+3225110000")]
    assert [one.actor_id for one in known.alike("Iets anders", contacts=same, point=POINT)]
    assert known.alike("Iets anders", contacts=same) == []


def test_nobody_known_is_like_nobody() -> None:
    assert Known({}).alike("Huurdersbond", point=POINT) == []
