"""CSV and XLSX, read by other readers, and read back without a change."""

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.actors import Actor
from directory.commands import Author, Commands
from directory.contacts import Visibility
from directory.store import Store, upgrade
from directory.texts import Texts
from exchange.excerpt import excerpt
from exchange.export import export
from exchange.table_columns import COLUMNS, FIELDS, guarded, is_ours, joined, plain, split
from exchange.table_files import HEADERS
from exchange.table_rows import flat, restored, rows
from exchange.workbook import CELL_LIMIT
from geo.errors import BadInputError
from tests.drawn import code
from tests.exports import FORMULAS, actors, full, hostile
from tests.records import actor, at, atlas


def read_csv(*people: Actor, language: str = "fr") -> list[dict[str, str]]:
    content = export(atlas(*people), [one.id for one in people], "csv", language).content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def workbook(*people: Actor) -> openpyxl.Workbook:
    content = export(atlas(*people), [one.id for one in people], "xlsx", "fr").content
    return openpyxl.load_workbook(io.BytesIO(content))


def read_xlsx(*people: Actor) -> list[dict[str, str]]:
    head, *body = workbook(*people)["actors"].iter_rows(values_only=True)
    text = [["" if cell is None else str(cell) for cell in row] for row in body]
    return [dict(zip(map(str, head), row, strict=True)) for row in text]


def test_csv_tells_everything_public():
    row = read_csv(full())[0]
    assert tuple(row) == HEADERS == tuple(FIELDS)
    shown = {header: text for header, text in row.items() if text}
    assert shown == {
        "plein_id": "full",
        "plein_version": "3",
        "name_fr": "Maison",
        "name_nl": "Huis",
        "kind": "organisation",
        "categories": "pharmacy; mental-health",
        "category_labels": "Pharmacies; Santé mentale",
        "description_fr": 'Une ligne\nune autre; « citée » "ainsi"',
        "street_fr": "Rue Haute",
        "street_nl": "Hoogstraat",
        "number": "12-14",
        "box": "3",
        "postcode": "1000",
        "municipality_fr": "Bruxelles",
        "municipality_nl": "Brussel",
        "lon": row["lon"],
        "lat": row["lat"],
        "precision": "address",
        "sector": code(0, 1),
        "sector_name": "Case 0.1",
        "neighbourhood": "Les Gauches",
        "phones": "'+32 2 000 00 01; +32 2 000 00 02",
        "emails": "a@b.example",
        "websites": "https://a.example/x;y=1;; https://b.example/",
        "languages": "fr; nl; ar",
        "opening_hours": "Mo-Fr 09:00-12:00; Sa off",
        "wheelchair": "limited",
        "appointment": "required",
        "cost": "free",
        "audience_en": "Everyone",
        "source": "Social Brussels",
        "source_licence": "CC BY 4.0",
        "source_url": "https://social.example/7",
        "source_reference": "7",
        "source_read_on": "2026-10-01",
        "verified_on": "2026-11-02",
        "more_places": '[{"precision":"neighbourhood","area":"links"}]',
        "more": '{"name":{"ar":"بيت"},"contacts":[{"kind":"phone",'
        '"value":"+32 2 000 00 01","label":{"fr":"Accueil"}}]}',
    }
    point = full().places[0].point
    assert point
    assert row["lon"] == f"{point.lon:.6f}".replace(".", ",")


def test_csv_opens_in_excel_of_belgium():
    content = export(atlas(actor("a")), ["a"], "csv", "fr").content
    assert content.startswith(b"\xef\xbb\xbfplein_id;plein_version;")
    assert content.count(b"\r\n") == 2


def test_labels_are_in_the_readers_language():
    row = read_csv(full(), language="nl")[0]
    assert (row["category_labels"].split("; ")[0], row["neighbourhood"]) == ("Apotheken", "Links")


def test_no_cell_of_csv_runs():
    for row in read_csv(*hostile()):
        for header, cell in row.items():
            if header not in ("lon", "lat"):
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")), header  # noqa: RUF001


@given(st.text() | st.text("'=+-@\t a", max_size=5))
def test_the_guard_comes_off_as_it_was_put_on(text: str):
    assert plain(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.from_regex(r"https?://[a-z;]{1,9}", fullmatch=True)))
def test_lists_come_apart_as_they_were_put_together(values: list[str]):
    assert split("; ".join(values)) == tuple(values)


def test_every_text_of_xlsx_is_text():
    book = workbook(*hostile(), full())
    for row in book["actors"].iter_rows():
        for cell in row:
            if cell.value is not None:
                header = HEADERS[cell.column - 1]
                number = header in ("plein_version", "lon", "lat") and cell.row > 1
                assert cell.data_type == ("n" if number else "s"), (cell.coordinate, cell.value)
                assert number or cell.number_format == "@"
    names = [row[HEADERS.index("name_fr")].value for row in book["actors"].iter_rows(min_row=2)]
    assert names == [text.strip() for text in FORMULAS] + ["Maison"], "nothing added, nothing lost"


def test_xlsx_holds_no_formula_and_no_link():
    content = export(atlas(*hostile()), [one.id for one in hostile()], "xlsx", "fr").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
    assert sheets
    assert not any(b"<f>" in sheet or b"<f " in sheet or b"hyperlink" in sheet for sheet in sheets)


def test_xlsx_says_where_it_comes_from():
    book = workbook(full(), actor("other"))
    assert book.sheetnames == ["actors", "about"]
    about = list(book["about"].iter_rows(values_only=True))
    assert about[0][:2] == ("exported_on", "2026-11-23")
    assert about[-2:] == [("Social Brussels", "CC BY 4.0", 1), ("drawn by hand", None, 1)]
    assert book["actors"].freeze_panes == "A2"


