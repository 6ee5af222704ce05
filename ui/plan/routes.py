"""The addresses of the local maps: pages without Streamlit, so that an old phone opens them."""

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

from directory.atlas import Atlas
from directory.local_maps import LocalMap
from directory.local_maps.numbering import area_of
from directory.texts import LANGUAGES
from exchange.assets import bundle_version
from exchange.basemap import basemap_facts
from exchange.basemap_ground import read_ground
from exchange.settings import ROOT, settings
from geo.errors import PleinError, UnknownIdError
from ui import state
from ui.language import _, offered, say, speaking
from ui.plan import kept
from ui.plan.answering import ASK_AGAIN, FOR_EVER, HTML, answer_with, gone, in_words
from ui.plan.edition import edition_page, stored_map, taken_back
from ui.plan.file import file_of, in_order
from ui.plan.ground import around, packed_ground
from ui.plan.page import article, page, spec_of
from ui.plan.published import public_map
from ui.plan.telling import languages_of, plan_of, speech_of
from ui.plan.ways import logos_at, ways

KEPT_GROUNDS: Final = 32
Answer = Callable[[Request, LocalMap, str], Response]
Find = Callable[[Atlas, str], LocalMap | None]


def routes() -> list[BaseRoute]:
    """List what a local map is reached by."""
    return [
        Route("/plan/{id}", _answering(_page)),
        Route("/plan/{id}/embed", _answering(_embed)),
        Route("/plan/{id}/ground.json", _answering(_ground)),
        Route("/plan/{id}/file.html", _answering(_file)),
        Route("/plan/{id}/editions/{number:int}", _answering(_edition_page, stored_map)),
        Route("/plan/{id}/editions/{number:int}/{name}", _answering(_edition, stored_map)),
        Route("/plan/{id}/logos/{digest}.png", _answering(_logo)),
    ]


def _answering(answer: Answer, find: Find | None = None) -> Callable[[Request], Any]:
    """Find the map and the language one asks for; say in words where there is no such map."""

    async def answered(request: Request) -> Response:
        return await run_in_threadpool(_answer, answer, find or public_map, request)

    return answered


def _answer(answer: Answer, find: Find, request: Request) -> Response:
    found = None
    try:
        found = find(state.atlas(), request.path_params["id"])
        language = language_for(request, found)
        return gone(request, language) if found is None else answer(request, found, language)
    except UnknownIdError:
        return gone(request, _spoken(request, found))
    except PleinError as error:
        language = _spoken(request, found)
        with speaking(language):
            title = _("Plein is not ready yet")
        return in_words(request, language, title, say(error, language), 503)


def _spoken(request: Request, found: LocalMap | None) -> str:
    language = language_for(request, found)
    return speech_of(found, language) if found else language


def language_for(request: Request, found: LocalMap | None) -> str:
    """Return the language of the address, else the browser's, else the map's own first."""
    asked = request.query_params.get("lang", "")
    accepted = request.headers.get("accept-language", "")
    return offered(asked, accepted, languages_of(found) if found else LANGUAGES)


def _page(request: Request, found: LocalMap, language: str) -> Response:
    return _written(request, found, language, up="../", embedded=False)


def _embed(request: Request, found: LocalMap, language: str) -> Response:
    return _written(request, found, language, up="../../", embedded=True)


def _written(
    request: Request, found: LocalMap, language: str, *, up: str, embedded: bool
) -> Response:
    plan = plan_of(found, state.atlas(), language, state.now())
    version = ground_version(found)
    address = f"{up}plan/{found.id}/ground.json?{urlencode({'v': version})}" if version else None
    body = article(
        plan,
        links=ways(plan, kept.editions_of(found, state.atlas()), up=up, embedded=embedded),
        embedded=embedded,
        ground=bool(version),
        logos=logos_at(found, up),
    )
    text = page(plan, body, spec_of([plan], address), up=up, version=bundle_version(ROOT))
    return answer_with(request, text.encode(), HTML, cache=ASK_AGAIN)


def _ground(request: Request, found: LocalMap, language: str) -> Response:
    del language
    version = ground_version(found)
    body = ground_text(version, found).encode()
    current = bool(version) and request.query_params.get("v") == version
    return answer_with(request, body, "application/json", cache=FOR_EVER if current else ASK_AGAIN)


def _file(request: Request, found: LocalMap, language: str) -> Response:
    address = str(request.url.replace(path=f"/plan/{found.id}", query=""))
    text = file_of(found, in_order(found, language), address)
    answer = answer_with(request, text.encode(), HTML, cache=ASK_AGAIN)
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.id}.html"'
    return answer


def _edition_page(request: Request, found: LocalMap, language: str) -> Response:
    number = request.path_params["number"]
    return edition_page(request, found, state.atlas(), number, language)


def _edition(request: Request, found: LocalMap, language: str) -> Response:
    number, name = request.path_params["number"], request.path_params["name"]
    file = kept.file_of_edition(found, state.atlas(), number, name)
    if file is None:
        return taken_back(request, found, state.atlas(), language)
    media_type = HTML if file.media_type == kept.PAGE else file.media_type
    return answer_with(request, file.content, media_type, cache=ASK_AGAIN)


def _logo(request: Request, found: LocalMap, language: str) -> Response:
    del language
    png = kept.logo_of(found, request.path_params["digest"])
    return answer_with(request, png, "image/png", cache=FOR_EVER)


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
