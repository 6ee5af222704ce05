import pytest

from directory.actors import Actor
from directory.commands import Author, Commands
from directory.contacts import Visibility
from directory.importing import accepting, checking, deciding, opening, settling
from directory.importing.desk import Desk, Progress
from directory.importing.fields import Field
from directory.importing.placing import NO_ADDRESS, NOT_FOUND, SEVERAL, why_not_placed
from directory.importing.records import Choice, Coordinates, Heap, How, Outcome, Settings, Step
from directory.importing.twins import SAME_CELLS, SAME_ID, SAME_PHONE
from directory.places import Precision
from directory.store import Store
from geo.errors import BadInputError, UnknownIdError
from tests.imports import BY, COLUMNS, MAPPING, ROWS, Begin, FakeGeocoder


def heaps(desk: Desk, batch_id: str) -> list[int]:
    return list(settling.heaps(desk, batch_id).values())


def test_from_file_to_directory_and_back(
    desk: Desk, begin: Begin, geocoder: FakeGeocoder, store: Store
) -> None:
    batch = begin()
    assert heaps(desk, batch.id) == [5, 0, 0, 1]
    settling.geocode(desk, batch.id, geocoder)
    assert heaps(desk, batch.id) == [0, 2, 2, 2]
    before = store.directory().actors
    done = accepting.accept(desk, batch.id, by=BY)
    assert (done.created, done.updated, done.already_there) == (2, 0, 0)
    assert sorted(done.left) == [3, 4, 5, 6]
    actors = list(store.directory().actors.values())
    assert [actor.names.best("fr") for actor in actors] == ["Huis B", "Maison A"]
    assert actors[1].places[0].address.number == "1"
    assert actors[1].hours == "lun-ven 9h-12h"
    assert actors[1].source.name == "relevé.csv"
    assert opening.batch(desk, batch.id).step is Step.ACCEPTED
    accepting.undo(desk, batch.id, by=BY)
    assert store.directory().actors == before
    assert settling.row(desk, batch.id, 1).outcome is Outcome.NONE
    again = accepting.accept(desk, batch.id, by=BY)
    assert again.created == 2
    accepting.undo(desk, batch.id, by=BY)
    assert store.directory().actors == before


def test_words_are_confirmed_once_and_remembered(
    desk: Desk, begin: Begin, geocoder: FakeGeocoder
) -> None:
    batch = begin()
    settling.geocode(desk, batch.id, geocoder)
    found = checking.summary(desk, batch.id)
    assert [(one.text, one.proposed, one.rows) for one in found.words] == [
        ("pharmacei", ("pharmacy",), 1)
    ]
    assert {one.text: one.proposed for one in found.hours} == {
        "lun-ven 9h-12h": ("Mo-Fr 09:00-12:00",),
        "ma-vr 9-12u": ("Mo-Fr 09:00-12:00",),
        "quand on veut": (),
    }
    asked = len(geocoder.asked)
    checking.confirm(
        desk,
        batch.id,
        by=BY,
        words={"pharmacei": ("pharmacy",)},
        hours={"lun-ven 9h-12h": "Mo-Fr 09:00-12:00"},
    )
    assert heaps(desk, batch.id) == [0, 3, 1, 2]
    settling.geocode(desk, batch.id, geocoder)
    assert len(geocoder.asked) == asked
    assert settling.row(desk, batch.id, 1).draft.hours == "Mo-Fr 09:00-12:00"
    following = begin()
    assert checking.summary(desk, following.id).words == ()
    assert settling.row(desk, following.id, 1).draft.hours == "Mo-Fr 09:00-12:00"
    with pytest.raises(BadInputError, match="vocabulary"):
        checking.confirm(desk, batch.id, by=BY, words={"x": ("no-such",)})
    with pytest.raises(BadInputError, match="syntax"):
        checking.confirm(desk, batch.id, by=BY, hours={"x": "toujours"})


def test_people_settle_what_was_not_found(desk: Desk, begin: Begin, geocoder: FakeGeocoder) -> None:
    batch = begin()
    settling.geocode(desk, batch.id, geocoder)
    told = {n: why_not_placed(settling.row(desk, batch.id, n)) for n in (3, 5, 6)}
    assert told[3][0].message == NO_ADDRESS
    assert [one.message for one in told[5]] == [SEVERAL, "Two streets fit."]
    assert told[6][0].message == NOT_FOUND
    assert settling.choose_candidate(desk, batch.id, 5, 1).heap is Heap.PLACED
    pinned = settling.put_pin(desk, batch.id, 6, 4.36, 50.85)
    assert pinned.spot is not None
    assert (pinned.spot.how, pinned.spot.lon) == (How.PIN, 4.36)
    settling.no_fixed_place(desk, batch.id, 3)
    # What a person settled stays when the rows are read anew.
    opening.set_mapping(desk, batch.id, batch.settings, by=BY)
    assert heaps(desk, batch.id)[0] == len(ROWS)
    checking.check(desk, batch.id)
    settling.geocode(desk, batch.id, geocoder)
    assert heaps(desk, batch.id) == [0, 5, 1, 0]
    area = settling.no_fixed_place(
        desk, batch.id, 3, precision=Precision.MUNICIPALITY, area="21004"
    )
    assert area.heap is Heap.PLACED
    assert settling.ask_again(desk, batch.id, 6).heap is Heap.FAILED
    for wrong in (
        lambda: settling.choose_candidate(desk, batch.id, 5, 2),
        lambda: settling.choose_candidate(desk, batch.id, 3, 0),
        lambda: settling.put_pin(desk, batch.id, 6, 2.35, 48.85),
        lambda: settling.no_fixed_place(desk, batch.id, 3, area="21004"),
    ):
        with pytest.raises(BadInputError):
            wrong()
    with pytest.raises(UnknownIdError):
        settling.row(desk, batch.id, 99)