def test_coordinates_of_xlsx_are_numbers():
    point = full().places[0].point
    row = dict(zip(HEADERS, list(workbook(full())["actors"].values)[1], strict=True))
    assert point
    assert row["lon"] == pytest.approx(point.lon, abs=5e-7)


def test_what_does_not_fit_in_a_cell_goes_on_in_another():
    many = [{"kind": "website", "value": f"https://a.example/{n}/{'x' * 1900}"} for n in range(20)]
    long = actor("long", contacts=many)
    row = read_xlsx(long, actor("short"))[0]
    assert {"websites", "websites~2", "websites~3"} <= set(row)
    assert max(map(len, row.values())) <= CELL_LIMIT
    assert restored(joined(row), long) == long


@settings(max_examples=60, deadline=None)
@given(actors())
def test_exported_as_csv_and_read_again_nothing_changed(one: Actor):
    row = {header: plain(text) for header, text in read_csv(one)[0].items()}
    assert restored(row, one) == one


@settings(max_examples=30, deadline=None)
@given(actors())
def test_exported_as_xlsx_and_read_again_nothing_changed(one: Actor):
    assert restored(joined(read_xlsx(one)[0]), one) == one


@settings(max_examples=60, deadline=None)
@given(actors())
def test_another_directory_gets_all_that_is_public(one: Actor):
    row = next(iter(rows(excerpt(atlas(one), [one.id], "fr"))))
    again = restored({header: str(flat(cell) or "") for header, cell in row.items()})
    public = [c for c in one.contacts if c.visibility is Visibility.PUBLIC]
    assert sorted(again.contacts, key=str) == sorted(public, key=str)
    same = one.model_dump(exclude={"contacts", "places", "verified_by"})
    assert again.model_dump(exclude={"contacts", "places", "verified_by"}) == same
    assert again.verified_by == ""
    assert again.places[1:] == one.places[1:]


def test_a_file_exported_and_saved_again_changes_nothing(tmp_path):
    upgrade(f"sqlite:///{tmp_path / 'plein.db'}")
    store = Store(f"sqlite:///{tmp_path / 'plein.db'}")
    commands = Commands(store)
    neighbours = list(atlas().neighbourhoods.values())
    people = [full().model_copy(update={"version": 0}), *hostile()]
    commands.save([*neighbours, *people], by=Author("test"))
    before = store.directory()
    stored = [before.actors[one.id] for one in people]
    written = [{key: plain(text) for key, text in row.items()} for row in read_csv(*stored)]
    for table in (written, read_xlsx(*stored)):
        again = [restored(joined(row), before.actors[row["plein_id"]]) for row in table]
        outcome = commands.save(again, by=Author("test"))
        assert len(outcome.unchanged) == len(people)
        assert outcome.revision == before.revision
    store.close()


def row_of(one: Actor) -> dict[str, str]:
    found = next(iter(rows(excerpt(atlas(one), [one.id], "fr"))))
    return {header: str(flat(cell) or "") for header, cell in found.items()}


def test_a_change_in_the_file_is_the_only_change():
    row = row_of(full()) | {
        "name_nl": "Woning",
        "phones": "+32 2 000 00 02; +32 2 9",
        "lat": "50,9",
    }
    again = restored(row, full())
    assert again.names == Texts({"fr": "Maison", "nl": "Woning", "ar": "بيت"})
    numbers = [(c.value, c.visibility.value) for c in again.contacts if c.kind == "phone"]
    hidden = ("+32 499 00 00 01", "relays")
    assert numbers == [hidden, ("+32 2 000 00 02", "public"), ("+32 2 9", "public")]
    assert again.places[0].point
    assert again.places[0].point.lat == 50.9
    assert again.verified_by == "Privé Persoon"
    assert again.places[1:] == full().places[1:]


def test_a_column_taken_out_says_nothing_and_an_empty_cell_does():
    row = row_of(full())
    few = {header: row[header] for header in ("plein_id", "name_fr")}
    assert restored(few, full()) == full()
    emptied = restored(few | {"opening_hours": "", "verified_on": "", "emails": ""}, full())
    assert (emptied.hours, emptied.verified_on) == ("", None)
    assert [c.visibility.value for c in emptied.contacts if c.kind == "email"] == ["actors"]


def test_a_row_of_before_carries_its_version():
    older = restored(row_of(full()), full().model_copy(update={"version": 4}))
    assert older.version == 3, "so that saving it is a conflict, not a silent step back"


def test_a_place_without_point_or_address_stays_none():
    lost = actor("lost", places=())
    assert row_of(lost)["precision"] == ""
    assert restored(row_of(lost), lost) == lost
    assert (
        restored(row_of(lost) | {"street_fr": "Rue Haute"}, lost).places[0].precision == "address"
    )
    here = actor("here", places=(at(0.5, 0.5),))
    cleared = row_of(here) | {"lon": "", "lat": "", "precision": ""}
    assert restored(cleared, here).places == ()


@pytest.mark.parametrize(
    "damage",
    [
        {"lat": "noord"},
        {"lon": "nan"},
        {"more": "[]"},
        {"more": "{"},
        {"more_places": "{}"},
        {"plein_version": "v3"},
    ],
)
def test_a_damaged_cell_is_one_sentence(damage: dict[str, str]):
    with pytest.raises(BadInputError, match=next(iter(damage))):
        restored(row_of(full()) | damage, full())


def test_old_dates_and_headers():
    old = actor("old", verified_on=date(1, 1, 1))
    assert read_xlsx(old)[0]["verified_on"] == "0001-01-01"
    assert is_ours(HEADERS)
    assert len({column.header for column in COLUMNS}) == len(COLUMNS)
