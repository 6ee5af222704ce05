"""A maker's logo, made anew from what was given: nothing of the file itself is kept."""

import re
import warnings
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from geo.errors import N_, BadInputError

LARGEST: Final = 8_000_000
"""Bytes of the file (our choice: a photograph of a good telephone)."""
MOST_PIXELS: Final = 40_000_000
"""More would take 160 MB to open (our choice)."""
SIDE_PX: Final = 800
"""A logo 7 cm wide at 300 dots an inch (our choice)."""
KINDS: Final = ("PNG", "JPEG", "WEBP")
_BEGINS: Final = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")
_SVG = re.compile(rb"<(?:\?xml|!DOCTYPE|svg)", re.IGNORECASE)
_ACTIVE = re.compile(
    rb"<\s*script|\son\w+\s*=|javascript:|<!ENTITY|<\s*foreignObject"
    rb"|(?:href|src)\s*=\s*[\"']?(?:https?:|//)|@import|url\(\s*[\"']?(?:https?:|//)",
    re.IGNORECASE,
)


def read_logo(content: bytes) -> bytes:
    """Return the picture in a file as PNG of at most 800 px a side.

    Raises:
        BadInputError: too large, an SVG, or no PNG, JPEG or WebP.
    """
    if len(content) > LARGEST:
        raise BadInputError(
            N_("Expected a logo of at most {most} MB, found {found} MB. Save it smaller."),
            most=LARGEST // 1_000_000,
            found=round(len(content) / 1_000_000),
        )
    if not content.startswith(_BEGINS) and _SVG.search(content[:2_000]):
        refused = N_("An SVG is a program as much as a picture. Save the logo as PNG.")
        carried = N_("This SVG carries a script or fetches something. Save the logo as PNG.")
        raise BadInputError(carried if _ACTIVE.search(content) else refused)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=KINDS) as found:
                return _made(found)
    except BadInputError:  # a ValueError too
        raise
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise BadInputError(
            N_("Expected a PNG, JPEG or WebP picture that opens. Save the logo again as PNG.")
        ) from error


def _made(found: Image.Image) -> bytes:
    wide, high = found.size
    if wide * high > MOST_PIXELS:
        raise BadInputError(
            N_("Expected a logo of at most {most} million pixels, found {found}. Save it smaller."),
            most=MOST_PIXELS // 1_000_000,
            found=round(wide * high / 1_000_000),
        )
    turned = ImageOps.exif_transpose(found).convert("RGBA")
    turned.thumbnail((SIDE_PX, SIDE_PX))
    bare = Image.new("RGBA", turned.size)
    bare.paste(turned)  # the pixels alone: no text, profile or place of a photograph comes along
    file = BytesIO()
    bare.save(file, "PNG")
    return file.getvalue()
