"""What the browser fetches beside the pages, and the rules every answer carries.

Our bundle, the layers and the basemap come from here; nothing leaves for another host.
"""

import gzip
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from directory.texts import LANGUAGES
from exchange.assets import bundle_version
from exchange.settings import ROOT, settings
from geo.errors import PleinError
from geo.levels import Level
from layers.drawing import build_map, embed
from layers.layer import Scene
from layers.registry import LAYERS
from ui import pieces, state
from ui.coverage import inhabitants
from ui.description import describe
from ui.language import catalog, say
from ui.nearby.ground import ground
from ui.nearby.suggestions import suggest
from ui.plan.answering import FOR_EVER
from ui.plan.routes import routes as plan_routes
from ui.proposing import answers
from ui.received import body_of
from ui.signing.routes import routes as signing_routes
from ui.texts import map_texts
from ui.workshop.routes import routes as workshop_routes

BUILT = ROOT / "static" / "built"
REVISION_DIGITS = 19
"""A number of more digits is no revision of a database."""
LONGEST_TYPED = 4_000
"""Bytes of what is asked while one types: two hundred letters of any script, and braces."""
DAY_LETTERS = 10
"""As in 2026-11-27."""
KEPT_ANSWERS = 64
"""Layers kept compressed in memory: seven layers in three languages, and yesterday's."""


def policy(tile_server: str) -> str:
    """Return the content security policy: ourselves, and an administrator's tile server.

    Streamlit needs inline scripts and `eval`; without another host to talk to, neither can
    carry anything away.
    """
    host = urlsplit(tile_server.replace("{s}", "*"))
    tiles = f" {host.scheme}://{host.netloc}" if tile_server else ""
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob:{tiles}",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


class Guard:
    """Puts the policy on every answer; what is not an embed cannot be framed by others."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.policy = policy(settings().tile_server)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with our headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        own = "" if scope["path"].endswith("/embed") else "; frame-ancestors 'self'"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = self.policy + own
                headers["Referrer-Policy"] = "same-origin"
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=()"
            await send(message)

        await self.app(scope, receive, guarded)


class KeptFiles(StaticFiles):
    """Static files whose address carries a version (`?v=`) are kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer, and say for how long the answer holds."""
        response = await super().get_response(path, scope)
        versioned = b"v=" in scope.get("query_string", b"")
        response.headers["Cache-Control"] = FOR_EVER if versioned else "no-cache"
        return response


class Answers:
    """Layers drawn and compressed, by name, language and version; the least used goes first."""

    def __init__(self, size: int = KEPT_ANSWERS) -> None:
        self._size = size
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str, str], bytes] = OrderedDict()
        self._hidings = 0

    def get(self, name: str, scene: Scene, version: str, hidings: int = 0) -> bytes:
        """Return a layer of a scene as gzipped GeoJSON.

        `hidings` is `state.hidings()` of the scene: what was drawn before the last time
        something was hidden is forgotten.
        """
        key = (name, scene.language, version)
        with self._lock:
            if hidings > self._hidings:
                self._kept.clear()
                self._hidings = hidings
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        drawn = {**(LAYERS[name].features(scene) or {}), "version": version}
        text = json.dumps(drawn, ensure_ascii=False, separators=(",", ":"))
        body = gzip.compress(text.encode(), compresslevel=9, mtime=0)
        with self._lock:
            if hidings == self._hidings:
                self._kept[key] = body
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return body


ANSWERS = Answers()


def _scene_of(version: Callable[[Scene], str], language: str, wanted: str) -> tuple[Scene, str]:
    """Return the scene a page was told of, else the present one, and its version.

    Another process may have told it of a change this one has not read yet.
    """
    scene = state.scene(language)
    revision = wanted.split("-", maxsplit=1)[0]
    if version(scene) != wanted and revision.isdecimal() and len(revision) < REVISION_DIGITS:
        state.store().expect(int(revision))
        scene = state.scene(language)
    for atlas in state.recent():
        told = replace(scene, atlas=atlas)
        if version(told) == wanted:
            return told, wanted
    past = _past_scene(scene, wanted)
    if past is not None and version(past) == wanted:
        return past, wanted
    return scene, version(scene)


def _past_scene(scene: Scene, wanted: str) -> Scene | None:
    """Return the scene of a past day, which some versions end with."""
    try:
        day = date.fromisoformat(wanted[-DAY_LETTERS:])
        return replace(scene, atlas=state.past_atlas(day))
    except ValueError:  # no day, or none the history knows
        return None


def _layer(request: Request) -> Response:
    name, language = request.path_params["name"], request.path_params["language"]
    if name not in LAYERS or language not in LANGUAGES:
        return PlainTextResponse("There is no such layer.", status_code=404)
    wanted = request.path_params["version"]
    try:
        hidings = -1
        while hidings != state.hidings():
            hidings = state.hidings()
            scene, version = _scene_of(LAYERS[name].version, language, wanted)
        body = ANSWERS.get(name, scene, version, hidings)
    except PleinError as error:
        return JSONResponse({"error": say(error, language)}, status_code=503)
    return _packed(request, body, "application/geo+json", kept=version == wanted)


async def layer_features(request: Request) -> Response:
    """Answer with a layer's features, for ever where the address is the current one."""
    return await run_in_threadpool(_layer, request)


