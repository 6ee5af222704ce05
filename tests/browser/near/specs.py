"""What the parts of "Near me" are told in these tests."""

from typing import Any

from playwright.sync_api import Page, ViewportSize

EVIL = "<img src=x onerror=window.ran=1>"
LONG = "x" * 10_000
NARROW = ViewportSize(width=320, height=700)
TEXTS = {
    "label": "Où êtes-vous ?",
    "placeholder": "Rue, place, lieu",
    "hint": "Exemple : Rue Haute 298",
    "position": "Utiliser ma position",
    "position_note": "Ni gardée ni notée.",
    "position_wait": "Un instant",
    "position_denied": "Refusée : écrivez une adresse.",
    "position_unavailable": "Introuvable",
    "position_timeout": "Trop long",
    "suggestions_none": "Aucune suggestion",
    "suggestions_one": "Une suggestion",
    "suggestions_many": "{n} suggestions",
    "suggestions_failed": "Les suggestions ne viennent pas.",
    "search": "Chercher",
    "clear": "Effacer",
}
FIELD = {"lang": "fr", "texts": TEXTS, "suggest": "near/suggest", "value": ""}
WORDS = {
    "take": "Emporter",
    "taken": "Emporté",
    "take_full": "Deux lieux au plus.",
    "call": "Appeler {number}",
    "open_map": "Ouvrir dans mon plan",
    "on_foot": "à pied",
    "estimated": "estimé",
    "results_none": "Rien ici",
    "more": "Plus ({n})",
}
LON, LAT = 4.35, 50.84
OPEN_UNTIL = "Ouvert, ferme à 17 h"


def suggestion(label: str, key: str = "s1", **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "kind": "street",
        "label": label,
        "sub": "1000",
        "lon": LON,
        "lat": LAT,
        **more,
    }


def item(n: int, name: str = "Maison médicale", **more: Any) -> dict[str, Any]:
    return {
        "id": f"a{n}",
        "n": n,
        "name": name,
        "category": "Médecin",
        "group": "care",
        "icon": "maki:doctor",
        "walk": f"{n} min",
        "estimated": n == 2,
        "state": {"kind": ("open", "closed", "unknown")[n % 3], "text": OPEN_UNTIL},
        "facts": ["Français, arabe", "Gratuit"],
        "address": "Rue Haute 298, 1000 Bruxelles",
        "phone": {"text": "02 512 34 56", "href": "tel:+3225123456"},
        "geo": "geo:50.84,4.35?q=50.84,4.35",
        **more,
    }


def answers(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    told = {"lang": "fr", "texts": WORDS, "summary": "Trois lieux", "items": items, "taken": []}
    return {"selected": None, "take_max": 2, "page_size": 20, **told, **more}


def square(half: float) -> dict[str, Any]:
    west, east, south, north = LON - half, LON + half, LAT - half, LAT + half
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


def near(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    keys = ("id", "n", "group", "icon", "name")
    signs = [
        {
            **{key: one[key] for key in keys},
            "lon": LON + 0.003 * one["n"],
            "lat": LAT,
            "sub": "Médecin",
        }
        for one in items
    ]
    return {
        "origin": {"lon": LON, "lat": LAT, "label": "Rue Haute 298", "accuracy_m": None},
        "areas": [{"minutes": m, "geometry": square(m / 1000)} for m in (5, 10, 15)],
        "way": None,
        "way_estimated": False,
        "answers": signs,
        "fit": "first",
        "texts": {"origin": "Vous êtes ici", "area": "{n} minutes à pied"},
        **more,
    }


def map_spec(told: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    kept = {"lang": "fr", "bounds": [[50.80, 4.30], [50.88, 4.40]], "layers": [], **more}
    return {**kept, "near": told} if told else kept


def told(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate("told.splice(0)")
    return found


def answer(page: Page, *suggestions: dict[str, Any]) -> None:
    page.route("**/near/suggest", lambda route: route.fulfill(json={"suggestions": suggestions}))