def test_a_corrected_cell_is_asked_again_and_the_original_stays(
    desk: Desk, begin: Begin, geocoder: FakeGeocoder
) -> None:
    batch = begin()
    settling.geocode(desk, batch.id, geocoder)
    corrected = checking.correct(desk, batch.id, 6, {Field.ADDRESS: "Rue Haute 7"})
    assert corrected.heap is Heap.WAITING
    settling.geocode(desk, batch.id, geocoder)
    row = settling.row(desk, batch.id, 6)
    assert row.heap is Heap.PLACED
    assert row.cells[2] == "Nergens 5"


def test_cancelling_keeps_what_is_done_and_time_left_is_told(
    desk: Desk, begin: Begin, geocoder: FakeGeocoder
) -> None:
    rows = [(f"Huis {n}", "CPAS", f"Rue Haute {n}", "", "") for n in range(120)]
    batch = begin(rows)
    told: list[Progress] = []
    settling.geocode(desk, batch.id, geocoder, tell=told.append, stop=lambda: bool(told))
    assert (told[0].done, told[0].total) == (50, 120)
    assert heaps(desk, batch.id) == [70, 50, 0, 0]
    settling.geocode(desk, batch.id, geocoder, tell=told.append)
    assert len(geocoder.asked) == 120
    assert told[-1].left_s == 0


def test_a_row_that_a_person_settled_meanwhile_is_left_alone(desk: Desk, begin: Begin) -> None:
    batch = begin()

    class Slow(FakeGeocoder):
        def find_many(self, queries):  # type: ignore[no-untyped-def]
            settling.put_pin(desk, batch.id, 1, 4.3, 50.8)
            return super().find_many(queries)

    settling.geocode(desk, batch.id, Slow())
    spot = settling.row(desk, batch.id, 1).spot
    assert spot is not None
    assert spot.how is How.PIN


def test_a_mapping_is_kept_under_a_name_and_recognised(desk: Desk, begin: Begin) -> None:
    batch = begin()
    opening.set_mapping(desk, batch.id, batch.settings, by=BY, save_as="Relevé mensuel")
    following = begin(columns=[column.upper() for column in COLUMNS], mapping=MAPPING)
    seen = opening.preview(desk, following.id)
    assert seen.recognised == "Relevé mensuel"
    assert len(seen.rows) == len(ROWS)
    assert following.settings.mapping == MAPPING


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ((None, None, None, None, None), "No column is the name"),
        ((Field.NAME, Field.NAME, None, None, None), "Two columns"),
        ((Field.NAME,), "Expected what each of 5"),
    ],
)
def test_mappings_that_cannot_be(
    desk: Desk, begin: Begin, mapping: tuple[Field | None, ...], sentence: str
) -> None:
    batch = begin()
    with pytest.raises(BadInputError, match=sentence):
        opening.set_mapping(desk, batch.id, Settings(mapping=mapping), by=BY)


def test_duplicates_within_the_file(desk: Desk, begin: Begin, geocoder: FakeGeocoder) -> None:
    rows = [
        ("Maison Verte", "CPAS", "Rue Haute 1", "02 529 00 00", ""),
        ("Maison Verte", "CPAS", "Rue Haute 1", "02 529 00 00", ""),
        ("De maison verte", "CPAS", "Rue Haute 2", "02/529.00.00", ""),
        ("Autre chose", "CPAS", "Rue Haute 1", "", ""),
    ]
    batch = begin(rows)
    settling.geocode(desk, batch.id, geocoder)
    found = {row.number: row for row in deciding.duplicates(desk, batch.id)}
    assert sorted(found) == [2, 3]
    assert found[2].twins[0].reasons == (SAME_CELLS,)
    assert found[2].verdict is not None
    assert SAME_PHONE in found[3].twins[0].reasons
    assert [row.number for row in deciding.duplicates(desk, batch.id, only_undecided=True)] == [3]
    ready = accepting.readiness(desk, batch.id)
    assert (ready.created, ready.already_there, list(ready.left)) == (2, 1, [3])
    deciding.decide(desk, batch.id, 3, Choice.SAME)
    assert accepting.readiness(desk, batch.id).already_there == 2


