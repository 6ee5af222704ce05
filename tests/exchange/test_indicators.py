import csv
import io
import threading
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from directory.indicators import Unit, newest
from directory.sources import Source
from directory.store import Kind, Store
from exchange import __main__ as cli
from exchange.indicator_columns import Guess
from exchange.indicators import (
    figure_of,
    guess_figures,
    known_source,
    make_indicator,
    read_table,
    report_figures,
)
from exchange.population import fetch_population, read_population
from exchange.settings import ROOT, SectorSource, read_settings, settings
from geo.errors import BadInputError, PleinError
from geo.levels import Level
from tests.drawn import code, grid_territory

TERRITORY = grid_territory()
CODES = [str(each) for each in TERRITORY.codes]
STATBEL = (
    "CD_REFNIS|CD_SECTOR|TOTAL|DT_STRT_SECTOR|DT_STOP_SECTOR|OPPERVLAKKTE IN HM²"
    "|TX_DESCR_SECTOR_NL|TX_DESCR_SECTOR_FR|TX_DESCR_NL|TX_DESCR_FR"
)
"""The header of OPENDATA_SECTOREN_2022.txt, its slip of the pen included."""
NAME = "OPENDATA_SECTOREN_2022.txt"


def statbel(codes: Sequence[str] = CODES, *, halves: bool = False, elsewhere: int = 30) -> bytes:
    """A file of Statbel's form: 100 people in the first sector, 200 in the second …"""
    told = [(each, 100 * n) for n, each in enumerate(codes, 1)]
    told += [(f"11001A{n:02d}-", n) for n in range(elsewhere)]
    told += [("21004ZZZZ", 17)]
    lines = [
        f"{each[:5]}|{each[5:] if halves else each}|{people}|2003-01-01|9999-12-31|12,5|A|B|C|D"
        for each, people in told
    ]
    return ("\ufeff" + "\n".join([STATBEL, *lines])).encode()


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def packed(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return stream.getvalue()


def guessed(content: bytes, name: str) -> Guess:
    return guess_figures(read_table(content, name), name, TERRITORY)


def values(content: bytes, name: str = "a.csv", column: str = "") -> dict[str, float | None]:
    sheet = read_table(content, name)
    guess = guess_figures(sheet, name, TERRITORY)
    figure = next(one for one in guess.figures if column in ("", one.column))
    return dict(report_figures(sheet, guess, figure, TERRITORY).values)


EXPECTED = {each: 100.0 * n for n, each in enumerate(CODES, 1)}


@pytest.mark.parametrize("halves", [False, True])
def test_statbels_text_is_read_whole_or_in_halves(halves: bool) -> None:  # noqa: FBT001
    content = statbel(halves=halves)
    guess = guessed(content, NAME)
    assert guess.code_columns == (("CD_REFNIS", "CD_SECTOR") if halves else ("CD_SECTOR",))
    first = guess.figures[0]
    assert (first.column, first.subject, first.unit) == ("TOTAL", "population", Unit.PEOPLE)
    assert (first.year, first.doubts) == (2022, ())
    assert [figure.column for figure in guess.figures] == ["TOTAL", "OPPERVLAKKTE IN HM²"]
    assert values(content, NAME) == EXPECTED


def test_statbels_workbook_and_zip_are_the_same() -> None:
    lines = statbel().decode("utf-8-sig").splitlines()
    rows: list[list[object]] = [list(line.split("|")) for line in lines]
    rows[1:] = [[*row[:2], int(str(row[2])), *row[3:]] for row in rows[1:]]
    assert values(workbook(rows), "OPENDATA_SECTOREN_2022.xlsx") == EXPECTED
    assert values(packed(OPENDATA_SECTOREN_2022__txt=statbel()), "a.zip") == EXPECTED
    inside = packed(data__xlsx=workbook(rows), readme__pdf=b"%PDF")
    assert values(inside, "b.zip") == EXPECTED


def test_statbels_columns_are_known_and_others_are_not() -> None:
    told = [source("https://statbel.example")]
    found = known_source(read_table(statbel(), NAME), told)
    assert found == Source(name="Statbel", licence="CC BY 4.0")
    assert known_source(read_table(statbel(), NAME), []) is None
    assert known_source(read_table(b"secteur;total\n21004A01-;1\n", "a.csv"), told) is None


def test_population_counts_people() -> None:
    sheet = read_table(statbel(), NAME)
    guess = guess_figures(sheet, NAME, TERRITORY)
    figure = guess.figures[0].model_copy(update={"unit": Unit.EURO})
    report = report_figures(sheet, guess, figure, TERRITORY)
    with pytest.raises(BadInputError, match="Population counts people, found euro"):
        make_indicator(figure, guess, report, Source(name="Statbel"))


def test_a_file_whose_every_row_is_left_out_is_no_figure() -> None:
    sheet = read_table(f"secteur;total 2022\n{CODES[0]};-5\n{CODES[1]};-6\n".encode(), "a.csv")
    guess = guess_figures(sheet, "a.csv", TERRITORY)
    report = report_figures(sheet, guess, guess.figures[0], TERRITORY)
    report.check(leave_out=True)
    with pytest.raises(BadInputError, match="No row gives a figure"):
        make_indicator(guess.figures[0], guess, report, Source(name="Test"))


def test_a_column_not_taken_for_figures_may_be_asked_for() -> None:
    content = b"annee;secteur;valeur;nr\n2021;21004A01-;5;7\n2021;21004A11-;6;8\n"
    sheet = read_table(content, "a.csv")
    guess = guess_figures(sheet, "a.csv", TERRITORY)
    assert [one.column for one in guess.figures] == ["valeur"]
    assert figure_of(sheet, guess, "valeur") == guess.figures[0]
    assert (figure_of(sheet, guess, "nr").column, figure_of(sheet, guess, "nr").year) == (
        "nr",
        2021,
    )
    with pytest.raises(BadInputError, match="no column"):
        figure_of(sheet, guess, "autre")


def test_old_codes_beside_new_ones_are_mapped() -> None:
    lines = ["CD_SECTOR_2011;CD_SECTOR_2022;TOTAL"]
    lines += [f"21004B9{n}-;{each};{n}" for n, each in enumerate(CODES)]
    content = "\n".join(lines).encode()
    guess = guessed(content, "a.csv")
    assert guess.code_columns == ("CD_SECTOR_2022",)
    assert guess.other_columns == ("CD_SECTOR_2011",)
    assert values(content) == {each: float(n) for n, each in enumerate(CODES)}


def test_shares_in_belgian_numbers_with_unknown_cells() -> None:
    cells = ["12,5 %", "1,25 %", "x", "-", "", ":", "100 %", "0 %", "7 %"]
    pairs = zip(CODES, cells, strict=True)
    content = "\n".join(["secteur;part sans emploi 2021", *(f"{c};{v}" for c, v in pairs)])
    guess = guessed(content.encode(), "chiffres.csv")
    assert (guess.figures[0].unit, guess.figures[0].year) == (Unit.SHARE, 2021)
    found = values(content.encode())
    assert list(found.values()) == [0.125, 0.0125, None, None, None, None, 1.0, 0.0, 0.07]


def test_per_cent_in_the_header_and_a_doubt_where_it_is_open() -> None:
    def table(*cells: str) -> bytes:
        pairs = zip(CODES, cells, strict=False)
        return "\n".join(["secteur;% propriétaires", *(f"{c};{v}" for c, v in pairs)]).encode()

    assert values(table("12,5", "80", "0")) == {CODES[0]: 0.125, CODES[1]: 0.8, CODES[2]: 0.0}
    assert guessed(table("12,5", "80"), "a 2020.csv").figures[0].doubts == ()
    doubt = guessed(table("0,5", "0,8"), "a 2020.csv").figures[0].doubts[0]
    assert "shares are at most 1" in doubt.message.format(**doubt.params)


def test_one_per_cent_among_people_makes_no_share_of_them() -> None:
    cells = ["1250", "12 %", *["3000"] * 7]
    lines = ["secteur;population 2022", *map(";".join, zip(CODES, cells, strict=True))]
    content = "\n".join(lines).encode()
    guess = guessed(content, "a.csv")
    assert guess.figures[0].unit is Unit.PEOPLE
    report = report_figures(read_table(content, "a.csv"), guess, guess.figures[0], TERRITORY)
    assert [row.cell.line for row in report.refused] == [3]


def test_districts_by_number_with_years_as_columns() -> None:
    content = b"Code;Quartier;2020;2021\n7;Gauche;1 250,5;1 300\nTotal;;2;3\n"
    guess = guessed(content, "revenu_moyen.csv")
    assert {figure.subject for figure in guess.figures} == {"revenu-moyen"}
    assert {figure.unit for figure in guess.figures} == {Unit.EURO}
    assert (guess.level, guess.code_columns) == (Level.DISTRICT, ("Code",))
    assert [figure.year for figure in guess.figures] == [2020, 2021]
    assert values(content, column="2021") == {"7": 1300.0}


def test_districts_by_name_in_either_language() -> None:
    content = "Wijk;Mediaan inkomen 2019\nLinks;€ 19.250,00\n".encode()
    guess = guessed(content, "a.csv")
    assert (guess.level, guess.figures[0].unit) == (Level.DISTRICT, Unit.EURO)
    assert guess.figures[0].subject == "mediaan-inkomen"
    assert values(content) == {"7": 19_250.0}


def test_a_column_of_years_is_read_a_year_at_a_time() -> None:
    lines = ["CD_YEAR;CD_SECTOR;TOTAL", *(f"2020;{c};1" for c in CODES)]
    content = "\n".join([*lines, *(f"2021;{c};2" for c in CODES)]).encode()
    guess = guessed(content, "a.csv")
    assert (guess.year_column, guess.years) == ("CD_YEAR", (2021, 2020))
    assert "2021, 2020" in str(guess.figures[0].doubts[0].params)
    assert set(values(content).values()) == {2.0}


HEADERS = ["CD_SECTOR", "secteur", "TOTAL", "annee", "wijk", "% huur", "CD_REFNIS", "2021", "x"]
WORDS = [CODES[0], CODES[1][:-1], "11001A00-", "21004", "A15-", "7", "Links", "2021", "1.234", "x"]


@given(
    headers=st.lists(st.sampled_from(HEADERS), min_size=1, max_size=4),
    rows=st.lists(
        st.lists(st.sampled_from(WORDS) | st.text(max_size=9) | st.just("9" * 5_000), max_size=5),
        max_size=6,
    ),
)
def test_any_table_is_reported_row_by_row_or_a_sentence(
    headers: list[str], rows: list[list[str]]
) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows([headers, *rows])
    with suppress(BadInputError):
        sheet = read_table(stream.getvalue().encode(), "a 2021.csv")
        guess = guess_figures(sheet, "a 2021.csv", TERRITORY)
        for figure in guess.figures:
            found = report_figures(sheet, guess, figure, TERRITORY)
            assert [row.cell.line for row in found.rows] == [row.number for row in sheet.rows]


def test_titles_above_the_header_are_passed_over() -> None:
    rows = [["Population par secteur statistique, 2022"], [], ["Secteur", "Habitants"]]
    content = workbook([*rows, *([each, 5] for each in CODES), ["Source : Statbel"]])
    assert values(content, "a.xlsx") == dict.fromkeys(CODES, 5.0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Nom;Total\nMaison;12\nHuis;13\n", "No column holds codes"),
        (b"secteur;nom\n21004A01-;x\n21004A11-;y\n", "no column of figures"),
        (b"21004A01-;12\n21004A11-;13\n", "names its columns"),
        (b"", "empty"),
        (b"%PDF-1.7", "PDF"),
        (packed(a__csv=b"x", b__csv=b"y"), "ZIP with 2 tables"),
        (packed(a__pdf=b"x"), "ZIP with 0 tables"),
        (packed(a__csv=b"secteur;total\n" * 50)[:-40], "."),
    ],
)
def test_other_files_are_a_sentence(content: bytes, message: str) -> None:
    with pytest.raises(BadInputError, match=message):
        guessed(content, "a.csv")


