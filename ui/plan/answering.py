"""How local maps are answered: compressed, "not modified" to who has it, in words if gone."""

import gzip
import hashlib
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from exchange.assets import bundle_version
from exchange.settings import ROOT
from ui import look
from ui.language import _, speaking
from ui.plan.page import FONT, Way, tokens

FOR_EVER: Final = "public, max-age=31536000, immutable"
"""An address that changes when its content does."""
ASK_AGAIN: Final = "no-cache"
"""Kept by the browser, and asked for each time: an actor that goes is gone at once."""
HTML: Final = "text/html; charset=utf-8"
PACKED: Final = ("text/", "application/json", "image/svg")
"""What gets smaller by gzip: not a PDF, nor a PNG."""


def answer_with(
    request: Request, body: bytes, media_type: str, *, cache: str, status: int = 200
) -> Response:
    """Answer gzipped to who knows it, and with "not modified" to who has it already."""
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {
        "Cache-Control": cache,
        "ETag": tag,
        "Vary": "Accept-Encoding, Accept-Language",
    }
    known = request.headers.get("if-none-match", "")
    if status == 200 and tag in (one.strip() for one in known.split(",")):  # noqa: PLR2004
        return Response(status_code=304, headers=headers)
    packed = media_type.startswith(PACKED) and "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        headers["Content-Encoding"] = "gzip"
        body = gzip.compress(body, mtime=0)
    return Response(body, status, headers=headers, media_type=media_type)


def gone(request: Request, language: str) -> Response:
    """Say that there is no such map, whether there is one that is not public or none."""
    with speaking(language):
        title = _("There is no such map")
        text = _(
            "It may have been taken away, or the address is not whole. The map of the whole "
            "region is still there."
        )
    return in_words(request, language, title, text, 404)


def in_words(
    request: Request,
    language: str,
    title: str,
    text: str,
    status: int,
    *,
    ways: Sequence[Way] = (),
) -> Response:
    """Answer with a page that says what is not there; it leads elsewhere, and to the region."""
    up = "../" * (request.url.path.count("/", 1))
    with speaking(language):
        told = look.TEMPLATES.get_template("plan_gone.html.j2").render(
            language=language,
            title=title,
            text=text,
            ways=ways,
            home=f"{up}?{urlencode({'lang': language})}",
            way=_("The map of the whole region"),
            up=up,
            version=bundle_version(ROOT),
            tokens=tokens(f"{up}assets/{FONT}"),
        )
    return answer_with(request, told.encode(), HTML, cache="no-store", status=status)
