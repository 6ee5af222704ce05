from io import BytesIO
from xml.etree import ElementTree as ET

from PIL import Image

from exchange.poster.pages import write_poster
from exchange.poster.pictures import write_png, write_preview, write_svg
from exchange.poster.sheet import Logo
from tests.exchange.poster.posters import entry, poster, spread

SVG = "{http://www.w3.org/2000/svg}"


def logo() -> Logo:
    file = BytesIO()
    Image.new("RGBA", (40, 20), "#ff0000").save(file, "PNG")
    return Logo(name="Voisins", png=file.getvalue())


def test_a_preview_is_small_and_has_the_colours_of_the_sheet() -> None:
    (page,) = write_preview(poster(spread(8)), longest_px=800)
    picture = Image.open(BytesIO(page)).convert("RGB")
    assert picture.size == (800, 566)
    colours = {colour for _, colour in picture.getcolors(1 << 20) or ()}
    assert {(255, 255, 255), (0x0B, 0x5D, 0x66), (0xC1, 0x22, 0x4F)} <= colours


def test_a_picture_in_grey_has_no_colour() -> None:
    pdf = write_poster(poster())
    assert Image.open(BytesIO(write_png(pdf, longest_px=300, grey=True))).mode == "L"
    assert Image.open(BytesIO(write_png(pdf, dpi=20))).size == (331, 234)


def test_svg_is_whole_and_names_are_text() -> None:
    made = poster([entry(1, 20, 20, names=("<script>x</script>&\"'", "N"))], logos=(logo(),))
    (page,) = write_svg(made)
    root = ET.fromstring(page)  # noqa: S314 - our own
    assert root.find(f"{SVG}title") is not None
    assert root.get("width") == "420.00mm"
    told = [each.get("aria-label") for each in root.iter(f"{SVG}g")]
    assert "<script>x</script>&\"'" in told
    assert not list(root.iter(f"{SVG}script"))
    assert {each.get("href", "#")[:5] for each in root.iter() if each.get("href")} <= {
        *(each.get("href", "")[:5] for each in root.iter(f"{SVG}use")), "data:",
    }  # fmt: skip
    drawn = {each.get("id") for each in root.iter() if each.get("id")}
    used = {each.get("href", "")[1:] for each in root.iter(f"{SVG}use")}
    assert used <= drawn
    assert write_svg(made) == (page,)