def _described(request: Request) -> Response:
    language, wanted = request.path_params["language"], request.path_params["version"]
    if language not in LANGUAGES:
        return PlainTextResponse("There is no such language.", status_code=404)
    try:
        scene, version = _scene_of(lambda scene: describe(scene).version, language, wanted)
        body = gzip.compress(describe(scene).text.encode(), mtime=0)
    except PleinError as error:
        return JSONResponse({"error": say(error, language)}, status_code=503)
    return _packed(request, body, "application/json", kept=version == wanted)


def _people(request: Request) -> Response:
    wanted = request.path_params["version"]
    try:
        level = Level(request.path_params["level"])
        scene, version = _scene_of(inhabitants.version, LANGUAGES[0], wanted)
        body = gzip.compress(inhabitants.as_json(scene, level).encode(), mtime=0)
    except ValueError:
        return PlainTextResponse("There is no such level.", status_code=404)
    except PleinError as error:
        return JSONResponse({"error": say(error, "fr")}, status_code=503)
    return _packed(request, body, "application/json", kept=version == wanted)


async def people_by_area(request: Request) -> Response:
    """Answer with the people of the areas of a level, for ever where it is the current one."""
    return await run_in_threadpool(_people, request)


async def map_description(request: Request) -> Response:
    """Answer with what the map and the list are told once, for ever where it is the current one."""
    return await run_in_threadpool(_described, request)


def _piece(request: Request) -> Response:
    name = next(name for name in pieces.TYPES if request.url.path.endswith(f"/{name}"))
    current = pieces.address(name).endswith(f"={request.query_params.get('v')}")
    body = gzip.compress(pieces.content(name).encode(), mtime=0)
    return _packed(request, body, pieces.TYPES[name], kept=current)


def _packed(request: Request, body: bytes, media_type: str, *, kept: bool) -> Response:
    """Answer with a gzipped body, unpacked for who knows no gzip; `kept` for ever or not at all."""
    headers = {"Cache-Control": FOR_EVER if kept else "no-store", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return Response(body, media_type=media_type, headers=headers)


async def near_suggestions(request: Request) -> Response:
    """Answer what is typed with what it may become; by POST, so that no address holds it."""
    try:
        told = json.loads(await body_of(request, LONGEST_TYPED) or b"")
        text, language = str(told["text"]), str(told["lang"])
    except (ValueError, KeyError, TypeError):
        return JSONResponse({"error": "Expected {text, lang}."}, status_code=400)
    found = await run_in_threadpool(_suggested, text, language)
    return JSONResponse({"suggestions": found}, headers={"Cache-Control": "no-store"})


def _suggested(text: str, language: str) -> list[dict[str, Any]]:
    try:
        return suggest(ground(), text, language if language in LANGUAGES else "fr")
    except PleinError:
        return []


def _embed(request: Request) -> Response:
    asked = request.query_params.get("lang", "fr")
    language = asked if asked in LANGUAGES else "fr"
    try:
        found = build_map(state.scene(language), LAYERS.values(), map_texts(catalog(language)))
        return HTMLResponse(embed(found, bundle_address()))
    except PleinError as error:
        return PlainTextResponse(say(error, language), status_code=503)


async def embedded_map(request: Request) -> Response:
    """Answer with the map alone, for an `iframe` on a partner's site."""
    return await run_in_threadpool(_embed, request)


@cache
def bundle_address(name: str = "plein.js") -> str:
    """Return the address of a script the set-up made: another one when it is."""
    return f"assets/{name}?v={bundle_version(ROOT)}"


def routes() -> list[BaseRoute]:
    """List what is served beside the pages."""
    web = settings().home / "web"
    web.mkdir(parents=True, exist_ok=True)
    return [
        Route("/layers/{name}/{language}/{version}.json", layer_features),
        Route("/map/{language}/{version}.json", map_description),
        *(Route(f"/{name}", _piece) for name in pieces.TYPES),
        Route("/people/{level}/{version}.json", people_by_area),
        Route("/near/suggest", near_suggestions, methods=["POST"]),
        *signing_routes(),
        *answers.routes(),
        *plan_routes(),
        *workshop_routes(),
        Route("/embed", embedded_map),
        Mount("/assets", KeptFiles(directory=BUILT, check_dir=False)),
        Mount("/tiles", KeptFiles(directory=web, check_dir=False)),
    ]


def middleware() -> list[Middleware]:
    """List what every answer passes through."""
    return [Middleware(Guard)]
