import math
import re
import time
from dataclasses import replace
from typing import Any

import pytest
import shapely

from exchange.poster.boards import MM, Board
from exchange.poster.layouts import arranged, fits
from exchange.poster.outcomes import TooMuchError
from exchange.poster.overlaps import count_overlaps
from exchange.poster.pages import write_layout, write_poster
from exchange.poster.sheet import PAPERS_MM, Heading, Orientation, Paper
from geo.errors import BadInputError
from tests.exchange.poster.posters import AREA, at, entry, poster, read, spread

HOSTILE = (
    "<script>alert(1)</script> & \"'",
    "A" * 3_000,
    "\u202eevil\u202c\x00\n",
    "Jeugdwelzijnsorganisatiecoördinatievergadering",
    "مركز الصحة (Anneessens) 12",
    "中文 😀",
)


def spans(pdf: bytes) -> list[tuple[str, float, float, float]]:
    """Read every piece of text with its size and place on the page."""
    found = []
    for page in read(pdf).pages:

        def visit(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
            if text.strip():
                scale = math.hypot(tm[0], tm[1]) * math.hypot(cm[0], cm[1])
                found.append((text, size * scale, tm[4], tm[5]))

        page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("paper", PAPERS_MM)
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_every_paper_has_its_size_and_no_overlap(paper: Paper, orientation: Orientation) -> None:
    layout = arranged(poster(spread(12)), paper, orientation, pages=0)
    page = read(write_layout(layout)).pages[0]
    short, long = PAPERS_MM[paper]
    wide, high = (short, long) if orientation == "portrait" else (long, short)
    assert float(page.mediabox.width) == pytest.approx(wide * MM, abs=0.1)
    assert float(page.mediabox.height) == pytest.approx(high * MM, abs=0.1)
    assert count_overlaps(layout.plan).covering == 0


def test_a_round_scale_is_true_on_paper() -> None:
    plan = arranged(poster(), "A3", "landscape").plan
    length_m, length_pt = plan.bar
    assert length_pt / MM == pytest.approx(length_m * 1000 / plan.scale)
    west, south, east, north = plan.border.bounds
    left, low, wide, high = plan.outer
    assert left < west < east < left + wide
    assert low < south < north < low + high


def test_same_poster_same_bytes() -> None:
    made = poster(spread(9))
    assert write_poster(made) == write_poster(made)


def test_the_directory_is_read_in_its_order() -> None:
    text = re.sub(
        r"\s+", " ", "".join(p.extract_text() for p in read(write_poster(poster())).pages)
    )
    order = [
        "Le plan du quartier", "Santé · Gezondheid", "Lieu 1", "Plek 1", "Rue Haute 1", "Lieu 3",
        "Écoles · Scholen", "Lieu 2", "Lieu 6", "Your relay",
    ]  # fmt: skip
    found = [text.index(each, text.index("Gezondheid") - 20 if n > 0 else 0)
             for n, each in enumerate(order)]  # fmt: skip
    assert found == sorted(found)
    assert "02 512 34 56" in text.replace("\u00a0", " ")
    assert "lu-ve 9-17 h · ma-vr 9-17 u" in text.replace("\u00a0", " ")


@pytest.mark.parametrize("paper", ["A4", "A3", "A2"])
def test_no_letter_is_smaller_than_seven_points(paper: Paper) -> None:
    sizes = [size for _, size, *_ in spans(write_poster(poster(spread(12)), paper))]
    assert min(sizes) >= 7 - 0.01


def test_fonts_are_embedded_and_can_be_copied_from() -> None:
    for page in read(write_poster(poster())).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            told = font.get_object()
            assert "/ToUnicode" in told, told["/BaseFont"]
            assert "/FontFile2" in told["/FontDescriptor"].get_object()


def test_the_document_is_tagged() -> None:
    pdf = read(write_poster(poster()))
    catalog: Any = pdf.trailer["/Root"]
    assert pdf.metadata
    assert pdf.metadata.title == "Le plan du quartier"
    assert catalog["/Lang"] == "fr"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_object().get_data()
    assert pdf.pages[0]["/Tabs"] == "/S"
    told = [child.get_object() for child in catalog["/StructTreeRoot"]["/K"]["/K"]]
    kinds = [each["/S"] for each in told]
    assert kinds[0] == "/H1"
    assert kinds.count("/H1") == 1
    figures = [each for each in told if each["/S"] == "/Figure"]
    assert "6 numbered places" in figures[0]["/Alt"]
    assert all(figure["/Alt"] for figure in figures)
    content = pdf.pages[0].get_contents()
    assert content is not None
    marks = re.findall(rb"\bBDC\b|\bBMC\b|\bEMC\b|\bBT\b", content.get_data())
    deep = 0
    for mark in marks:
        deep += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(mark, 0)
        assert mark != b"BT" or deep, "text that nobody reads nor skips"


def test_a_house_is_one_sign_of_several_numbers() -> None:
    entries = [entry(n, 20, 20, house="a") for n in (1, 2, 3, 4)] + [entry(5, 50, 20)]
    plan = arranged(poster(entries), "A3", "landscape").plan
    assert [[chip.number for chip in sign.chips] for sign in plan.signs] == [[1, 2, 3, 4], [5]]
    assert len(plan.placed.boxes) == 2


def test_who_has_no_place_is_in_the_directory_alone() -> None:
    entries = [entry(1, 20, 20), entry(2)]
    made = poster(entries)
    plan = arranged(made, "A3", "landscape").plan
    assert list(plan.places) == [1]
    text = read(write_poster(made)).pages[0].extract_text()
    assert "Lieu 2" in text
    assert "No fixed place" in text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name: str) -> None:
    entries = [entry(1, 20, 20, names=(name, name)), entry(2, 40, 20)]
    made = poster(entries, titles=(name, name), makers=name, headings=(
        Heading(key="care", names=(name, name), colour="javascript:", shape="../x"),))  # fmt: skip
    assert write_poster(made, pages=0)[:5] == b"%PDF-"


