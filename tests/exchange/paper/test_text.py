import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PageObject
from pypdf.generic import ContentStream

from exchange.handout.density import SMALLEST_PT
from exchange.handout.pages import write_handout
from exchange.paper.fonts import UNKNOWN, runs, width_pt
from exchange.paper.signs import MODULE_PT, qr_side_pt
from exchange.paper.text import Column, Style, wrap
from exchange.paper.writing import hold_hours
from tests.exchange.handout.sheets import QR, entry, handout, read

BODY = Style(11)


@given(st.text(max_size=300), st.floats(60, 400), st.integers(1, 9))
def test_lines_fit_and_are_few(text: str, room_pt: float, most: int) -> None:
    lines = wrap(text, BODY, room_pt, most=most)
    assert len(lines) <= most
    assert all(width_pt(line, "regular", 11) <= room_pt + 1e-6 for line in lines)


def test_lines_break_between_words_and_words_too_long_anywhere() -> None:
    assert wrap("rue Haute rue Haute", BODY, 55, most=9) == ("rue Haute", "rue Haute")
    assert "".join(wrap("a" * 60, BODY, 100, most=9)) == "a" * 60
    assert wrap("un deux trois", BODY, 60, most=1)[0].endswith("…")
    assert wrap("9\u00a0h 9\u00a0h", BODY, 25, most=9) == ("9\u00a0h", "9\u00a0h")


@pytest.mark.parametrize(
    ("hours", "held"),
    [
        ("de 13 h 30 à 17 h", "de 13_h_30 à 17_h"),
        ("9 u en 13.30 u", "9_u en 13.30_u"),
        ("9 h 12 h", "9_h 12_h"),
        ("13h 30, 3 hommes", "13h_30, 3 hommes"),
        ("9\u202fh 30", "9\u202fh_30"),
    ],
)
def test_an_hour_is_not_broken(hours: str, held: str) -> None:
    assert hold_hours(hours).replace("\u00a0", "_") == held
    assert "" not in wrap(hours, BODY, 40, most=9)


def test_a_text_stands_beside_another_only_where_it_fits() -> None:
    def heights(width_pt: float) -> list[float]:
        column = Column(width_pt)
        column.add("02 512 34 56", Style(12, "bold"), most=1)
        alone = column.height_pt
        column.add_beside("7 minutes", BODY, most=1)
        return [alone, column.height_pt]

    assert heights(200)[0] == pytest.approx(heights(200)[1])
    assert heights(100)[1] == pytest.approx(heights(100)[0] + BODY.line_pt)


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        (("Gratuit", "Gratis"), ["Gratuit\u00a0· Gratis"]),
        (("Gratuit et sans rendez-vous", "Gratis"), ["Gratuit et sans rendez-vous", "Gratis"]),
        (("", "Gratis"), ["Gratis"]),
        (("Plein", "Plein"), ["Plein"]),
    ],
)
def test_two_languages_share_a_line_where_that_saves_one(
    texts: tuple[str, str], lines: list[str]
) -> None:
    column = Column(170)
    column.add_both(texts, BODY, most=2, languages=("fr", "nl"), sign="check")
    assert [line for piece in column.pieces for line in piece.lines] == lines
    assert column.pieces[0].sign == "check"
    assert {piece.indent_pt for piece in column.pieces} == {column.sign_room_pt}


def test_each_letter_is_in_a_typeface_that_has_it() -> None:
    assert [(name, text) for name, text in runs("Été Ж\u202f中", "bold")] == [
        ("plein-bold", "Été "),
        ("plein-wide-bold", "Ж"),
        ("plein-bold", " "),
        ("plein-wide-bold", UNKNOWN),
    ]


@pytest.mark.parametrize(
    "text", ["ąćęłńóśźż", "ăâîșțĂÂÎȘȚ", "ğışçöüİĞŞ", "ëïéèàçôœæ", "Ωάέή", "їєґЖ", "ءآبتلا"]
)
def test_the_scripts_of_the_city_are_had(text: str) -> None:
    for weight in ("regular", "bold"):
        assert UNKNOWN not in "".join(piece for _, piece in runs(text, weight))


def test_an_empty_text_adds_nothing() -> None:
    column = Column(100)
    column.add(" \n", BODY, most=3, before_pt=9)
    assert column.height_pt == 0
    assert BODY.size_pt >= SMALLEST_PT


def squares(page: PageObject) -> list[list[float]]:
    """The black rectangles of the QR code on a page: the only path of so many."""
    found: list[list[float]] = []
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator == b"re":
            found.append([float(each) for each in operands])
        elif operator in {b"f", b"f*"} and len(found) > 50:
            return found
        else:
            found = []
    return found


@pytest.mark.parametrize(
    "address", [QR, f"https://plein.example/near?keep={'osm-n123456789,' * 60}"]
)
def test_the_code_on_paper_leads_to_the_list(address: str) -> None:
    last = read(write_handout(handout(entry(), qr=address))).pages[-1]
    bars = np.array(squares(last))
    side = bars[:, 3].min()
    assert side >= MODULE_PT - 0.01
    corner = bars[:, :2].min(axis=0)
    cells = np.round((bars - [*corner, 0, 0]) / side).astype(int)
    modules = cells[:, 1].max() + 1
    image = np.full((modules + 8, modules + 8), 255, dtype=np.uint8)
    for x, y, wide, _ in cells:
        image[modules - 1 - y + 4, x + 4 : x + 4 + wide] = 0
    (read_back,) = zxingcpp.read_barcodes(np.kron(image, np.ones((4, 4), dtype=np.uint8)))
    assert read_back.text == address
    assert qr_side_pt(address) == pytest.approx((modules + 8) * side, abs=0.1)