def test_a_table_of_too_many_cells_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exchange.indicators.MAX_CELLS", 20)
    assert read_table(table_of(rows=6, columns=3), "a.csv").rows
    with pytest.raises(BadInputError, match=r"a\.csv has more than 20 cells"):
        read_table(table_of(rows=7, columns=3), "a.csv")


def table_of(*, rows: int, columns: int) -> bytes:
    """A table of figures of so many rows and columns."""
    lines = [";".join(["secteur", *(f"total {n}" for n in range(1, columns))])]
    lines += [";".join([CODES[n % len(CODES)], *["5"] * (columns - 1)]) for n in range(rows)]
    return "\n".join(lines).encode()


def test_a_zip_that_unpacks_to_too_much_is_not_opened() -> None:
    with pytest.raises(BadInputError, match="ZIP with 1 tables"):
        read_table(packed(a__csv=bytes(60_000_000)), "a.zip")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and the address of a server of its files."""
    folder = tmp_path / "served"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def source(url: str) -> SectorSource:
    return SectorSource(name="Statbel", url=url, licence="CC BY 4.0")


def test_population_is_fetched_from_the_first_source_that_serves(
    served: tuple[Path, str],
) -> None:
    folder, address = served
    (folder / "page.zip").write_text("<!DOCTYPE html><p>Maintenance")
    (folder / "OPENDATA_SECTOREN_2022.zip").write_bytes(
        packed(OPENDATA_SECTOREN_2022__txt=statbel())
    )
    asked = [f"{address}/{name}" for name in ("none.zip", "page.zip", "OPENDATA_SECTOREN_2022.zip")]
    got = fetch_population([source(url) for url in asked], TERRITORY, timeout_s=20)
    assert got.indicator.id == "population-2022"
    assert dict(got.indicator.values) == EXPECTED
    assert (got.indicator.source.name, got.indicator.source.licence) == ("Statbel", "CC BY 4.0")
    assert got.indicator.source.url == asked[-1]


def test_where_nobody_serves_population_each_reason_is_told(served: tuple[Path, str]) -> None:
    folder, address = served
    (folder / "a.csv").write_bytes(b"secteur;revenu 2020\n" + f"{CODES[0]};1\n".encode())
    old = statbel([each.replace("A", "Q") for each in CODES])
    (folder / NAME).write_bytes(old)
    asked = [source(f"{address}/{name}") for name in ("none.zip", "a.csv", NAME)]
    with pytest.raises(PleinError, match=r"404.*no population by sector.*% of the codes"):
        fetch_population(asked, TERRITORY, timeout_s=20)
    with pytest.raises(PleinError, match="No source is named"):
        fetch_population([], TERRITORY)


def test_the_shipped_sources_are_statbels(tmp_path: Path) -> None:
    found = read_settings(ROOT / "plein.toml", {"PLEIN_HOME": str(tmp_path)}).population_sources
    assert {each.licence for each in found} == {"CC BY 4.0"}
    assert all(each.url.startswith("https://statbel.fgov.be/") for each in found)


def test_a_population_file_has_its_year(tmp_path: Path) -> None:
    del tmp_path
    with pytest.raises(BadInputError, match="The year of “TOTAL” is not known"):
        read_population(statbel(), "sectors.txt", source("https://statbel.example"), TERRITORY)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("PLEIN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PLEIN_OFFLINE", "1")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


def register_codes() -> list[str]:
    lines = (ROOT / "data" / "sectors" / "register.csv").read_text(encoding="utf-8").splitlines()
    return [line[:9] for line in lines[1:]]


def kept(home: Path) -> Store:
    return Store(f"sqlite:///{home / 'plein.db'}")


def test_offline_nobody_is_asked(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["indicators"]) == 1
    assert "nobody was asked" in capsys.readouterr().err
    assert not (home / "plein.db").exists()


def test_the_command_asks_to_be_told_yes(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / NAME
    path.write_bytes(statbel(register_codes()))
    assert cli.main(["indicators", str(path)]) == 1
    said = capsys.readouterr()
    assert "“TOTAL”: people of 2022" in said.out
    assert "Rows with a figure: 724." in said.out
    assert "repeat with --yes" in said.err
    assert not (home / "plein.db").exists()
    assert cli.main(["indicators", str(path), "--yes", "--source", "Statbel"]) == 0
    assert "724 of 724 sectors, 26,245,000 people are kept (Statbel)" in capsys.readouterr().out
    found = newest(kept(home).indicators(), "population")
    assert found is not None
    assert (found.year, len(found.values), found.source.name) == (2022, 724, "Statbel")
    assert cli.main(["indicators", str(path), "--column", "TOTAL", "--year", "2023"]) == 0
    assert list(kept(home).indicators()) == ["population-2022", "population-2023"]
    assert cli.main(["indicators", str(path), "--yes"]) == 0
    assert len(kept(home).history(Kind.INDICATOR, "population-2022")) == 2, "another source"


def test_options_say_what_a_column_is(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "chiffres.csv"
    lines = ["secteur;valeur;autre", *(f"{each};1.234;5" for each in register_codes())]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert cli.main(["indicators", str(path), "--yes"]) == 1, "two columns, none chosen"
    told = ["--column", "valeur", "--year", "2021", "--licence", "CC0"]
    assert cli.main(["indicators", str(path), *told]) == 1, "1.234 is open"
    told += ["--decimal", ".", "--unit", "euro", "--name", "fr=Revenu médian", "--name", "nl=Ink"]
    assert cli.main(["indicators", str(path), *told]) == 0
    found = kept(home).indicators()["revenu-median-2021"]
    assert set(found.values.values()) == {1.234}
    assert (found.unit, found.source.licence, found.names.best("nl")) == (Unit.EURO, "CC0", "Ink")


def test_a_bad_row_keeps_everything_out_until_it_is_left_out(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = register_codes()
    path = tmp_path / "population 2022.csv"
    rows = [f"{each};{n}" for n, each in enumerate(codes)]
    rows[3:5] = [f"{codes[3]};-5", f"{codes[5]};77"]
    path.write_text("\n".join(["secteur;habitants", *rows]), encoding="utf-8")
    assert cli.main(["indicators", str(path), "--yes"]) == 1
    said = capsys.readouterr()
    assert f"a share outside 0 to 100 %: 1 (5: {codes[3]})" in said.out
    assert "give one code different figures: 2 (" in said.out
    assert "cannot be used: 3 " in said.err
    assert not (home / "plein.db").exists()
    assert cli.main(["indicators", str(path), "--yes", "--leave-out"]) == 0
    found = kept(home).indicators()["population-2022"]
    assert len(found.values) == 721
    assert codes[3] not in found.values
    assert codes[5] not in found.values


@pytest.mark.usefixtures("home")
def test_a_file_that_is_not_there_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["indicators", str(tmp_path / "none.csv")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_the_grid_is_what_these_tests_think() -> None:
    assert sorted(code(column, row) for column in range(3) for row in range(3)) == CODES
