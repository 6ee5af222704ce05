"""Logos from anybody: a plain picture comes out, or a clear answer."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from exchange import logos
from exchange.logos import LARGEST, SIDE_PX, read_logo
from geo.errors import BadInputError

SECRET = b"50.8366 4.3459 Rue Haute"


def picture(kind: str, *, size: tuple[int, int] = (40, 20), **given: object) -> bytes:
    """A red picture as a file of some kind."""
    file = BytesIO()
    Image.new("RGB", size, "#b8390e").save(file, kind, **given)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(read_logo(content)))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(side: int) -> bytes:
    """A small PNG that says it is `side` pixels wide and high."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_comes_out_as_png_of_the_same_size(kind: str) -> None:
    found = opened(picture(kind))
    assert (found.format, found.size) == ("PNG", (40, 20))
    pixel = found.convert("RGB").getpixel((20, 10))
    assert isinstance(pixel, tuple)
    # JPEG and WebP lose a little; 6 of 255 is not seen.
    assert all(abs(a - b) <= 6 for a, b in zip(pixel, (0xB8, 0x39, 0x0E), strict=True))


def test_a_large_one_is_made_smaller_in_proportion() -> None:
    assert opened(picture("PNG", size=(1600, 400))).size == (SIDE_PX, SIDE_PX // 4)


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert read_logo(picture("PNG")) == read_logo(picture("PNG"))


def test_nothing_of_the_file_is_kept_but_its_pixels() -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    for kind in ("JPEG", "WEBP", "PNG"):
        content = picture(kind, exif=exif)
        assert SECRET in content
        assert SECRET not in read_logo(content + b"<script>alert(1)</script>")
    made = opened(picture("JPEG", exif=exif, icc_profile=b"profile" * 20, comment=SECRET))
    assert made.info == {}


def test_a_photograph_that_lies_on_its_side_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter
    assert opened(picture("JPEG", exif=exif)).size == (20, 40)


def test_what_is_clear_stays_clear() -> None:
    file = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(file, "PNG")
    assert opened(file.getvalue()).getpixel((5, 5)) == (0, 0, 0, 0)


def test_sixty_megabytes_are_refused_unread() -> None:
    with pytest.raises(BadInputError, match=f"at most {LARGEST // 1_000_000} MB, found 60 MB"):
        read_logo(b"\0" * 60_000_000)


@pytest.mark.parametrize("side", [6_500, 20_000, 2_000_000])
def test_a_small_file_of_many_pixels_is_refused(side: int) -> None:
    content = bomb(side)
    assert len(content) < 2_000
    with pytest.raises(BadInputError, match="logo"):
        read_logo(content)


@pytest.mark.parametrize(
    "text",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        '<?xml version="1.0"?><svg onload="alert(1)"/>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>',
        '<svg><a href="javascript:alert(1)"/></svg>',
        "\ufeff  <!-- logo -->\n<SVG><SCRIPT/></SVG>",
        "<svg><foreignObject/></svg>",
        '<svg><image href="https://evil.example/a.png"/></svg>',
        "<svg><style>@import url(//evil.example)</style></svg>",
    ],
)
def test_an_svg_that_does_something_is_told_so(text: str) -> None:
    with pytest.raises(BadInputError, match=r"script or fetches something\. Save the logo as PNG"):
        read_logo(text.encode())


def test_a_plain_svg_is_refused_and_told_why() -> None:
    with pytest.raises(BadInputError, match=r"as much as a picture\. Save the logo as PNG"):
        read_logo(b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>')


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"%PDF-1.7",
        b"GIF89a" + b"\0" * 40,
        picture("BMP"),
        picture("TIFF"),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
)
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(BadInputError, match="PNG, JPEG or WebP"):
        read_logo(content)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_cut_anywhere_it_opens_or_is_told(kind: str) -> None:
    content = picture(kind, size=(90, 70))
    for end in range(0, len(content), max(1, len(content) // 40)):
        try:
            assert Image.open(BytesIO(read_logo(content[:end]))).format == "PNG"
        except BadInputError as error:
            assert "logo" in str(error)  # noqa: PT017 - either is right


def test_a_moving_picture_gives_its_first_one() -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    file = BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert opened(file.getvalue()).convert("RGB").getpixel((4, 4)) == (255, 0, 0)
    assert logos.KINDS == ("PNG", "JPEG", "WEBP")
