"""Gaps as one sees them: the sum of it, the key, the ranked list, the map, what is apart."""

from typing import Any, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from directory.categories import CATEGORIES
from geo.coverage.gaps import DRAWS, FIRST, Apart
from layers import actors
from layers.layer import Scene
from ui import look
from ui.address import opens
from ui.browser import MAP, RANKING, mount
from ui.coverage.measured import Measured
from ui.coverage.names import area_name
from ui.coverage.packing import pack_classes
from ui.coverage.scales import UNKNOWN
from ui.coverage.seen import LAYERS_OF
from ui.gaps import words
from ui.gaps.asking import SHARE, name_of_level
from ui.gaps.colours import RANKS
from ui.gaps.ranking import Ranked, reasons, town
from ui.language import _, ngettext
from ui.mapview import PICK, bits, is_pick, picked
from ui.wording import number

STEPS: Final = (FIRST, 50, 100)
"""The last rank of each class but the last (our choice): ten to act on, fifty to look at."""
SURE: Final = 0.9
"""In so many draws an area is told to stay among the first."""
_GROUND: Final = ("tiles", "basemap", "municipalities")
"""Layers that are on from the start, beside the areas that are shaded and the places."""
_MAP: Final = "gaps_map"
_LIST: Final = "gaps_list"
_LISTED: Final = 20
"""Areas listed on the page; all of them are in what is taken along."""


def classes(answer: Ranked) -> NDArray[np.uint8]:
    """Return the class of each area by rank, the last where nothing lacks, 255 not known."""
    out = np.full(len(answer.ids), UNKNOWN, dtype=np.uint8)
    rank = answer.gaps.rank
    out[rank > 0] = np.searchsorted(STEPS, rank[rank > 0], side="left")
    out[answer.gaps.apart == Apart.NO_LACK] = len(STEPS) + 1
    return out


def labels(answer: Ranked) -> list[tuple[str, int, int]]:
    """Return label, class and number of areas of each class that there is, but the unknown."""
    told = classes(answer)
    counted = [
        (label, place, int((told == place).sum())) for place, label in enumerate(class_labels())
    ]
    return [row for row in counted if row[2]]


def class_labels() -> list[str]:
    """Name the classes in their order."""
    firsts = (1, *(last + 1 for last in STEPS))
    return [
        *(
            _("Rank {first} to {last}", first=first, last=last)
            for first, last in zip(firsts, STEPS, strict=False)
        ),
        _("Rank after {last}", last=STEPS[-1]),
        _("Known, and nobody lacks it"),
    ]


def show_sum(answer: Ranked) -> None:
    """Tell how many areas have a gap, and how many people."""
    look.render("gaps_sum.html.j2", title="", lines=summary(answer))


def show_sure(answer: Ranked) -> None:
    """Tell how sure the first ten are."""
    if told := robustness(answer):
        look.render("gaps_sum.html.j2", title=_("How sure is this order?"), lines=told)


def summary(answer: Ranked) -> list[str]:
    """Say how many areas have a gap and how many people are in them."""
    apart = answer.gaps.apart
    known = np.isin(apart, (Apart.NOT, Apart.NO_LACK))
    lines = [
        _(
            "{areas}: {n} of the {known} that are known have a gap; {apart} are not known.",
            areas=name_of_level(answer.asked.level),
            n=number(answer.count),
            known=number(int(known.sum())),
            apart=number(int((~known).sum())),
        )
    ]
    counted = known & ~np.isnan(answer.without)
    if counted.any():
        lines.append(
            ngettext(
                "{n} person there reaches none within {limit} minutes on foot.",
                "{n} people there reach none within {limit} minutes on foot.",
                round(float(answer.without[counted].sum())),
                limit=answer.asked.within_min,
            )
        )
    elif known.any():
        lines.append(_("How many people that is nobody can tell: population is not known yet."))
    return lines


def robustness(answer: Ranked) -> list[str]:
    """Say how the first ten hold when weights or the limit change."""
    first = (answer.gaps.rank > 0) & (answer.gaps.rank <= FIRST)
    total = int(first.sum())
    if not total:
        return []
    lines = []
    if answer.weighed == 0:
        lines.append(
            _(
                "No indicator counts: the need is the same everywhere, and the rank is by lack "
                "alone, then by minutes to the nearest."
            )
        )
    elif answer.weighed == 1:
        lines.append(_("One indicator counts: its weight changes nothing in the rank."))
    else:
        lines.append(
            _(
                "When the weights change ({draws} draws around yours), {n} of the first {total} "
                "stay among them in nine draws of ten.",
                draws=DRAWS,
                n=int((answer.robust.among_first[first] >= SURE).sum()),
                total=total,
            )
        )
    told = [
        _("{n} within {limit} minutes", n=int((rank[first] > 0)[rank[first] <= FIRST].sum()),
          limit=limit)
        for limit, rank in answer.by_limit.items()
        if limit != answer.asked.within_min
    ]  # fmt: skip
    lines.append(
        _("Of the first {total}, also among the first {ten}: {told}.", total=total, ten=FIRST,
          told=", ".join(told))
    )  # fmt: skip
    return lines


