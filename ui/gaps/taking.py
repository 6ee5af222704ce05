"""What of the gaps is taken along: the first ten and why, every area, the weights, the map."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import streamlit as st

from directory.categories import CATEGORIES, GROUPS
from exchange.planning.described import (
    Cell,
    Column,
    Credit,
    Described,
    KeyLine,
    Mark,
    ShadedMap,
    Table,
)
from geo.coverage.gaps import CONCENTRATION, DRAWS, FIRST
from layers.layer import Scene
from ui.address import opens
from ui.coverage import sources
from ui.coverage.measured import Measured
from ui.coverage.names import area_name
from ui.coverage.scales import UNKNOWN
from ui.gaps import words
from ui.gaps.asking import SHARE, name_of_level
from ui.gaps.colours import RANKS
from ui.gaps.ranking import Ranked, reason, town
from ui.gaps.screen import classes, labels, robustness, summary
from ui.gaps.why import nearest
from ui.language import _


def show_method(answer: Ranked) -> None:
    """Tell how it is worked out."""
    panel = st.expander(_("How this is worked out"), key=opens("gaps_method"), on_change="rerun")
    if panel.open:
        panel.markdown("\n".join(f"- {line}" for line in method(answer)))


def method(answer: Ranked) -> tuple[str, ...]:
    """Say how it is worked out, with the names of what is used."""
    lack = (
        _("Lack: the share of the people of an area who reach none within the limit.")
        if answer.asked.how == SHARE
        else _("Lack: 1 − limit / minutes to the nearest (half of the people), 0 within the limit.")  # noqa: RUF001
    )
    return (
        _(
            "Everybody walks {pace} km/h along the streets, from where people live in the area to "
            "places in and beyond it.",
            pace=words.pace(),
        ),
        lack,
        _(
            "Need: the weighted mean of the indicators, each as its percentile rank among all "
            "areas where it is known: 0 % the least need, 100 % the greatest (OECD and JRC, "
            "Handbook on Constructing Composite Indicators, 2008)."
        ),
        _("Rank: by need × lack, then by minutes to the nearest, then by code."),  # noqa: RUF001
        _(
            "How sure: {draws} draws of weights around those chosen (Dirichlet distribution, "
            "concentration {n}); nine in ten give a rank in the interval.",
            draws=DRAWS,
            n=round(CONCENTRATION),
        ),
        _(
            "What is not known is not ranked: neither an area without streets, nor one near a "
            "place that no known street leads to."
        ),
    )


def describe(scene: Scene, found: Measured, answer: Ranked) -> Described:
    """Describe what is shown."""
    return Described(
        name="plein-gaps",
        title=_("Gaps: {what}", what=what(answer, scene.language)),
        language=scene.language,
        made_on=scene.at.date(),
        territory=found.atlas.territory,
        facts=_facts(found, answer, scene.language),
        summary=(*summary(answer), *robustness(answer)),
        parts=(
            _first(scene, found, answer),
            _map(scene, found, answer),
            _every(scene, found, answer),
            *_weights(answer, scene.language),
        ),
        method=method(answer),
        credits=_credits(scene, found, answer),
        neighbourhoods={key: tuple(one.sectors) for key, one in found.atlas.neighbourhoods.items()},
    )


def what(answer: Ranked, language: str) -> str:
    """Name what is asked for."""
    word = answer.asked.what
    if word in GROUPS:
        return _("{group}: all", group=GROUPS[word].labels.best(language))
    return CATEGORIES[word].labels.best(language)


def _facts(found: Measured, answer: Ranked, language: str) -> tuple[tuple[str, str], ...]:
    asked = answer.asked
    need = ", ".join(
        f"{one.known.label(language)}: {one.weight}" for one in asked.need if one.weight
    )
    return (
        (_("Who lacks what?"), what(answer, language)),
        (_("Within how many minutes on foot?"), str(asked.within_min)),
        (_("Which areas?"), name_of_level(asked.level)),
        (_("Need: indicators and their weights"), need or _("nothing: by lack alone")),
        (
            _("Places counted"),
            _("checked in the last year") if found.coverage.verified_only else _("all"),
        ),
        (_("Directory of"), found.atlas.day.isoformat()),
    )


def _first(scene: Scene, found: Measured, answer: Ranked) -> Table:
    rows = []
    for at in answer.gaps.order[:FIRST]:
        near = nearest(scene, found, answer, int(at))[:1]
        rows.append(
            (
                answer.ids[at],
                *_named(scene, found, answer, int(at)),
                int(answer.gaps.rank[at]),
                _cell(answer.lacking[at]),
                _cell(answer.without[at]),
                _cell(answer.minutes[at]),
                f"{near[0]['name']} ({near[0]['minutes']})" if near else None,
            )
        )
    return Table(
        id="first",
        title=_("The first {n}, and why", n=len(rows)),
        columns=(
            Column(id="code", title=_("Code")),
            Column(id="name", title=_("Area")),
            Column(id="municipality", title=_("Municipality")),
            Column(id="rank", title=_("Rank"), kind="whole"),
            Column(id="share_without", title=_("Reach none in time"), kind="share"),
            Column(id="people_without", title=_("People without"), kind="whole"),
            _minutes(answer),
            Column(id="nearest", title=_("Nearest to the middle one of its people")),
        ),
        rows=tuple(rows),
        level=answer.asked.level,
    )


def _every(scene: Scene, found: Measured, answer: Ranked) -> Table:
    gaps, robust = answer.gaps, answer.robust
    ranked = gaps.order
    order = [*ranked, *np.flatnonzero(gaps.rank == 0)]
    rows = []
    for at in order:
        known = gaps.rank[at] > 0
        rows.append(
            (
                answer.ids[at],
                *_named(scene, found, answer, int(at)),
                int(gaps.rank[at]) if known else None,
                "" if known else reason(found, answer, int(at)),
                *(_cell(one[at]) for one in (gaps.score, gaps.lack, gaps.need)),
                *(_cell(one[at]) for one in (answer.people, answer.without, answer.minutes)),
                *((int(robust.low[at]), int(robust.high[at])) if known else (None, None)),
                _cell(robust.among_first[at]),
                *(int(rank[at]) or None for rank in answer.by_limit.values()),
                *(_cell(told.values[at]) for told in answer.need),
            )
        )
    return Table(
        id="areas",
        title=_("Every area"),
        columns=(*_columns(answer), *_indicator_columns(answer, scene.language)),
        rows=tuple(rows),
        level=answer.asked.level,
        notes=(_("Areas that are not ranked stand at the end, each with the reason."),),
    )


def _columns(answer: Ranked) -> tuple[Column, ...]:
    return (
        Column(id="code", title=_("Code")),
        Column(id="name", title=_("Area")),
        Column(id="municipality", title=_("Municipality")),
        Column(id="rank", title=_("Rank"), kind="whole"),
        Column(id="why_not", title=_("Why not ranked")),
        Column(id="score", title=_("Need × lack"), kind="share", on_paper=False),  # noqa: RUF001
        Column(id="lack", title=_("Lack"), kind="share"),
        Column(id="need", title=_("Need"), kind="share", on_paper=False),
        Column(id="people", title=_("People"), kind="whole", on_paper=False),
        Column(id="people_without", title=_("People without"), kind="whole"),
        _minutes(answer),
        Column(id="rank_low", title=_("Rank at best"), kind="whole"),
        Column(id="rank_high", title=_("Rank at worst"), kind="whole"),
        Column(id="among_first", title=_("Among the first ten"), kind="share", on_paper=False),
        *(
            Column(
                id=f"rank_{limit}",
                title=_("Rank within {n} minutes", n=limit),
                kind="whole",
                on_paper=False,
            )
            for limit in answer.by_limit
        ),
    )


def _minutes(answer: Ranked) -> Column:
    """Return the column of minutes: where no way leads, it is more than the longest of all."""
    longest = max((each for each in answer.minutes if np.isfinite(each)), default=15.0)
    return Column(
        id="nearest_min",
        title=_("Minutes to the nearest"),
        kind="minutes",
        most=float(np.ceil(longest)),
    )


def _indicator_columns(answer: Ranked, language: str) -> tuple[Column, ...]:
    kinds = {"people": "whole", "share": "share", "euro": "number", "number": "number"}
    return tuple(
        Column(
            id=one.known.indicator.id,
            title=one.known.label(language),
            kind=kinds[one.known.indicator.unit.value],  # type: ignore[arg-type]
            on_paper=False,
        )
        for one in answer.asked.need
    )


def _weights(answer: Ranked, language: str) -> Sequence[Table]:
    if not answer.asked.need:
        return ()
    total = sum(one.weight for one in answer.asked.need) or 1
    rows = tuple(
        (
            one.known.label(language),
            one.weight / total,
            _("low") if one.less_is_need else _("high"),
            one.known.indicator.year,
            one.known.indicator.source.name,
            _("estimated from the district") if told.estimated else _("as published"),
        )
        for one, told in zip(answer.asked.need, answer.need, strict=True)
    )
    columns = (
        Column(id="indicator", title=_("Indicator")),
        Column(id="weight", title=_("Weight"), kind="share"),
        Column(id="sense", title=_("Need is where it is")),
        Column(id="year", title=_("Year"), kind="text"),
        Column(id="source", title=_("Source")),
        Column(id="how", title=_("How the areas have it")),
    )
    told = tuple((a, b, c, str(year), e, f) for a, b, c, year, e, f in rows)
    return (Table(id="weights", title=_("Indicators and weights"), columns=columns, rows=told),)


def _map(scene: Scene, found: Measured, answer: Ranked) -> ShadedMap:
    told = labels(answer)
    place = {number: at for at, (_label, number, _count) in enumerate(told)}
    place[UNKNOWN] = len(told)
    found_classes = classes(answer)
    unknown = int((found_classes == UNKNOWN).sum())
    return ShadedMap(
        id="gaps",
        title=_("Rank by need × lack"),  # noqa: RUF001
        level=answer.asked.level,
        ids=answer.ids,
        classes=tuple(place[int(number)] for number in found_classes),
        key=(
            *(KeyLine(label=a, colour=RANKS[b], areas=n) for a, b, n in told),
            KeyLine(label=_("Not known"), colour="", areas=unknown),
        ),
        marks=_marks(scene, found, answer),
    )


def _marks(scene: Scene, found: Measured, answer: Ranked) -> tuple[Mark, ...]:
    services = found.coverage.services
    rows = services.rows(found.place(answer.asked.what))
    if found.coverage.verified_only:
        rows = rows[services.verified[rows]]
    return tuple(
        Mark(
            lon=float(services.spots.lon[row]),
            lat=float(services.spots.lat[row]),
            label=found.atlas.actors[found.ids[row]].names.best(scene.language),
        )
        for row in rows
    )


def _credits(scene: Scene, found: Measured, answer: Ranked) -> tuple[Credit, ...]:
    services = found.coverage.services
    rows = services.rows(found.place(answer.asked.what))
    counted = Counter(
        (actor.source.name, actor.source.licence)
        for actor in (found.atlas.actors[found.ids[row]] for row in rows)
    )
    places = [
        Credit(name=source, licence=licence, gave=_("places"))
        for (source, licence), _count in counted.most_common()
    ]
    figures = {
        one.known.indicator.id: Credit(
            name=one.known.indicator.source.name,
            licence=one.known.indicator.source.licence,
            date=str(one.known.indicator.year),
            gave=one.known.indicator.names.best(scene.language),
        )
        for one in answer.asked.need
    }
    ground = found.atlas.territory
    return (sources.outlines(ground), *places, *figures.values(), sources.streets())


def _named(scene: Scene, found: Measured, answer: Ranked, at: int) -> tuple[str, str]:
    level, area = answer.asked.level, answer.ids[at]
    return (
        area_name(found.atlas, level, area, scene.language),
        town(found.atlas, level, area, scene.language),
    )


def _cell(value: float) -> Cell:
    return None if np.isnan(value) else float(value)
