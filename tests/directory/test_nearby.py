from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from directory.actors import Actor, Appointment, Cost, Wheelchair
from directory.hours import CLOSED, OPEN, UNKNOWN
from directory.nearby import Found, Pace, Wish, answer, doors, place_of
from directory.places import Place, Precision
from geo.walking import Walked
from tests.records import actor, at, atlas

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Brussels"))


def ways(*metres: float, estimated: tuple[int, ...] = ()) -> Walked:
    guessed = np.zeros(len(metres), dtype=np.bool_)
    guessed[list(estimated)] = True
    return Walked(metres=np.array(metres), estimated=guessed)


def found(*actors: Actor, walked: Walked, wish: Wish = Wish()) -> list[Found]:  # noqa: B008 - frozen
    known = atlas(*actors)
    return answer(known, doors(known), walked, wish, NOON)


def test_the_nearest_comes_first_and_what_no_way_leads_to_last() -> None:
    answers = found(actor("a"), actor("b"), actor("c"), walked=ways(300, np.inf, 100))
    assert [one.id for one in answers] == ["c", "a", "b"]
    assert [one.metres for one in answers] == [100, 300, None]


def test_an_actor_of_two_places_counts_with_its_nearest() -> None:
    two = actor("two", places=(at(0.5, 0.5), at(1.5, 0.5)))
    known = atlas(two)
    (one,) = answer(known, doors(known), ways(400, 200, estimated=(1,)), Wish(), NOON)
    assert (one.metres, one.door, one.estimated) == (200, 1, True)
    assert place_of(known, doors(known), one) == two.places[1]


def test_a_place_known_only_as_a_quarter_is_listed_without_a_way() -> None:
    quarter = Place(precision=Precision.NEIGHBOURHOOD, area="links")
    (one,) = found(actor("q", places=(quarter,)), walked=ways())
    assert (one.metres, one.door) == (None, None)


def test_minutes_are_rounded_up_at_the_pace_of_who_walks() -> None:
    one = Found(id="a", state=OPEN, metres=401)
    assert (one.minutes(Pace.USUAL), one.minutes(Pace.SLOW)) == (6, 9)
    assert Found(id="a", state=OPEN, metres=0).minutes(Pace.USUAL) == 1
    assert Found(id="a", state=OPEN).minutes(Pace.USUAL) is None


@pytest.mark.parametrize(
    ("wish", "kept"),
    [
        (Wish(), ["plain", "rich"]),
        (Wish(ids=("plain",)), ["plain"]),
        (Wish(categories=("library",)), ["rich"]),
        (Wish(languages=("ar", "tr")), ["rich"]),
        (Wish(step_free=True), ["rich"]),
        (Wish(no_appointment=True), ["rich"]),
        (Wish(free=True), ["rich"]),
        (Wish(open_only=True), ["rich"]),
    ],
)
def test_what_is_not_known_fulfils_no_wish(wish: Wish, kept: list[str]) -> None:
    rich = actor(
        "rich",
        categories=("library",),
        languages=("ar",),
        wheelchair=Wheelchair.YES,
        appointment=Appointment.POSSIBLE,
        cost=Cost.FREE,
        hours="24/7",
    )
    answers = found(actor("plain"), rich, walked=ways(1, 2), wish=wish)
    assert [one.id for one in answers] == kept


def test_the_state_is_that_of_the_moment_asked_for() -> None:
    answers = found(
        actor("closed", hours="Tu 09:00-12:00"),
        actor("open", hours="Mo 09:00-18:00"),
        actor("unknown"),
        walked=ways(1, 2, 3),
    )
    assert [one.state for one in answers] == [CLOSED, OPEN, UNKNOWN]
