"""Where the page of a local map leads: its languages, its file, its poster, its editions."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from directory.local_maps import LocalMap
from directory.local_maps.editions import Edition
from ui.language import speaking
from ui.plan.edition import edition_address as page_address
from ui.plan.kept import PAGE, PRINTED, edition_address, first_of
from ui.plan.page import Way, Ways
from ui.plan.telling import Told
from ui.wording import day


def ways(plan: Told, editions: Sequence[Edition], *, up: str, embedded: bool) -> Ways:
    """Return the links of a page; `up` leads to the root of the site."""
    words, mine = plan["words"], urlencode({"lang": plan["language"]})
    told = urlencode({"lang": plan["words_in"]})
    here = f"{up}plan/{plan['id']}"
    own = Way(label=words["own_window"], href=f"{here}?{mine}")
    take = Way(label=words["take"], href=f"{here}/file.html?{mine}", download=True)
    wrong = Way(label=words["wrong"], href=f"{up}propose?{told}")
    languages = [one["code"] for one in plan["languages"]]
    return Ways(
        languages={code: f"?{urlencode({'lang': code})}" for code in languages},
        more=[own] if embedded else [*_poster(plan, editions, up), take, wrong],
        editions=[] if embedded else _editions(plan, editions, up),
        home=f"{up}?{told}",
    )


def _poster(plan: Told, editions: Sequence[Edition], up: str) -> list[Way]:
    """Lead to the sheet of the newest edition that has one."""
    for edition in editions:
        if file := first_of(edition, PRINTED):
            return [
                Way(label=plan["words"]["poster"], href=f"{up}{edition_address(edition, file)}")
            ]
    return []


def _editions(plan: Told, editions: Sequence[Edition], up: str) -> list[Way]:
    found = []
    for edition in editions:
        file = first_of(edition, PAGE) or first_of(edition, "")
        if file is not None:
            lang = f"?{urlencode({'lang': plan['language']})}"
            address = f"{up}{page_address(edition)}"
            label = edition_in_words(edition, plan["words_in"])
            found.append(Way(label=label, href=address + lang))
    return found


def edition_in_words(edition: Edition, language: str) -> str:
    """Name an edition by its day, in one of our languages."""
    with speaking(language):
        return day(edition.day)


def logos_at(local_map: LocalMap, up: str) -> list[dict[str, Any]]:
    """Return the makers' logos with their addresses."""
    return [
        {"name": maker.name, "address": f"{up}plan/{local_map.id}/logos/{maker.logo}.png"}
        for maker in local_map.makers
        if maker.logo
    ]
