"""The addresses of a workshop: plain pages, so that forty old phones and a laptop suffice."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any, Final

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from directory.texts import LANGUAGES
from directory.workshops import LinkEndedError, LinkUse
from geo.errors import PleinError
from ui.language import _, offered, say, speaking
from ui.plan.answering import HTML, answer_with, in_words
from ui.proposing.answers import Answer, answering
from ui.workshop import pages, taking
from ui.workshop.desk import opened
from ui.workshop.feed import feed

_PRIVATE: Final = {"Cache-Control": "no-store"}


def routes() -> list[BaseRoute]:
    """List what phones, sheets and the big screen ask."""
    posts = {"send": taking.send, "mine": taking.mine, "reply": taking.reply, "qr": _qr}
    return [
        Route("/w/{token}", _shortened),
        Route("/workshop/{token}", _page(pages.phone, LinkUse.PHONE)),
        Route("/workshop/{token}/sheet", _page(pages.lines, LinkUse.PHONE)),
        Route("/workshop/{token}/screen", _page(pages.screen, LinkUse.SCREEN)),
        Route("/workshop/{token}/feed", _feed),
        *(
            Route(f"/workshop/{{token}}/{name}", _posting(make), methods=["POST"])
            for name, make in posts.items()
        ),
    ]


async def _shortened(request: Request) -> Response:
    """Lead from the address somebody typed off the big screen."""
    asked = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"../workshop/{request.path_params['token']}{asked}", 303, _PRIVATE)


def _language(request: Request, among: Sequence[str] = LANGUAGES) -> str:
    """Return what was chosen on the page, else the browser's that the workshop is held in."""
    asked = request.query_params.get("lang", "")
    accepted = request.headers.get("accept-language", "")
    return asked if asked in LANGUAGES else offered("", accepted, among)


def _page(write: Callable[[Any, str, str], str], use: LinkUse) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        return await run_in_threadpool(_written, write, use, request)

    return answer


def _written(write: Callable[[Any, str, str], str], use: LinkUse, request: Request) -> Response:
    language, token = _language(request), request.path_params["token"]
    try:
        workshop = opened(token, use)
        language = _language(request, workshop.languages)
        with speaking(language):
            body = write(workshop, token, language)
    except PleinError as error:
        with speaking(language):
            title = _("This workshop is not here")
        status = 410 if isinstance(error, LinkEndedError) else 503
        return in_words(request, language, title, say(error, language), status)
    return answer_with(request, body.encode(), HTML, cache="no-store")


async def _feed(request: Request) -> Response:
    return await run_in_threadpool(_fed, request)


def _fed(request: Request) -> Response:
    language = _language(request)
    try:
        workshop = opened(request.path_params["token"], LinkUse.PHONE, LinkUse.SCREEN)
        found = feed(workshop, language)
    except PleinError as error:
        status = 410 if isinstance(error, LinkEndedError) else 503
        return JSONResponse({"error": say(error, language)}, status, _PRIVATE)
    headers = {"Cache-Control": "no-cache", "ETag": f'"{found.tag}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(found.body, headers=headers, media_type="application/json")


def _posting(make: Callable[[str], Answer]) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        answered: Response = await answering(make(request.path_params["token"]))(request)
        return answered

    return answer


def _qr(token: str) -> Answer:
    """Draw the way in for phones; the screen knows it from the part of its address nobody sends."""

    def answer(form: dict[str, Any], language: str, sender: str) -> dict[str, Any]:
        del language, sender
        code = str(form.get("phone") or "")
        base = taking.same_workshop(token, code) or str(form.get("base") or "")[:200]
        address = pages.way_in(base, code)
        drawn = BytesIO()
        segno.make(address, error="m", micro=False).save(
            drawn, kind="svg", border=3, xmldecl=False, svgns=True, omitsize=True
        )
        return {"svg": drawn.getvalue().decode(), "address": address}

    return answer
