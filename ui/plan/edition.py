"""The page of an edition: its files as they were kept, and beside them what is different today."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from directory.actors import Status
from directory.atlas import Atlas
from directory.local_maps import LocalMap
from directory.local_maps.editions import Edition, Since, since
from exchange.assets import bundle_version
from exchange.settings import ROOT
from ui import look, wording
from ui.language import _, speaking
from ui.plan import kept
from ui.plan.answering import ASK_AGAIN, HTML, answer_with, in_words
from ui.plan.page import FONT, Way, tokens
from ui.plan.telling import direction, speech_of, text_of


def stored_map(atlas: Atlas, key: str) -> LocalMap | None:
    """Return a map with all its editions: they stay when the map itself is taken out of sight."""
    return atlas.directory.local_maps.get(key)


def edition_page(
    request: Request, found: LocalMap, atlas: Atlas, number: int, language: str
) -> Response:
    """Answer with the page of an edition, or say that it is not shown any more.

    Raises:
        UnknownIdError: there is no such edition.
    """
    edition = kept.edition_of(found, number)
    if not kept.is_shown(edition, atlas):
        return taken_back(request, found, atlas, language)
    speech, up = speech_of(edition.local_map, language), "../" * request.url.path.count("/", 1)
    with speaking(speech):
        text = look.TEMPLATES.get_template("plan_edition.html.j2").render(
            language=language,
            dir=direction(language),
            words_in=speech,
            title=text_of(edition.local_map.titles, language),
            day=_("Edition {number}, {day}", number=number, day=wording.day(edition.day)),
            kept=_("This edition stays as it was printed."),
            notes=[
                *_newer(edition, kept.editions_of(found, atlas)),
                *told_since(since(edition, atlas)),
            ],
            files=_files(edition, up, language),
            ways=_ways(found, up, language),
            makers=[maker.name for maker in edition.local_map.makers],
            made_by=_("Made by"),
            up=up,
            version=bundle_version(ROOT),
            tokens=tokens(f"{up}assets/{FONT}"),
        )
    return answer_with(request, text.encode(), HTML, cache=ASK_AGAIN)


def taken_back(request: Request, found: LocalMap, atlas: Atlas, language: str) -> Response:
    """Say that an edition is not shown any more, and lead to the next one and to the map."""
    speech, up = speech_of(found, language), "../" * request.url.path.count("/", 1)
    with speaking(speech):
        title = _("This edition is not shown any more")
        text = _("Something on it may not be told any more. The map of today is there.")
        newest = kept.editions_of(found, atlas)[:1]
        ways = [
            Way(
                label=_("Edition {number}, {day}", number=one.number, day=wording.day(one.day)),
                href=f"{up}{edition_address(one)}?{urlencode({'lang': language})}",
            )
            for one in newest
        ]
        return in_words(
            request, speech, title, text, 410, ways=[*ways, *_ways(found, up, language)]
        )


def edition_address(edition: Edition) -> str:
    """Return where the page of an edition is, below the root of the site."""
    return f"plan/{quote(edition.map_id, safe='')}/editions/{edition.number}"


def _files(edition: Edition, up: str, language: str) -> list[Way]:
    asked = f"?{urlencode({'lang': language})}"
    return [
        Way(
            label=_("Web page") if file.media_type == kept.PAGE else file.name,
            href=f"{up}{kept.edition_address(edition, file)}{asked}",
        )
        for file in sorted(edition.files, key=lambda one: one.media_type != kept.PAGE)
    ]


def _ways(found: LocalMap, up: str, language: str) -> list[Way]:
    if found.status is not Status.PUBLISHED:
        return []
    href = f"{up}plan/{found.id}?{urlencode({'lang': language})}"
    return [Way(label=_("This map, kept up to date"), href=href)]


def _newer(edition: Edition, shown: Sequence[Edition]) -> list[str]:
    newest = shown[0] if shown else edition
    if newest.number <= edition.number:
        return []
    return [_("There is a newer edition, of {day}.", day=wording.day(newest.day))]


def told_since(different: Since) -> list[str]:
    """Say by number what is different: the names stand in the edition itself."""
    told = []
    if different.gone:
        numbers = ", ".join(map(str, different.gone))
        told.append(_("No longer there since: {numbers}", numbers=numbers))
    if different.changed:
        numbers = ", ".join(map(str, different.changed))
        told.append(_("Changed since: {numbers}", numbers=numbers))
    return told
