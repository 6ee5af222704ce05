"""A local map on paper tells what its web page tells, in each of its languages."""

from collections.abc import Mapping
from dataclasses import asdict

import pytest
import shapely

from directory.actors import Actor
from directory.local_maps.numbering import numbered
from exchange.poster.outcomes import TooMuchError
from exchange.poster.pages import write_poster
from exchange.poster.sheet import LABELS, Ground, Poster
from geo.errors import BadInputError
from tests.records import actor, at, atlas
from tests.ui.plan.records import EVIL, NOON, hostile, local_map, some
from ui.local_maps.paper import poster_of

ADDRESS = "https://plein.example/plan/links"


def poster(
    *actors: Actor, edition: bool = False, logos: Mapping[str, bytes] | None = None, **given: object
) -> Poster:
    """The map of the left column on paper, of some actors unless told others."""
    return poster_of(
        local_map(**given),
        atlas(*(actors or some())),
        Ground(),
        NOON,
        address=ADDRESS,
        edition=edition,
        logos=logos,
    )


def test_the_numbers_are_those_of_the_web() -> None:
    made = poster()
    lines = numbered(local_map(), atlas(*some())).lines
    assert [(one.number, one.heading, one.house) for one in made.entries] == [
        (line.number, line.category, line.house) for line in lines
    ]
    assert made.titles == ("Les Gauches", "Links")
    assert made.introductions == ("Qui aide ? Ici.", "Wie helpt?")
    assert made.qr == ADDRESS
    assert [one.names for one in made.headings] == [
        ("Maisons médicales", "Medische huizen"),
        ("Bibliothèques communales", "Gemeentebibliotheken"),
    ]


def test_each_language_has_its_words_and_every_reader_the_same_phone() -> None:
    books = poster().entries[-1]
    assert books.names == ("Bibliothèque", "Boekerij")
    assert books.phones == ("+32 2 511 00 00",), "one for relays alone is not printed"
    fr, nl = books.hours
    assert fr != nl
    assert "9" in fr[0]
    assert books.line == ("Des livres.", "Des livres.")


def test_fixed_words_are_said_in_each_language() -> None:
    made = poster(languages=("nl", "ar", "fr"), titles={"nl": "Links", "ar": "اليسار"})
    assert set(made.labels) == set(LABELS)
    relay = made.labels["relay"]
    assert relay[0] == relay[1], "what we do not speak is said in the first one we do"
    assert relay[0] != relay[2]
    assert made.titles == ("Links", "اليسار", "Links")


def test_a_secret_place_is_in_the_list_and_not_on_the_plan() -> None:
    made = poster(*some(), actor("refuge", secret_place=True))
    hidden = next(one for one in made.entries if "refuge" in one.names)
    assert (hidden.lon, hidden.lat, hidden.house) == (None, None, "")


def test_the_relay_is_always_offered() -> None:
    made = poster(parts=())
    assert made.relay is not None
    assert made.relay.names == ("Relais Les Gauches", "Relais Links")
    assert all(made.relay.lines)
    assert made.details == frozenset()


def test_the_day_is_that_of_the_edition() -> None:
    assert poster().edition == ("23 novembre 2026", "23 november 2026")
    assert poster().labels["edition"] == ("Situation au {date}", "Stand op {date}")
    assert poster(edition=True).labels["edition"] == ("Édition du {date}", "Uitgave van {date}")


def test_only_logos_that_are_kept_are_printed() -> None:
    makers = [{"name": "Huis", "logo": "a" * 64}, {"name": "Plein", "logo": "b" * 64}]
    made = poster(makers=makers, logos={"a" * 64: b"png"})
    assert [asdict(one) for one in made.logos] == [{"name": "Huis", "png": b"png"}]
    assert made.makers == "Huis, Plein"


def test_a_map_of_nobody_is_answered() -> None:
    with pytest.raises(BadInputError, match="Nobody is on this map"):
        poster(categories=["police"])


def test_a_map_whose_neighbourhood_is_gone_shows_the_ground_of_its_places() -> None:
    made = poster(neighbourhood_id="weg", with_actors=["livres"])
    assert not shapely.is_empty(made.area)
    assert len(made.entries) == 1


def test_hostile_names_are_text_in_the_file() -> None:
    made = poster(*hostile(), titles={"fr": EVIL[0], "nl": EVIL[1]})
    assert {one.names[0] for one in made.entries} == set(EVIL)
    written = write_poster(made, "A3", "landscape", pages=2)
    assert written.startswith(b"%PDF")
    assert b"/JavaScript" not in written
    assert b"/OpenAction" not in written


def test_fifteen_hundred_on_a4_is_answered_with_what_helps() -> None:
    crowd = [
        actor(f"a{n}", places=(at((n % 39 + 1) / 41, (n // 39 + 1) / 41),)) for n in range(1_500)
    ]
    with pytest.raises(TooMuchError, match="1500 places do not fit on A4") as told:
        write_poster(poster(*crowd), "A4", "portrait")
    assert {help_.kind for help_ in told.value.helps} <= {"paper", "pages", "details"}
