"""What a form posts to: it opens a session or ends one, and answers with a cookie and a way on.

A browser sends along which page a form stands on: only ours is heard. A way on is one of our own
pages, whatever the form says. What was typed is neither logged nor sent back.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from directory.people.sessions import REFUSED as WRONG
from directory.people.sessions import Opened, SignInRefusedError
from directory.texts import LANGUAGES
from geo.errors import PleinError
from ui.signing import cookies, device, office, said

LONGEST_FORM: Final = 16_384
"""Bytes: a name, a password and a token, of letters that take three bytes each written as %XX."""
FIELDS: Final = 10
_WAY_ON = re.compile(r"[a-z][a-z-]{0,39}(\?[A-Za-z0-9_.~%&=+,:-]{0,2000})?")
FORM: Final = "application/x-www-form-urlencoded"
Fields = Mapping[str, str]
"""Names of fields that a form or a page has already, `name` or `lang`, are taken out on the way."""


def way_on(wanted: str, language: str = "") -> str:
    """Return the address of one of our pages from a form's, as asked if it is one, else the first.

    >>> way_on("queue?id=3", "nl"), way_on("//evil.example"), way_on("https://evil.example", "fr")
    ('../queue?id=3&lang=nl', '../', '../?lang=fr')
    """
    page = wanted if _WAY_ON.fullmatch(wanted) else ""
    if language in LANGUAGES and "lang=" not in page:
        page += f"{'&' if '?' in page else '?'}lang={language}"
    return f"../{page}"


def is_from_here(request: Request) -> bool:
    """Tell whether a form stood on a page of ours, by what the browser itself says of it."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    told = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        host = urlsplit(told).netloc
    except ValueError:
        return False
    here = {request.headers.get("Host"), request.headers.get("X-Forwarded-Host")}
    return bool(host) and host in here


async def _fields(request: Request) -> Fields | None:
    """Read a form of ours; None where it is longer than any of ours can be."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            return None
    try:
        found = parse_qs(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS, errors="strict"
        )
    except ValueError:
        return None
    return {name: values[0] for name, values in found.items()}


def _answering(
    act: Callable[[Request, Fields], Response],
) -> Callable[[Request], object]:
    """Return a route that checks where a form comes from and reads it before anything is done."""

    async def answer(request: Request) -> Response:
        if not is_from_here(request):
            return PlainTextResponse("This form is not one of this site.", status_code=403)
        if request.headers.get("Content-Type", "").split(";")[0].strip() != FORM:
            return PlainTextResponse(f"Expected {FORM}.", status_code=415)
        if _is_open(request):
            return _back({}, PleinError(said.INSECURE))
        fields = await _fields(request)
        if fields is None:
            return _back({}, PleinError(said.TOO_LONG))
        response = await run_in_threadpool(act, request, fields)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def _enter(request: Request, fields: Fields) -> Response:
    try:
        opened = office.sessions().sign_in(
            fields.get("login", ""),
            fields.get("password", ""),
            address=_address(request),
            device=_device(request),
            before=_token(request),
        )
    except PleinError as error:
        return _back(fields, error, next=fields.get("next", ""))
    return _on(request, opened, fields)


def _accept(request: Request, fields: Fields) -> Response:
    token = fields.get("invitation", "")
    try:
        opened = office.invitations().accept(
            token,
            name=fields.get("called", ""),
            login=fields.get("login", ""),
            password=fields.get("password", ""),
            device=_device(request),
        )
    except PleinError as error:
        return _back(fields, error, invitation=token)
    return _on(request, opened, fields)


def _change(request: Request, fields: Fields) -> Response:
    try:
        found = office.sessions().find(_token(request))
        if found is None:
            raise SignInRefusedError(WRONG)
        opened = office.sessions().change_password(
            found.account,
            fields.get("password", ""),
            fields.get("new", ""),
            address=_address(request),
            device=_device(request),
        )
    except PleinError as error:
        return _back(fields, error)
    response = _back(fields, PleinError(said.DONE))
    cookies.put(response, opened.token, opened.ends_at, plain=_is_plain(request))
    return response


def _leave(request: Request, fields: Fields) -> Response:
    response = RedirectResponse(way_on("", fields.get("language", "")), status_code=303)
    try:
        office.sessions().leave(_token(request))
    except PleinError as error:
        return _back(fields, error)
    cookies.drop(response, plain=_is_plain(request))
    return response


def _on(request: Request, opened: Opened, fields: Fields) -> Response:
    """Answer with the cookie and the way on."""
    way = way_on(fields.get("next", ""), fields.get("language", ""))
    response = RedirectResponse(way, status_code=303)
    cookies.put(response, opened.token, opened.ends_at, plain=_is_plain(request))
    return response


def _back(fields: Fields, error: PleinError, **kept: str) -> Response:
    """Answer with the page the form stands on, which says why."""
    language = fields.get("language", "")
    found = {
        **{name: value for name, value in kept.items() if _may_stand(name, value)},
        **said.query(error),
        **({"lang": language} if language in LANGUAGES else {}),
    }
    return RedirectResponse(f"../sign-in?{urlencode(found)}", status_code=303)


def _may_stand(name: str, value: str) -> bool:
    shape = _WAY_ON if name == "next" else re.compile(r"[A-Za-z0-9_-]{1,64}")
    return shape.fullmatch(value) is not None


def _address(request: Request) -> str:
    """Return whose browser it is; a proxy at this machine says for whom it asks."""
    return request.client.host if request.client else ""


def _device(request: Request) -> str:
    return device.name_of(request.headers.get("User-Agent", ""))


def _token(request: Request) -> str:
    return cookies.read(request.cookies, request.headers)


def _is_open(request: Request) -> bool:
    """Tell whether a form travels unlocked between two machines."""
    return request.headers.get("Origin", "").startswith("http:") and not _is_plain(request)


def _is_plain(request: Request) -> bool:
    return cookies.is_plain(request.headers.get("Host", ""), request.headers.get("Origin", ""))


def routes() -> list[BaseRoute]:
    """List what forms post to."""
    acts = {"enter": _enter, "accept": _accept, "password": _change, "leave": _leave}
    return [
        Route(f"/account/{name}", _answering(act), methods=["POST"]) for name, act in acts.items()
    ]
