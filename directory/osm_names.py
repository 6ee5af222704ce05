"""Which language a name or a street of OpenStreetMap is in; Brussels writes "FR - NL"."""

import re
from collections.abc import Callable, Mapping

from directory.hygiene import clean_text
from directory.search import plain
from directory.texts import UNDETERMINED, Texts

_CODE = re.compile(r"name:([a-z]{2})")
_BETWEEN = " - "

_FRENCH_STREET = re.compile(
    r"(?:grand )?(?:rue|avenue|chaussee|boulevard|place|placette|parvis|quai|square|clos|dreve"
    r"|allee|impasse|galerie|rond point|route|sentier|chemin|cour|petite rue|grande rue|vieille rue"
    r"|montagne|esplanade|promenade|passage|venelle|cite|mail|porte|pont|marche|cours|champ|val"
    r"|digue|rampe|escalier|vieux|grand route|grand place)\b"
)
_DUTCH_STREET = re.compile(
    r".*(?:straat|laan|plein|steenweg|weg|baan|kaai|dreef|gang|plaats|square|hof|lei|pad|dijk|berg"
    r"|markt|straatje|voorplein|wijk|gaarde|galerij|brug|poort|park|wegel|wandeling|warande)"
    r"(?: .*)?"
)

_FRENCH_NAME = re.compile(
    r"(?:ecole|ecoles|centre|maison|salle|bibliotheque|creche|pharmacie|administration|commune"
    r"|commissariat|institut|athenee|lycee|eglise|service|bureau|foyer|polyclinique|clinique"
    r"|hopital|theatre|antenne|academie|internat|espace|mediatheque|ludotheque)\b"
)
_DUTCH_NAME = re.compile(
    r"(?:school|basisschool|kleuterschool|gemeenteschool|centrum|huis|buurthuis|zaal|bibliotheek"
    r"|kinderdagverblijf|creche|apotheek|gemeentehuis|gemeente|politie\w*|wijk\w+|instituut"
    r"|atheneum|lyceum|kerk|dienst|kantoor|polikliniek|kliniek|ziekenhuis|schouwburg|theater"
    r"|antenne|academie|internaat|ruimte|mediatheek|ludotheek|medisch|cultureel|gemeenschap\w*"
    r"|\w+(?:school|centrum|huis|bibliotheek))\b"
)


def read_name(tags: Mapping[str, str]) -> Texts:
    """Return the names by language; "und" for one whose language nobody told.

    A name "FR - NL" is split only where its halves are told by `name:fr` and `name:nl`, or where
    each begins with a word of its language.

    Raises:
        BadInputError: a name is longer than the directory keeps.

    >>> read_name({"name": "Salle Borgval - Zaal Borgval"}).root
    {'fr': 'Salle Borgval', 'nl': 'Zaal Borgval'}
    """
    named = {
        found[1]: text
        for key, value in sorted(tags.items())
        if (found := _CODE.fullmatch(key)) and (text := clean_text(value, field="names"))
    }
    whole = clean_text(tags.get("name", ""), field="names")
    told = set(named.values())
    if whole and whole not in told and not set(whole.split(_BETWEEN)) <= told:
        split = {} if named else _split(whole, _begins_french, _begins_dutch)
        named |= split or {UNDETERMINED: whole}
    return Texts(named)


def read_street(text: str) -> Texts:
    """Return a street by language; "und" where that is not sure.

    >>> read_street("Route de Lennik - Lennikse Baan").root
    {'fr': 'Route de Lennik', 'nl': 'Lennikse Baan'}
    """
    if not text:
        return Texts()
    if _BETWEEN not in text:
        french, dutch = _street_is_french(text), _street_is_dutch(text)
        if french is dutch:
            return Texts({UNDETERMINED: text})
        return Texts({"fr" if french else "nl": text})
    return Texts(_split(text, _street_is_french, _street_is_dutch) or {UNDETERMINED: text})


def _split(
    text: str, is_french: Callable[[str], bool], is_dutch: Callable[[str], bool]
) -> dict[str, str]:
    halves = text.split(_BETWEEN)
    if len(halves) != 2 or not all(half.strip() for half in halves):  # noqa: PLR2004 - two languages
        return {}
    first, second = halves
    for french, dutch in ((first, second), (second, first)):
        if is_french(french) and is_dutch(dutch) and not is_french(dutch):
            return {"fr": french.strip(), "nl": dutch.strip()}
    return {}


def _begins_french(text: str) -> bool:
    return _FRENCH_NAME.match(plain(text)) is not None


def _begins_dutch(text: str) -> bool:
    return _DUTCH_NAME.match(plain(text)) is not None


def _street_is_french(text: str) -> bool:
    return _FRENCH_STREET.match(plain(text)) is not None


def _street_is_dutch(text: str) -> bool:
    return _DUTCH_STREET.fullmatch(plain(text)) is not None
