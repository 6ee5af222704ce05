"""What another service found is put before a person, and settles nothing."""

from directory.importing.placing import keep_more
from directory.importing.records import Asked, GeoAnswer
from geo.geocoding import Candidate, Reason, Rung

ASKED = Asked(text="Rue Haute 5, 1000 Bruxelles")


def candidate(number: str) -> Candidate:
    return Candidate(
        rung=Rung.ADDRESS,
        probability=0.7,
        lon=4.35,
        lat=50.84,
        street_fr="Rue Haute",
        street_nl="Hoogstraat",
        number=number,
        box="",
        postcode="1000",
        municipality_fr="Bruxelles",
        municipality_nl="Brussel",
    )


def test_what_is_found_elsewhere_stands_behind_our_own():
    own = keep_more(ASKED, None, [candidate("5")], ())
    both = keep_more(ASKED, own, [candidate("5"), candidate("7")], [Reason(message="why")])
    assert [found.number for found in both.candidates] == ["5", "7"]
    assert both.reasons[-1].message == "why"


def test_nothing_found_elsewhere_changes_no_rung():
    before = GeoAnswer(asked=ASKED, rung=Rung.NONE, probability=0.0)
    assert keep_more(ASKED, before, (), ()) == before
    assert keep_more(ASKED, before, [candidate("5")], ()).rung == Rung.ADDRESS