def test_an_area_of_odd_form_is_drawn() -> None:
    ring = shapely.Polygon(
        AREA.exterior.coords, [shapely.box(*at(30, 20), *at(40, 30)).exterior.coords]
    )
    far = shapely.box(*at(90, 0), *at(95, 60))
    made = poster(area=shapely.MultiPolygon([ring, far]))
    assert count_overlaps(arranged(made, "A4", "portrait").plan).covering == 0


def test_nobody_on_the_map_is_told() -> None:
    with pytest.raises(BadInputError, match="Nobody"):
        poster(())


def test_fifteen_hundred_on_an_a4_are_told_fast() -> None:
    made = poster(spread(1_500))
    start = time.perf_counter()
    with pytest.raises(TooMuchError, match="1500 places do not fit on A4"):
        write_poster(made, "A4", "portrait")
    assert time.perf_counter() - start < 15  # alone it takes 3; other tests run beside


def test_what_is_said_to_help_helps() -> None:
    made = poster(spread(90))
    fit = fits(made, "A4", "portrait")
    assert not fit.fits
    assert fit.helps
    for each in fit.helps:
        lesser = replace(made, details=each.details)
        assert fits(lesser, each.paper, "portrait", pages=each.pages).fits


def test_a_second_page_takes_what_the_first_has_no_room_for() -> None:
    made = poster(spread(80))
    layout = arranged(made, "A3", "landscape", pages=2)
    told = {e.block.chip.number for e in layout.stood if e.block.chip}
    assert told == set(range(1, 81))
    assert len(read(write_layout(layout)).pages) == layout.pages


@pytest.mark.parametrize("paper", ["A3-6", "A3-8"])
@pytest.mark.parametrize("pages", [1, 2])
def test_no_text_of_the_directory_lies_on_a_fold(paper: Paper, pages: int) -> None:
    layout = arranged(poster(spread(14)), paper, "landscape", pages=pages)
    upright, level = Board.of(paper, "landscape").folds
    assert layout.cover
    for each in layout.stood:
        left, right = each.x, each.x + each.block.width
        low, high = each.top - each.block.height, each.top
        assert not any(left < x < right for x in upright)
        assert not any(low < y < high for y in level)


def test_blocks_stay_on_the_sheet_and_apart() -> None:
    layout = arranged(poster(spread(40)), "A3", "portrait")
    boxes = [
        shapely.box(e.x, e.top - e.block.height, e.x + e.block.width, e.top) for e in layout.stood
    ]
    x, y, wide, high = layout.plan.outer
    boxes.append(shapely.box(x, y, x + wide, y + high))
    foot = layout.board.margin + layout.furniture.sources_pt
    sheet = shapely.box(
        layout.board.margin - 0.1, foot, layout.board.width - layout.board.margin + 0.1,
        layout.board.height - layout.board.margin - layout.furniture.head + 0.1,
    )  # fmt: skip
    for n, box in enumerate(boxes):
        assert sheet.contains(box)
        assert all(box.intersection(other).area < 0.01 for other in boxes[:n])


def test_right_to_left_the_plan_is_on_the_right() -> None:
    made = poster(
        [entry(1, 20, 20, names=("مركز الصحة",))], languages=("ar",), titles=("خريطة الحي",)
    )
    layout = arranged(made, "A3", "landscape")
    assert layout.mirrored
    assert all(each.x < layout.plan.outer[0] for each in layout.stood)
