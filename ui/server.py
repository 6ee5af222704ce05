"""What the browser fetches beside the pages, and the rules every answer carries.

Our bundle, the layers and the basemap come from here; nothing leaves for another host.
"""

import gzip
import json
from functools import lru_cache
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
from layers.drawing import build_map, embed
from layers.registry import LAYERS
from ui import state
from ui.language import catalog
from ui.texts import map_texts

BUILT = ROOT / "static" / "built"
FOR_EVER = "public, max-age=31536000, immutable"
"""An address that changes when its content does."""
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


@lru_cache(maxsize=KEPT_ANSWERS)
def _compressed(name: str, language: str, version: str) -> bytes:
    """Draw one layer's features as gzipped GeoJSON; `version` is that of the current scene."""
    del version
    features = LAYERS[name].features(state.scene(language))
    text = json.dumps(features, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def _layer(request: Request) -> Response:
    name, language = request.path_params["name"], request.path_params["language"]
    if name not in LAYERS or language not in LANGUAGES:
        return PlainTextResponse("There is no such layer.", status_code=404)
    try:
        version = LAYERS[name].version(state.scene(language))
        body = _compressed(name, language, version)
    except PleinError as error:
        return JSONResponse({"error": catalog(language).gettext(error.message)}, status_code=503)
    current = version == request.path_params["version"]
    headers = {
        "Cache-Control": FOR_EVER if current else "no-store",
        "Vary": "Accept-Encoding",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return Response(body, media_type="application/geo+json", headers=headers)


async def layer_features(request: Request) -> Response:
    """Answer with a layer's features, for ever where the address is the current one."""
    return await run_in_threadpool(_layer, request)


def _embed(request: Request) -> Response:
    asked = request.query_params.get("lang", "fr")
    language = asked if asked in LANGUAGES else "fr"
    found = build_map(state.scene(language), LAYERS.values(), map_texts(catalog(language)))
    return HTMLResponse(embed(found, bundle_address()))


async def embedded_map(request: Request) -> Response:
    """Answer with the map alone, for an `iframe` on a partner's site."""
    return await run_in_threadpool(_embed, request)


@lru_cache(maxsize=1)
def bundle_address() -> str:
    """Return the address of the bundle the set-up made: another one when it is."""
    return f"assets/plein.js?v={bundle_version(ROOT)}"


def routes() -> list[BaseRoute]:
    """List what is served beside the pages."""
    web = settings().home / "web"
    web.mkdir(parents=True, exist_ok=True)
    return [
        Route("/layers/{name}/{language}/{version}.json", layer_features),
        Route("/embed", embedded_map),
        Mount("/assets", KeptFiles(directory=BUILT, check_dir=False)),
        Mount("/tiles", KeptFiles(directory=web, check_dir=False)),
    ]


def middleware() -> list[Middleware]:
    """List what every answer passes through."""
    return [Middleware(Guard)]
