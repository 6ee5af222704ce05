"""What a person wrote or pressed becomes a point, a question, or a kind sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geo.geocoding import Answer, Candidate, Query, Rung
from geo.geocoding.addresses import parse
from ui.language import _
from ui.nearby.ground import Ground
from ui.nearby.origin import Origin, point
from ui.nearby.suggestions import MOST, TEXT_MAX, street_line, suggest

ON_STREET = (Rung.ADDRESS, Rung.INTERPOLATED, Rung.STREET, Rung.PLACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The answer to "where are you": a point, or places to choose from, and what to say."""

    origin: Origin | None = None
    choices: tuple[Origin, ...] = ()
    sentence: str = ""


def ask(ground: Ground, told: Any, language: str) -> Asked:
    """Read what the field or the map told."""
    kind = told.get("kind") if isinstance(told, dict) else ""
    if kind == "text":
        return _written(ground, str(told.get("text") or "")[:TEXT_MAX], language)
    if kind == "position" and told.get("error"):
        return Asked(sentence=_refused(str(told["error"])))
    origin = point(told)
    if origin is None:
        return Asked(sentence=_("This place could not be read. Write it, or press it on the map."))
    if origin.inaccurate:
        return Asked(
            sentence=_(
                "Your device knows where you are only within {metres} metres. "
                "Write your street, or press the map where you are.",
                metres=round(origin.accuracy_m or 0),
            )
        )
    return Asked(origin=origin)


def _refused(error: str) -> str:
    if error == "denied":
        return _("Your device may not tell where it is. Write your street, or press the map.")
    return _("Your device could not find where it is. Write your street, or press the map.")


def _written(ground: Ground, text: str, language: str) -> Asked:
    if not any(sign.isalnum() for sign in text):
        return Asked(sentence=_("Write a street, a square or the name of a place."))
    if ground.geocoder is None:
        return _without_streets(ground, text, language)
    answer = ground.geocoder.find(Query(text=text))
    if answer.rung not in ON_STREET or answer.best is None:
        return _too_large(ground, answer, text, language)
    if answer.ambiguous and (question := _question(ground, answer, language)):
        return question
    best = _origins(ground, (answer.best,), language)
    if best:
        lost = answer.rung is Rung.STREET and parse(text).number
        return Asked(origin=best[0], sentence=_lost(answer.best, language) if lost else "")
    return Asked(
        choices=_proposed(ground, text, language),
        sentence=_(
            "The street {street} is known here, but not where it lies. "
            "Press the map where you are.",
            street=street_line(answer.best, language)[0],
        ),
    )


def _question(ground: Ground, answer: Answer, language: str) -> Asked | None:
    """Ask back which street is meant; None where only one is left that has a place."""
    choices = _origins(ground, answer.candidates, language)
    elsewhere = any("place" in reason.params for reason in answer.reasons)
    if elsewhere or len(choices) > 1:
        reason = answer.reasons[-1]
        return Asked(choices=choices, sentence=_(reason.message, **reason.params))
    return Asked(origin=choices[0]) if choices else None


def _lost(best: Candidate, language: str) -> str:
    return _(
        "This house number is not known here: we count from {street}. "
        "Move the pin to be more exact.",
        street=street_line(best, language)[0],
    )


def _without_streets(ground: Ground, text: str, language: str) -> Asked:
    choices = _proposed(ground, text, language)
    if len(choices) == 1:
        return Asked(origin=choices[0])
    if choices:
        return Asked(choices=choices, sentence=_("Which one is it?"))
    return Asked(
        sentence=_(
            "No list of streets is installed here. Write the name of a place or of your "
            "neighbourhood, or press the map where you are."
        )
    )


def _proposed(ground: Ground, text: str, language: str) -> tuple[Origin, ...]:
    lines = suggest(ground, text, language)[:MOST]
    return tuple(
        Origin(lon=one["lon"], lat=one["lat"], label=_line(one["label"], one["sub"]))
        for one in lines
    )


def _too_large(ground: Ground, answer: Answer, text: str, language: str) -> Asked:
    if answer.rung in (Rung.POSTCODE, Rung.MUNICIPALITY):
        return Asked(
            sentence=_(
                "A whole municipality is too large to count minutes from. "
                "Add your street, or press the map where you are."
            )
        )
    near = _without_streets(ground, text, language)
    if near.origin or near.choices:
        return near
    outside = [str(one.params["postcode"]) for one in answer.reasons if "postcode" in one.params]
    if outside:
        return Asked(
            sentence=_(
                "Postcode {postcode} lies outside the neighbourhoods of this map. "
                "Write an address inside, or press the map.",
                postcode=outside[0],
            )
        )
    return Asked(
        sentence=_(
            "No street or place here is called so. Look at the spelling, "
            "write only the street, or press the map where you are."
        )
    )


def _origins(ground: Ground, candidates: Sequence[Candidate], language: str) -> tuple[Origin, ...]:
    """Turn candidates into points; two that are called the same are one to who reads."""
    found: dict[str, Origin] = {}
    for one in candidates:
        if one.lon is None or one.lat is None:
            continue
        if one.place_id in ground.atlas.actors:
            label = ground.atlas.actors[one.place_id].names.best(language)
        else:
            label = _line(*street_line(one, language))
        found.setdefault(label, Origin(lon=one.lon, lat=one.lat, label=label))
    return tuple(found.values())


def _line(label: str, sub: str) -> str:
    return ", ".join(filter(None, (label, sub)))
