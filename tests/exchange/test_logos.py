"""Logos: a picture comes out as a bare PNG of bounded size; what means harm is answered."""

import struct
import warnings
import zlib
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from exchange import logos
from exchange.logos import LARGEST, SIDE_PX, read_logo
from geo.errors import BadInputError

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%s</svg>'


def picture(form: str, size: tuple[int, int] = (60, 30), mode: str = "RGB", **told: object) -> bytes:
    file = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 1).save(file, form, **told)
    return file.getvalue()


def bomb() -> bytes:
    """A PNG of some hundred bytes that says it is 30,000 by 30,000 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        told = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + told

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_a_png(form: str) -> None:
    with Image.open(BytesIO(read_logo(picture(form)))) as made:
        assert (made.format, made.size) == ("PNG", (60, 30))


def test_a_large_one_becomes_smaller_and_keeps_its_shape() -> None:
    with Image.open(BytesIO(read_logo(picture("PNG", (2_000, 500))))) as made:
        assert made.size == (SIDE_PX, SIDE_PX // 4)


def test_nothing_but_the_pixels_is_kept() -> None:
    note = PngInfo()
    note.add_text("Comment", "made by Marie at home")
    exif = Image.Exif()
    exif[0x010E] = "made by Marie at home"
    exif[0x0112] = 6  # lying on its side: it is turned upright
    for given in (
        picture("PNG", pnginfo=note, exif=exif, icc_profile=b"made by Marie"),
        picture("JPEG", exif=exif, comment=b"made by Marie"),
    ):
        made = read_logo(given)
        assert b"Marie" not in made
        with Image.open(BytesIO(made)) as shown:
            assert shown.size == (30, 60)
            assert not shown.getexif()


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert read_logo(picture("WEBP")) == read_logo(picture("WEBP"))


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        (b"<rect width='9' height='9'/>", "program as much as a picture"),
        (b"<script>alert(1)</script>", "carries a script"),
        (b"<rect onload='alert(1)'/>", "carries a script"),
        (b"<foreignObject/>", "carries a script"),
    ],
)
def test_an_svg_is_refused_and_why(inside: bytes, told: str) -> None:
    for lead in (b"", b"\xef\xbb\xbf", b"<?xml version='1.0'?>\n", b"<!-- -->\n "):
        with pytest.raises(BadInputError, match=told):
            read_logo(lead + SVG % inside)


def test_an_entity_is_never_followed() -> None:
    told = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG % b"&x;"
    with pytest.raises(BadInputError, match="carries a script or fetches"):
        read_logo(told)


def test_a_file_of_60_mb_is_answered_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logos.Image, "open", lambda *_, **__: pytest.fail("opened"))
    with pytest.raises(BadInputError, match="at most 8 MB, found 60 MB"):
        read_logo(b"\x89PNG" + bytes(60_000_000))
    assert LARGEST == 8_000_000


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(BadInputError):
        read_logo(bomb())
    with pytest.raises(BadInputError, match="40 million pixels, found 42"):
        read_logo(picture("PNG", (7_000, 6_000), "1"))


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"%PDF-1.7", picture("PNG")[:60], b"\x89PNG\r\n\x1a\n", picture("GIF")],
)
def test_what_is_no_picture_we_take_is_answered(content: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(BadInputError, match="PNG, JPEG or WebP"):
            read_logo(content)


def test_a_photograph_that_speaks_of_svg_is_still_a_photograph() -> None:
    note = PngInfo()
    note.add_text("XML", "<?xml version='1.0'?><svg/>")
    assert read_logo(picture("PNG", pnginfo=note)).startswith(b"\x89PNG")