def show_key(answer: Ranked) -> None:
    """Name the classes of the map; unknown is a class of its own."""
    unknown = int((classes(answer) == UNKNOWN).sum())
    rows = [
        {"label": label, "shade": f"rank-{place}", "count": number(count)}
        for label, place, count in labels(answer)
    ]
    if unknown:
        rows.append({"label": _("Not known"), "shade": "unknown", "count": number(unknown)})
    look.render("gaps_key.html.j2", title=_("Rank by need × lack"), rows=rows)  # noqa: RUF001


def show_map(scene: Scene, answer: Ranked) -> None:
    """Draw the areas by rank, and the places that were counted."""
    chosen, what = picked(), answer.asked.what
    shown = [
        any(what in (key, CATEGORIES[key].group) for key in scene.atlas.actors[one].categories)
        for one in actors.order(scene)
    ]
    layer = LAYERS_OF[answer.asked.level]
    spec: dict[str, Any] = {
        "selected": {"layer": chosen.layer, "id": chosen.id} if chosen else None,
        "focus": True,
        "bounds": scene.atlas.territory.corners,
        "on": [*_GROUND, layer, "actors"],
        "dots": "actors",
        "shown": {"actors": bits(shown)},
        "shades": {
            "layer": layer,
            "colours": list(RANKS),
            "classes": pack_classes(classes(answer)),
            "labels": class_labels(),
        },
    }
    mount(MAP, scene, _MAP, spec, picked=lambda: _take(_MAP))


def show_list(scene: Scene, found: Measured, answer: Ranked) -> None:
    """List the first areas; each is a button that chooses it."""
    chosen, layer = picked(), LAYERS_OF[answer.asked.level]
    order = answer.gaps.order[:_LISTED]
    most = int(answer.robust.high[order].max(initial=0)) if answer.weighed > 1 else 0
    spec = {
        "layer": layer,
        "selected": chosen.id if chosen and chosen.layer == layer else None,
        "texts": {"label": _("Areas by rank"), "more": _("Show more ({n})")},
        "items": [_item(scene, found, answer, int(at)) for at in order],
        "most": most,
    }
    mount(RANKING, scene, _LIST, spec, picked=lambda: _take(_LIST))


def _item(scene: Scene, found: Measured, answer: Ranked, at: int) -> dict[str, Any]:
    area, level, robust = answer.ids[at], answer.asked.level, answer.robust
    low, high = int(robust.low[at]), int(robust.high[at])
    return {
        "id": area,
        "rank": int(answer.gaps.rank[at]),
        "name": area_name(found.atlas, level, area, scene.language),
        "sub": town(found.atlas, level, area, scene.language),
        "lines": lines(answer, at),
        "score": round(float(answer.gaps.score[at]), 3),
        "low": low,
        "high": high,
        "sure": rank_told(low, high) if answer.weighed > 1 else "",
    }


def rank_told(low: int, high: int) -> str:
    """Write the ranks that nine draws in ten give."""
    if low == high:
        return _("stays rank {n}", n=low)
    return _("rank {low} to {high}", low=low, high=high)


def lines(answer: Ranked, at: int) -> list[str]:
    """Say in one or two lines what an area lacks."""
    lacking, asked = float(answer.lacking[at]), answer.asked
    told = []
    if not np.isnan(lacking):
        without = float(answer.without[at])
        part = _(
            "{share} reach none within {limit} min",
            share=words.share(lacking),
            limit=asked.within_min,
        )
        told.append(part if np.isnan(without) else f"{part} · {words.people(without)}")
    if np.isnan(answer.minutes[at]):
        return told
    if asked.how == SHARE and np.isinf(answer.minutes[at]):
        return [*told, words.minutes(np.inf)]
    return [*told, _("{minutes} to the nearest", minutes=words.minutes(answer.minutes[at]))]


def show_apart(scene: Scene, found: Measured, answer: Ranked) -> None:
    """List the areas that are not ranked, by reason: unknown is not zero."""
    grouped = reasons(found, answer)
    total = sum(len(places) for places in grouped.values())
    if not total:
        return
    title = _("Not ranked, because not known: {n}", n=number(total))
    panel = st.expander(title, key=opens("gaps_apart"), on_change="rerun")
    if not panel.open:  # hundreds of names, sent again and again, for whoever reads them
        return
    with panel:
        look.render(
            "gaps_apart.html.j2",
            rows=[
                {
                    "reason": why,
                    "count": number(len(places)),
                    "names": [
                        area_name(found.atlas, answer.asked.level, answer.ids[at], scene.language)
                        for at in places
                    ],
                }
                for why, places in grouped.items()
            ],
        )


def _take(component: str) -> None:
    value = str(st.session_state[component].get("picked") or "")
    if is_pick(value):
        st.session_state[PICK] = value