def test_a_row_like_an_actor_updates_it_where_a_person_says_so(
    desk: Desk, begin: Begin, geocoder: FakeGeocoder, store: Store, commands: Commands
) -> None:
    batch = begin(ROWS[:1])
    settling.geocode(desk, batch.id, geocoder)
    accepting.accept(desk, batch.id, by=BY)
    (actor,) = store.directory().actors.values()
    hidden = {"kind": "phone", "value": "+32 475 12 34 56", "visibility": "relays"}
    commands.save(
        [
            Actor.model_validate(
                actor.model_dump() | {"contacts": [*actor.model_dump()["contacts"], hidden]}
            )
        ],
        by=Author("X"),
    )
    again = begin([("Maison A", "CPAS", "Rue Haute 1", "02 513 12 34", "24/7")])
    settling.geocode(desk, again.id, geocoder)
    (row,) = deciding.duplicates(desk, again.id, only_undecided=True)
    (pair,) = deciding.side_by_side(desk, again.id, 1)
    assert set(pair.changes) == {"contacts", "hours"}
    assert accepting.readiness(desk, again.id).created == 0
    deciding.decide(desk, again.id, row.number, Choice.UPDATE, facts=("contacts",))
    before = store.directory().actors
    done = accepting.accept(desk, again.id, by=BY)
    assert done.updated == 1
    (now,) = store.directory().actors.values()
    assert now.hours == "lun-ven 9h-12h"
    assert [(c.value, c.visibility) for c in now.contacts] == [
        ("+32 475 12 34 56", Visibility.RELAYS),
        ("+32 2 513 12 34", Visibility.PUBLIC),
    ]
    accepting.undo(desk, again.id, by=BY)
    assert store.directory().actors == {
        key: one.model_copy(update={"version": one.version + 2}) for key, one in before.items()
    }


def test_the_same_file_again_changes_nothing(
    desk: Desk, begin: Begin, geocoder: FakeGeocoder, store: Store
) -> None:
    first = begin()
    settling.geocode(desk, first.id, geocoder)
    accepting.accept(desk, first.id, by=BY)
    revision = store.directory().actors
    second = begin()
    settling.geocode(desk, second.id, geocoder)
    done = accepting.accept(desk, second.id, by=BY)
    assert (done.created, done.updated, done.already_there) == (0, 0, 2)
    assert store.directory().actors == revision
    with pytest.raises(BadInputError, match="already"):
        checking.correct(desk, second.id, 1, {Field.NAME: "x"})
    with pytest.raises(BadInputError, match="Undo it first"):
        opening.discard(desk, second.id)


def test_an_id_of_ours_is_matched_whatever_the_name(
    desk: Desk, begin: Begin, store: Store, geocoder: FakeGeocoder
) -> None:
    first = begin(ROWS[:1])
    settling.geocode(desk, first.id, geocoder)
    accepting.accept(desk, first.id, by=BY)
    (actor,) = store.directory().actors
    mapping = (Field.PLEIN_ID, Field.NAME, Field.HOURS)
    batch = begin([(actor, "Maison A", "24/7")], ("plein_id", "nom", "heures"), mapping)
    (row,) = deciding.duplicates(desk, batch.id)
    assert row.twins[0].reasons == (SAME_ID,)
    assert row.verdict is not None
    assert row.verdict.facts == ("hours",)
    assert accepting.accept(desk, batch.id, by=BY).updated == 1
    assert store.directory().actors[actor].hours == "24/7"
    assert store.directory().actors[actor].places


def test_coordinates_need_no_geocoder(desk: Desk, begin: Begin) -> None:
    columns, mapping = ("nom", "x", "y"), (Field.NAME, Field.LON, Field.LAT)
    rows = [
        ("degrees", "4,3517", "50,8466"),
        ("lambert", "148827", "170672"),
        ("turned", "170672", "148827"),
        ("ghent", "3,72", "51,05"),
        ("nonsense", "1", "2"),
    ]
    batch = begin(rows, columns, mapping, category="pharmacy")
    assert heaps(desk, batch.id) == [0, 2, 3, 0]
    settings = batch.settings.model_copy(update={"coordinates": Coordinates.LAMBERT_72_SWAPPED})
    opening.set_mapping(desk, batch.id, settings, by=BY)
    checking.check(desk, batch.id)
    assert settling.row(desk, batch.id, 3).heap is Heap.PLACED


def test_throwing_a_batch_away(desk: Desk, begin: Begin) -> None:
    batch = begin()
    opening.discard(desk, batch.id)
    assert opening.batches(desk) == []
    with pytest.raises(UnknownIdError, match="no import"):
        settling.heaps(desk, batch.id)


def test_nothing_to_accept_or_undo_is_a_sentence(desk: Desk, begin: Begin) -> None:
    batch = begin()
    with pytest.raises(BadInputError, match="No row"):
        accepting.accept(desk, batch.id, by=BY)
    with pytest.raises(BadInputError, match="nothing to undo"):
        accepting.undo(desk, batch.id, by=BY)
