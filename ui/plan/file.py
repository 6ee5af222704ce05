"""A local map as one file: opens from a USB stick, needs no network and no server.

`python -m ui.plan.file marolles marolles.html --lang nl`
"""

import argparse
import base64
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from markupsafe import Markup

from directory.atlas import Atlas
from directory.local_maps import LocalMap
from directory.local_maps.numbering import area_of
from exchange.basemap_ground import read_ground
from exchange.poster.sheet import Ground
from exchange.settings import ROOT, settings
from geo.errors import N_, BadInputError, PleinError
from layers.plan_drawing import PlanMap, read_pieces, stand_alone
from ui import state
from ui.language import say
from ui.plan.ground import around, packed_ground
from ui.plan.kept import logos_of
from ui.plan.page import FONT, Way, Ways, article, spec_of, tokens
from ui.plan.published import public_map
from ui.plan.telling import languages_of, plan_of

BUILT: Final = ROOT / "static" / "built"


def plan_file(
    local_map: LocalMap,
    atlas: Atlas,
    ground: Ground,
    at: datetime,
    *,
    languages: Sequence[str] = (),
    edition: bool = False,
    address: str = "",
    logos: Mapping[str, bytes] = MappingProxyType({}),
) -> str:
    """Write a local map as one HTML page: list and map in its languages, the first one open.

    No clock and no chance: the same arguments and the same bundle give the same bytes. Who is open
    now is not told, since nobody knows when it is read: the hours are. `at` is the day it tells of,
    or that of the `edition` it is; `address` leads to the live map, where there is one; `logos` are
    the makers' as PNG by their SHA-256.
    """
    known = tuple(languages) or local_map.languages
    plans = [plan_of(local_map, atlas, code, at, present=False, edition=edition) for code in known]
    packed = packed_ground(ground, area_of(local_map, atlas))
    words = [
        article(
            _of_these(plan, known),
            links=_ways(plan, known, address),
            ground=bool(packed),
            logos=_pictures(local_map, logos),
        )
        for plan in plans
    ]
    found = PlanMap(Markup("\n").join(words), spec_of(plans, packed))
    first = plans[0]
    pieces = read_pieces(BUILT)
    return stand_alone(
        found,
        title=first["title"]["text"],
        language=first["language"],
        direction=first["dir"],
        script=pieces["script"],
        style=f"{pieces['style']}\n{_fonts()}{tokens()}",
    )


def _of_these(plan: dict[str, Any], known: Sequence[str]) -> dict[str, Any]:
    """Leave only the languages that are in the file."""
    told = [one for one in plan["languages"] if one["code"] in known]
    return {**plan, "languages": told}


def _ways(plan: dict[str, Any], known: Sequence[str], address: str) -> Ways:
    live = Way(label=plan["words"]["live"], href=f"{address}?lang={plan['language']}")
    return Ways(languages={code: f"#plan-{code}" for code in known}, more=[live] if address else [])


def _pictures(local_map: LocalMap, logos: Mapping[str, bytes]) -> list[dict[str, str]]:
    """Put the makers' logos inside, as data."""
    known = [maker for maker in local_map.makers if maker.logo in logos]
    return [
        {"name": one.name, "address": f"data:image/png;base64,{_text64(logos[one.logo])}"}
        for one in known
    ]


def _text64(content: bytes) -> str:
    return base64.b64encode(content).decode()


@cache
def _fonts() -> str:
    """Return the letters of our font inside the style: 46 kB that every screen shows alike."""
    path = BUILT / f"{FONT}-latin-wght-normal.woff2"
    data = _text64(path.read_bytes())
    return (
        '@font-face{font-family:"Atkinson Hyperlegible Next";font-weight:200 800;'
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}\n"
    )


def file_of(local_map: LocalMap, languages: Sequence[str] = (), address: str = "") -> str:
    """Write a local map as it stands now."""
    atlas = state.atlas()
    shown = around(area_of(local_map, atlas))
    ground = read_ground(settings().home, shown)
    return plan_file(
        local_map,
        atlas,
        ground,
        state.now(),
        languages=languages,
        address=address,
        logos=logos_of(local_map),
    )


def in_order(local_map: LocalMap, first: str) -> tuple[str, ...]:
    """Return the languages of a file that opens in one of them.

    >>> from datetime import date
    >>> told = {"id": "a", "titles": {"fr": "A"}, "neighbourhood_id": "a", "author": "A"}
    >>> in_order(LocalMap(**told, made_on=date(2026, 11, 27)), "nl")
    ('nl', 'fr')
    """
    known = local_map.languages
    return (first, *(code for code in known if code != first))


def main(arguments: list[str]) -> int:
    """Write a published local map to a file."""
    parser = argparse.ArgumentParser(prog="python -m ui.plan.file", description=__doc__)
    parser.add_argument("id")
    parser.add_argument("path", type=Path)
    parser.add_argument("--lang", default="")
    parser.add_argument("--address", default="", help="where the live map is")
    given = parser.parse_args(arguments)
    try:
        given.path.write_text(_asked(given), encoding="utf-8")
    except PleinError as error:
        sys.stderr.write(f"{say(error, 'en')}\n")
        return 1
    return 0


def _asked(given: argparse.Namespace) -> str:
    found = public_map(state.atlas(), given.id)
    if found is None:
        raise BadInputError(N_("There is no local map “{id}”."), id=given.id)
    if given.lang and given.lang not in languages_of(found):
        raise BadInputError(
            N_("Expected one of the languages {known}, found “{found}”."),
            known=", ".join(languages_of(found)),
            found=given.lang,
        )
    languages = in_order(found, given.lang) if given.lang else ()
    return file_of(found, languages, given.address)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
