"""A proposal as a draft: which present neighbourhoods go on, how the new ones are called."""

from collections import Counter
from collections.abc import Collection, Iterable

import pandas as pd

from geo.neighbourhood_edits import Area, Draft, id_of
from geo.planning.proposal import Proposal
from geo.territory import Territory

LANGUAGES = ("fr", "nl")


def draft_of(
    proposal: Proposal, draft: Draft, territory: Territory, *, taken: Iterable[str] = ()
) -> Draft:
    """Lay a proposal over a draft: what it does not speak of stays.

    A group that continues a neighbourhood keeps its id, names and lived boundary; the others are
    named after their district. A neighbourhood of which nothing is left ends. `taken` are ids no
    new one may have, beside those of the draft.
    """
    spoken_of = frozenset(proposal.codes)
    kept = {
        key: Area(names=area.names, sectors=area.sectors - spoken_of, lived=area.lived)
        for key, area in draft.areas.items()
    }
    areas, fresh = dict(kept), []
    for sectors, key in zip(proposal.sectors(), proposal.continues, strict=True):
        known = kept.get(key) if key else None
        if key and known:
            codes = known.sectors | set(sectors)
            areas[key] = Area(names=known.names, sectors=codes, lived=known.lived)
        else:
            fresh.append(sectors)
    called_so = {name for area in draft.areas.values() for name in area.names.values()}
    ids = {*taken, *draft.areas}
    for sectors, names in zip(fresh, names_of(fresh, territory, taken=called_so), strict=True):
        made = id_of([names.get("nl", ""), names.get("fr", "")], ids)
        ids.add(made)
        areas[made] = Area(names=names, sectors=frozenset(sectors))
    was_empty = {key for key, area in draft.areas.items() if not area.sectors}
    left = {key: area for key, area in areas.items() if area.sectors or key in was_empty}
    return Draft(ground=draft.ground, areas=dict(sorted(left.items())))


def names_of(
    groups: Iterable[Iterable[str]], territory: Territory, *, taken: Collection[str] = ()
) -> list[dict[str, str]]:
    """Name groups of sectors after the district with the most of their ground.

    Where several would be called alike, or one is (`taken`), the largest sector of each is added;
    a group whose sectors are in no district is called after its largest sector.
    """
    sectors = territory.sectors
    area, district = dict(sectors["area_ha"]), dict(sectors["district"])
    first: list[tuple[str, str]] = []
    for group in groups:
        codes = sorted(code for code in group if code in area)
        ground: Counter[str] = Counter()
        for code in codes:
            ground[str(district[code])] += area[code]
        ground.pop("", None)
        best = max(ground, key=lambda key: (ground[key], key), default="")
        largest = max(codes, key=lambda code: (area[code], code), default="")
        first.append((best, largest))
    often = Counter(best for best, _ in first)
    for best in often:
        often[best] += any(_told(territory.districts, best, one) in taken for one in LANGUAGES)
    return [_named(territory, best, largest, alone=often[best] == 1) for best, largest in first]


def _named(territory: Territory, district: str, sector: str, *, alone: bool) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        large = _told(territory.districts, district, language)
        small = _told(territory.sectors, sector, language)
        parts = [large] if large and alone else [large, small]
        name = " \N{EN DASH} ".join(dict.fromkeys(filter(None, parts)))
        if name:
            found[language] = name
    return found


def _told(frame: pd.DataFrame, key: str, language: str) -> str:
    return str(frame[f"name_{language}"].get(key, "")) if key else ""
