import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from directory.actors import Actor
from directory.atlas import Atlas
from directory.commands import Author, Commands
from directory.importing import accepting, checking, deciding, opening, settling
from directory.importing.desk import Desk
from directory.importing.records import Heap, Outcome
from directory.store import Store, upgrade
from exchange.__main__ import main
from exchange.excerpt import excerpt
from exchange.imports import area_of, open_desk, report, start
from exchange.table_files import csv_file, xlsx_file
from geo.errors import BadInputError
from tests.drawn import grid_territory
from tests.imports import BRUSSELS, BY, ROWS, FakeGeocoder

HEADERS = ("Nom", "Catégorie", "Adresse", "Téléphone", "Horaires", "Remarque")
FILE = "\n".join(";".join(cells) for cells in (HEADERS, *((*row, "=1+1") for row in ROWS))).encode(
    "cp1252"
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/plein.db"
    upgrade(url)
    return url


@pytest.fixture
def desk(url: str) -> Iterator[Desk]:
    store = Store(url)
    yield open_desk(store, area=BRUSSELS)
    store.close()


def ready(desk: Desk, content: bytes, name: str = "relevé.csv") -> str:
    batch = start(desk, content, name, by=BY)
    opening.set_mapping(desk, batch.id, batch.settings, by=BY)
    checking.check(desk, batch.id)
    settling.geocode(desk, batch.id, FakeGeocoder())
    return batch.id


def lines(content: bytes) -> list[tuple[object, ...]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_the_report_has_a_line_for_every_row_in_order(desk: Desk) -> None:
    batch = ready(desk, FILE)
    accepting.accept(desk, batch, by=BY)
    header, *told = lines(report(desk, batch))
    assert header[:6] == HEADERS
    assert len(told) == len(ROWS)
    for line, row in zip(told, ROWS, strict=True):
        assert line[:6] == (*(cell or None for cell in row), "=1+1")
    assert [line[7] for line in told[:4]] == [
        *["new in the directory"] * 2,
        "not found",
        "to check",
    ]
    assert "no place" not in str(told[2][8])
    assert told[0][9] == settling.row(desk, batch, 1).actor_id


def test_no_cell_of_the_report_is_a_formula(desk: Desk) -> None:
    book = load_workbook(io.BytesIO(report(desk, ready(desk, FILE))))
    for row in book.active.iter_rows():  # type: ignore[union-attr]
        assert {cell.data_type for cell in row} <= {"s", "inlineStr", "n"}
        assert all(cell.value is None for cell in row if cell.data_type == "n")


def test_the_report_is_told_in_the_readers_language(desk: Desk) -> None:
    told = lines(report(desk, ready(desk, FILE), say=lambda message: f"¡{message}"))
    assert "¡What became of it" in told[0]
    assert "{" not in str(told)


def full_actor(number: int) -> Actor:
    return Actor.model_validate(
        {
            "id": f"actor-{number}",
            "kind": "public_service",
            "names": {"fr": f"Maison {number}", "nl": "='Huis'", "ar": "بيت"},
            "descriptions": {"fr": "Une ligne\nune autre"},
            "categories": ["pharmacy", "library"],
            "places": [
                {
                    "precision": "address",
                    "point": {"lon": 4.351234567, "lat": 50.846512345},
                    "address": {"street": {"fr": "Rue Haute"}, "number": "1"},
                },
                {"precision": "municipality", "area": "21004"},
            ],
            "contacts": [
                {"kind": "phone", "value": "+32 2 529 00 00", "label": {"fr": "Accueil"}},
                {"kind": "phone", "value": "+32 475 12 34 56", "visibility": "relays"},
            ],
            "languages": ["nl", "fr"],
            "hours": "Mo-Fr 09:00-12:00",
            "wheelchair": "limited",
            "source": {"name": "Test", "reference": str(number), "read_on": "2026-05-01"},
            "verified_on": "2026-05-04",
            "verified_by": "Relais",
        }
    )


@pytest.mark.parametrize(("write", "name"), [(csv_file, "a.csv"), (xlsx_file, "a.xlsx")])
def test_what_plein_exported_changes_nothing(desk: Desk, write: object, name: str) -> None:
    nowhere = full_actor(3).model_copy(update={"places": ()})
    Commands(desk.store).save([full_actor(1), full_actor(2), nowhere], by=Author("X"))
    before = desk.store.directory()
    atlas = Atlas(before, grid_territory(), date(2026, 11, 23))
    content = write(excerpt(atlas, list(before.actors), "fr"))  # type: ignore[operator]
    batch = ready(desk, content, name)
    done = accepting.accept(desk, batch, by=BY)
    assert (done.created, done.updated, done.already_there, done.left) == (0, 0, 3, {})
    assert desk.store.directory().actors == before.actors
    edited = content.replace(b"Mo-Fr 09:00-12:00", b"Mo-Fr 09:00-13:00", 1)
    if write is csv_file:
        second = ready(desk, edited, name)
        assert accepting.accept(desk, second, by=BY).updated == 1
        now = desk.store.directory().actors["actor-1"]
        assert now == before.actors["actor-1"].model_copy(
            update={"hours": "Mo-Fr 09:00-13:00", "version": 2}
        )
        third = ready(desk, content, name)
        # The file is older than the directory now: a person decides.
        assert [row.number for row in deciding.duplicates(desk, third, only_undecided=True)] == [1]


def test_a_file_that_cannot_be_read_leaves_nothing(desk: Desk) -> None:
    for content in (b"%PDF-1.4", b"", b"Nom;Adresse\n"):
        with pytest.raises(BadInputError):
            start(desk, content, "a.csv", by=BY)
    assert opening.batches(desk) == []


def test_the_same_bytes_are_noticed(desk: Desk) -> None:
    first = ready(desk, FILE)
    accepting.accept(desk, first, by=BY)
    second = start(desk, FILE, "copie.csv", by=BY)
    assert [batch.id for batch in opening.preview(desk, second.id).before] == [first]


def test_the_area_of_a_territory_is_in_degrees() -> None:
    west, south, east, north = area_of(grid_territory())
    assert west < east
    assert south < north
    assert 2 < west < 7


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLEIN_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    from exchange.settings import settings  # noqa: PLC0415

    settings.cache_clear()
    try:
        path = tmp_path / "a.csv"
        path.write_text("nom;type;lon;lat\nMaison;CPAS;4,35;50,84\nSans;CPAS;;\n")
        told = tmp_path / "report.xlsx"
        arguments = ["import", str(path), "--accept", "--confirm", "--report", str(told)]
        assert main(arguments) == 0
        assert "1 were new" in capsys.readouterr().out
        assert len(lines(told.read_bytes())) == 3
        store = Store(f"sqlite:///{tmp_path}/plein.db")
        (batch,) = opening.batches(open_desk(store))
        assert settling.heaps(open_desk(store), batch.id)[Heap.FAILED] == 1
        assert settling.row(open_desk(store), batch.id, 1).outcome is Outcome.CREATED
        assert main(["import", "--undo", batch.id]) == 0
        assert "1 taken out" in capsys.readouterr().out
        assert main(["import", str(path), "--accept"]) == 0
        assert main(["import", str(path), "--accept"]) == 0
        assert "1 there already" in capsys.readouterr().out
        begun = tmp_path / "begun.csv"
        begun.write_text("nom;type;lon;lat\nAutre;CPAS;4,36;50,85\n")
        assert main(["import", str(begun)]) == 0
        before = len(opening.batches(open_desk(store)))
        assert main(["import", str(begun), "--accept"]) == 0
        assert "going on where it was" in capsys.readouterr().out
        assert len(opening.batches(open_desk(store))) == before
        assert main(["import", str(tmp_path / "missing.csv")]) == 1
        assert "cannot be read" in capsys.readouterr().err
        store.close()
    finally:
        settings.cache_clear()
