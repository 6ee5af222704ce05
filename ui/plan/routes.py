"""The addresses of the local maps: pages without Streamlit, so that an old phone opens them."""

import gzip
import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import shapely
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from directory.local_maps import LocalMap
from directory.local_maps.numbering import area_of
from directory.texts import LANGUAGES
from exchange.assets import bundle_version
from exchange.basemap import basemap_facts
from exchange.basemap_ground import read_ground
from exchange.settings import ROOT, settings
from geo.errors import PleinError
from ui import look, state
from ui.language import _, say, speaking
from ui.plan.file import file_of, in_order
from ui.plan.ground import around, packed_ground
from ui.plan.page import FONT, Way, Ways, article, page, spec_of, tokens
from ui.plan.published import public_map
from ui.plan.telling import languages_of, plan_of

FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"
"""Kept by the browser, and asked for each time: an actor that goes is gone at once."""
KEPT_GROUNDS: Final = 32


def routes() -> list[BaseRoute]:
    """List what a local map is reached by."""
    return [
        Route("/plan/{id}", _answering(_page)),
        Route("/plan/{id}/embed", _answering(_embed)),
        Route("/plan/{id}/ground.json", _answering(_ground)),
        Route("/plan/{id}/file.html", _answering(_file)),
    ]


def _answering(answer: Callable[[Request, LocalMap, str], Response]) -> Callable[[Request], Any]:
    """Find the map and the language one asks for; say in words where there is no such map."""

    async def answered(request: Request) -> Response:
        return await run_in_threadpool(_answer, answer, request)

    return answered


def _answer(answer: Callable[[Request, LocalMap, str], Response], request: Request) -> Response:
    found = None
    try:
        found = public_map(state.atlas(), request.path_params["id"])
        language = language_for(request, found)
        return _gone(request, language) if found is None else answer(request, found, language)
    except PleinError as error:
        language = language_for(request, found)
        speech = language if language in LANGUAGES else LANGUAGES[0]
        with speaking(speech):
            title = _("Plein is not ready yet")
        return _in_words(request, speech, title, say(error, speech), 503)


def language_for(request: Request, found: LocalMap | None) -> str:
    """Return the language of the address, else the browser's, else the map's own first."""
    offered = languages_of(found) if found else LANGUAGES
    asked = request.query_params.get("lang", "")
    if asked in offered:
        return asked
    for wished in request.headers.get("accept-language", "").split(","):
        code = wished.split(";")[0].strip().split("-")[0].lower()
        if code in offered:
            return code
    return offered[0]


def _page(request: Request, found: LocalMap, language: str) -> Response:
    return _written(request, found, language, up="../", embedded=False)


def _embed(request: Request, found: LocalMap, language: str) -> Response:
    return _written(request, found, language, up="../../", embedded=True)


def _written(
    request: Request, found: LocalMap, language: str, *, up: str, embedded: bool
) -> Response:
    plan = plan_of(found, state.atlas(), language, state.now())
    here = f"{up}plan/{found.id}"
    version = ground_version(found)
    address = f"{here}/ground.json?{urlencode({'v': version})}" if version else None
    mine = f"?{urlencode({'lang': language})}"
    words = plan["words"]
    own = Way(label=words["own_window"], href=f"{here}{mine}")
    take = Way(label=words["take"], href=f"{here}/file.html{mine}", download=True)
    wrong = Way(label=words["wrong"], href=f"{up}propose?{urlencode({'lang': plan['words_in']})}")
    links = Ways(
        languages={
            one["code"]: f"?{urlencode({'lang': one['code']})}" for one in plan["languages"]
        },
        more=[own] if embedded else [take, wrong],
        home=f"{up}?{urlencode({'lang': plan['words_in']})}",
    )
    body = article(plan, links=links, embedded=embedded, ground=bool(version))
    text = page(plan, body, spec_of([plan], address), up=up, version=bundle_version(ROOT))
    return answer_with(request, text.encode(), "text/html; charset=utf-8", cache=ASK_AGAIN)


def _ground(request: Request, found: LocalMap, language: str) -> Response:
    del language
    version = ground_version(found)
    body = ground_text(version, found).encode()
    current = bool(version) and request.query_params.get("v") == version
    return answer_with(request, body, "application/json", cache=FOR_EVER if current else ASK_AGAIN)


def _file(request: Request, found: LocalMap, language: str) -> Response:
    address = str(request.url.replace(path=f"/plan/{found.id}", query=""))
    text = file_of(found, in_order(found, language), address)
    answer = answer_with(request, text.encode(), "text/html; charset=utf-8", cache=ASK_AGAIN)
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.id}.html"'
    return answer


def ground_version(found: LocalMap) -> str:
    """Return what changes when the ground of a map does; empty where there is none."""
    facts = basemap_facts(settings().home)
    area = area_of(found, state.atlas())
    if facts is None or shapely.is_empty(area):
        return ""
    told = f"{facts['sha256']}{shapely.to_wkb(around(area), hex=True)}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def ground_text(version: str, found: LocalMap) -> str:
    """Return the ground of a map as JSON, `null` where there is none."""
    area = area_of(found, state.atlas())
    return _ground_text(version, settings().home, area) if version else "null"


@lru_cache(maxsize=KEPT_GROUNDS)
def _ground_text(version: str, home: Path, area: shapely.Geometry) -> str:
    del version
    told = packed_ground(read_ground(home, around(area)), area)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _gone(request: Request, language: str) -> Response:
    with speaking(language):
        title = _("There is no such map")
        text = _(
            "It may have been taken away, or the address is not whole. The map of the whole "
            "region is still there."
        )
    return _in_words(request, language, title, text, 404)


def _in_words(request: Request, language: str, title: str, text: str, status: int) -> Response:
    up = "../" * (request.url.path.count("/", 1))
    with speaking(language):
        told = look.TEMPLATES.get_template("plan_gone.html.j2").render(
            language=language,
            title=title,
            text=text,
            home=f"{up}?{urlencode({'lang': language})}",
            way=_("The map of the whole region"),
            up=up,
            version=bundle_version(ROOT),
            tokens=tokens(f"{up}assets/{FONT}"),
        )
    return answer_with(
        request, told.encode(), "text/html; charset=utf-8", cache="no-store", status=status
    )


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
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        body = gzip.compress(body, mtime=0)
    return Response(body, status, headers=headers, media_type=media_type)
