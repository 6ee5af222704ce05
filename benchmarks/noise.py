"""Addresses as people write them: real streets, a noise a class, and what each truly means.

It shares no table and no function with geo/geocoding, so that what is measured is not what was
taught. Every draw follows from one seed.
"""

import csv
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.geocoding import Query, StreetRow


def _words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


STREETS = "best_brussels_streets_2022.csv"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ABBREVIATIONS_FR = {
    "avenue": ("av.", "av", "ave"), "boulevard": ("bd", "bld", "blvd", "bd."),
    "chaussée": ("ch.", "chée", "chée."), "place": ("pl.", "pl"), "square": ("sq.", "sq"),
    "saint": ("st", "st."), "sainte": ("ste", "ste."), "général": ("gén.", "gen."),
    "docteur": ("dr", "dr."), "professeur": ("prof.",), "rue": ("r.",), "chemin": ("chem.",),
    "impasse": ("imp.",), "allée": ("all.",), "notre-dame": ("n.-d.", "nd"),
    "monseigneur": ("mgr",), "commandant": ("cdt",), "lieutenant": ("lt",), "drève": ("dr.",),
}  # fmt: skip
ABBREVIATIONS_NL = {
    "straat": ("str.", "str"), "laan": ("ln", "ln."), "steenweg": ("stwg", "stw.", "stwg."),
    "plein": ("pl.", "pln"), "plaats": ("plts", "plts."), "sint": ("st", "st."),
    "onze-lieve-vrouw": ("O.L.V.", "olv"), "generaal": ("gen.",), "dokter": ("dr.", "dr"),
    "professor": ("prof.",), "burgemeester": ("burg.",), "kolonel": ("kol.",),
    "luitenant": ("lt.",), "square": ("sq.",),
}  # fmt: skip
TITLES = _words_of(
    "général generaal docteur dokter doctor professeur professor monseigneur commandant colonel "
    "kolonel lieutenant luitenant capitaine kapitein maréchal maarschalk bourgmestre burgemeester "
    "cardinal kardinaal père pater abbé baron comte graaf comtesse gravin roi koning reine "
    "koningin prince prins princesse prinses duc hertog major majoor sergent président ingénieur "
    "ingenieur ministre minister chanoine kanunnik pasteur curé pastoor frère broeder sœur soeur "
    "zuster jean joseph henri emile charles paul françois louis pierre léon georges jules albert "
    "eugène victor auguste guillaume jacques maurice edouard edmond antoine adolphe ernest "
    "alphonse félix gustave fernand andré rené jean-baptiste frans robert alfred arthur camille "
    "marcel armand philippe jan karel michel raymond hubert roger théodore olivier nicolas "
    "gabriel hector franz fritz ferdinand constant désiré xavier lambert martin marie maria "
    "thérèse jeanne louise anna élisabeth berthe marguerite willem jef jozef hendrik pieter "
    "edgard edgar edith yvonne hélène émile oscar max richard daniel david thomas isidore "
    "hippolyte evariste valère clément clement firmin firmin léopold gérard simon lucien "
    "dominique egide gilles arnold sylvain rodolphe achille abbé alexandre benoît blaise"
)
"""What may be dropped: titles and given names."""
SMALL = _words_of("de du des la le les l d aux au a van den der het op ter ten te et en")
SYLLABLES = sorted(
    _words_of(
        "bra cor del fen gri hul jas kem lor mav nop pel quin rast sil tor vul wen zan bou cha dre "
        "fla gon hec lim mur nal pri rou ster tri vand wij ber dal sche noy"
    )
)

Key = tuple[int, str]
"""A street: postcode and French name; all that share both are one street over a border."""


@dataclass(frozen=True, slots=True)
class Row:
    """A noisy address; `equal` are the other streets its text fits as well as the true one."""

    noise: str
    query: Query
    truth: Key | None
    equal: frozenset[Key]
    number: str
    name: str
    """The noisy street name by itself: what a peer that reads no addresses is given."""
    postcode: int
    town: str


def read_streets(folder: Path) -> list[StreetRow]:
    """Read the street list, one row for each name, postcode and municipality."""
    with (folder / STREETS).open(encoding="utf-8", newline="") as file:
        rows = {
            StreetRow(
                line["street_fr"], line["street_nl"], int(line["postal_id"]),
                line["city_fr"], line["city_nl"],
            )
            for line in csv.DictReader(file)
        }  # fmt: skip
    return sorted(rows)


def plain(text: str) -> str:
    """Fold for comparing: small letters without accents and signs."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", kept))


class Noise:
    """Draws noisy addresses of every class from a list of streets."""

    def __init__(self, streets: list[StreetRow], seed: int) -> None:
        self.streets = streets
        self.random = random.Random(seed)  # noqa: S311 - a benchmark
        self._same: dict[tuple[str, str], set[Key]] = defaultdict(set)
        self._within: dict[tuple[str, int], list[tuple[str, Key]]] = defaultdict(list)
        for street in streets:
            for language in ("fr", "nl"):
                name = plain(_name(street, language))
                self._same[language, _glued(name)].add(_key(street))
                self._within[language, street.postcode].append((name, _key(street)))
                self._within[language, 0].append((name, _key(street)))
        self.postcodes = sorted(
            {street.postcode for street in streets if street.postcode % 10 == 0}
        )

    def rows(self, noise: str) -> Iterator[Row]:
        """Draw one address a street that this noise can touch."""
        make = CLASSES[noise]
        for street in self.streets:
            language = self.random.choice(("fr", "nl"))
            made = make(self, street, language)
            if made is not None:
                yield self._row(noise, street, language, made)

    def invented(self, count: int) -> Iterator[Row]:
        """Draw streets that are nowhere: made of syllables, with a real type and postcode.

        A name one typing error from a real street of that postcode is drawn anew: nobody could
        tell it from that error.
        """
        kinds = ("Rue", "Avenue", "Place", "Rue de la", "Clos", "Boulevard", "straat", "laan")
        real = {plain(name) for street in self.streets for name in street[:2]}
        while count:
            kind = self.random.choice(kinds)
            word = "".join(self.random.sample(SYLLABLES, self.random.choice((2, 2, 3)))).title()
            if self.random.random() < 0.3:  # noqa: PLR2004
                word = f"{self.random.choice(('Jean', 'Marie', 'Paul', 'Louis'))} {word}"
            name = f"{word}{kind}" if kind.islower() else f"{kind} {word}"
            street = self.random.choice(self.streets)
            if plain(name) not in real and not self._one_away(plain(name), street.postcode):
                count -= 1
                yield self._written("invented", (name, street.postcode), street, None, frozenset())

    def held_out(self, removed: list[StreetRow]) -> Iterator[Row]:
        """Draw real streets whose every bearer was taken out of the gazetteer."""
        for street in removed:
            name = _name(street, self.random.choice(("fr", "nl")))
            yield self._written("held out", (name, street.postcode), street, None, frozenset())

    def typo(self, name: str) -> str:
        """Make one typing error among the letters of a name."""
        places = [at for at, char in enumerate(name) if char.isalpha()]
        while True:
            at = self.random.choice(places)
            kind = self.random.randrange(4)
            letter = self.random.choice(LETTERS)
            if kind == 0 and letter != name[at].lower():
                return name[:at] + letter + name[at + 1 :]
            if kind == 1:
                return name[:at] + name[at + 1 :]
            if kind == 2:  # noqa: PLR2004
                return name[:at] + letter + name[at:]
            if at + 1 < len(name) and name[at + 1].isalpha() and name[at] != name[at + 1]:
                return name[:at] + name[at + 1] + name[at] + name[at + 2 :]

    def abbreviated(self, name: str, language: str) -> str | None:
        """Shorten what has a usual abbreviation; None where nothing has."""
        if language == "fr":
            parts = re.split(r"([ '])", name.replace("Notre-Dame", "notre-dame"))
            short = [
                self.random.choice(ABBREVIATIONS_FR.get(part.lower(), (part,))) for part in parts
            ]
            out = "".join(short)
            out = re.sub(r"\b([Ss]aint)(e?)-", lambda found: f"S{'te' if found[2] else 't'}-", out)
        else:
            out = re.sub(r"(?i)onze-lieve-vrouw", self.random.choice(("O.L.V.", "OLV")), name)
            out = re.sub(r"\bSint-", "St-", out)
            for word, short_forms in ABBREVIATIONS_NL.items():
                if word not in ("sint", "onze-lieve-vrouw", "square"):
                    at_end = r"(?![a-zA-Z])"
                    out = re.sub(
                        rf"(?i){word}{at_end}", self.random.choice(short_forms), out, count=1
                    )
        return out if out != name else None

    def _row(self, noise: str, street: StreetRow, language: str, made: tuple[str, int, str]) -> Row:
        """Work out the streets the text fits as well, then write it as an address."""
        name, postcode, fits = made
        truth = _key(street)
        scope = postcode if postcode == street.postcode else 0
        if fits == "near":
            equal = self._near(plain(name), plain(_name(street, language)), language, scope)
        elif fits == "holds":
            equal = self._holding(name, language, scope)
        else:
            equal = set(self._same[language, _glued(plain(_name(street, language)))])
            if scope:
                equal = {key for key in equal if key[0] == scope}
        return self._written(noise, (name, postcode), street, truth, frozenset(equal - {truth}))

    def _near(self, noisy: str, true: str, language: str, scope: int) -> set[Key]:
        most = OSA.distance(noisy, true)
        rows = self._within[language, scope]
        names = [name for name, _ in rows]
        found = process.extract(noisy, names, scorer=OSA.distance, score_cutoff=most, limit=None)
        return {rows[at][1] for _, _, at in found}

    def _one_away(self, name: str, postcode: int) -> bool:
        rows = [*self._within["fr", postcode], *self._within["nl", postcode]]
        return any(OSA.distance(name, known, score_cutoff=1) <= 1 for known, _ in rows)

    def _holding(self, name: str, language: str, scope: int) -> set[Key]:
        wanted = set(plain(name).split()) - SMALL
        return {key for known, key in self._within[language, scope] if wanted <= _words(known)}

    def _written(
        self, noise: str, given: tuple[str, int], street: StreetRow, truth: Key | None,
        equal: frozenset[Key],
    ) -> Row:  # fmt: skip
        """Write it in columns or as one text, with or without the municipality."""
        name, postcode = given
        number = str(self.random.randint(1, 150))
        if street.houses:
            number = self.random.choice(street.houses)[0]
        code = str(postcode) if postcode else ""
        if noise == "wrong postcode" or self.random.random() < 0.5:  # noqa: PLR2004
            town = ""
        else:
            town = self.random.choice((street.municipality_fr, street.municipality_nl))
        shape = self.random.randrange(5)
        upper = noise == "upper case"
        town = town.upper() if upper else town
        after = " ".join(part for part in (code, town) if part)
        if shape == 0:
            query = Query(street=name, number=number, postcode=code, municipality=town)
        elif shape == 1:
            query = Query(street=f"{name} {number}", postcode=code, municipality=town)
        elif shape == 2:  # noqa: PLR2004
            query = Query(text=", ".join(part for part in (f"{name} {number}", after) if part))
        elif shape == 3:  # noqa: PLR2004
            query = Query(text=", ".join(part for part in (name, number, after) if part))
        else:
            query = Query(text=", ".join(part for part in (f"{number} {name}", after) if part))
        return Row(noise, query, truth, equal, number, name, postcode, town)


def _name(street: StreetRow, language: str) -> str:
    return street.name_fr if language == "fr" else street.name_nl


def _key(street: StreetRow) -> Key:
    return street.postcode, plain(street.name_fr)


def _glued(name: str) -> str:
    return name.replace(" ", "")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(name.split())


Made = tuple[str, int, str] | None


def _clean(noise: Noise, street: StreetRow, language: str) -> Made:
    del noise
    return _name(street, language), street.postcode, "same"


def _abbreviation(noise: Noise, street: StreetRow, language: str) -> Made:
    name = noise.abbreviated(_name(street, language), language)
    return (name, street.postcode, "same") if name else None


def _one_typo(noise: Noise, street: StreetRow, language: str) -> Made:
    return noise.typo(_name(street, language)), street.postcode, "near"


def _two_typos(noise: Noise, street: StreetRow, language: str) -> Made:
    return noise.typo(noise.typo(_name(street, language))), street.postcode, "near"


def _abbreviation_typo(noise: Noise, street: StreetRow, language: str) -> Made:
    name = noise.abbreviated(_name(street, language), language)
    return (noise.typo(name), street.postcode, "same") if name else None


def _both(noise: Noise, street: StreetRow, language: str) -> Made:
    del language
    first, second = noise.random.choice(
        ((street.name_fr, street.name_nl), (street.name_nl, street.name_fr))
    )
    sign = noise.random.choice((" - ", " / ", "/", " \u2013 "))
    return f"{first}{sign}{second}", street.postcode, "same"


def _dropped(noise: Noise, street: StreetRow, language: str) -> Made:
    """Drop the first of the given names or titles, or all of them; the family name stays."""
    words = _name(street, language).split()
    places = [at for at, word in enumerate(words[:-1]) if word.lower() in TITLES]
    if not places or places[0] > 2:  # noqa: PLR2004 - not in front of the name
        return None
    run = [places[0]]
    while run[-1] + 1 in places and noise.random.random() < 0.5:  # noqa: PLR2004
        run.append(run[-1] + 1)
    kept = [word for at, word in enumerate(words) if at not in run]
    if language == "fr" and not {plain(word) for word in kept[1:]} - SMALL:
        return None
    return " ".join(kept), street.postcode, "holds"


def _wrong_postcode(noise: Noise, street: StreetRow, language: str) -> Made:
    """Another postcode of the Region, one without a street of that very name."""
    name = _glued(plain(_name(street, language)))
    taken = {key[0] for key in noise._same[language, name]}  # noqa: SLF001
    free = [code for code in noise.postcodes if code not in taken]
    return _name(street, language), noise.random.choice(free), "same"


def _no_postcode(noise: Noise, street: StreetRow, language: str) -> Made:
    del noise
    return _name(street, language), 0, "same"


def _word_order(noise: Noise, street: StreetRow, language: str) -> Made:
    words = _name(street, language).split()
    if len(words) < 2:  # noqa: PLR2004
        return None
    if language == "fr" and noise.random.random() < 0.5:  # noqa: PLR2004
        return f"{' '.join(words[1:])} {words[0].lower()}", street.postcode, "same"
    first, rest = (words[0], words[1:]) if language == "fr" else ("", words)
    turned = [*rest[1:], rest[0]] if len(rest) > 1 else rest
    if turned == rest:
        return None
    return " ".join([first, *turned]).strip(), street.postcode, "same"


def _upper(noise: Noise, street: StreetRow, language: str) -> Made:
    del noise
    bare = unicodedata.normalize("NFKD", _name(street, language).upper())
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    return bare, street.postcode, "same"


CLASSES: dict[str, Callable[[Noise, StreetRow, str], Made]] = {
    "clean": _clean,
    "abbreviation": _abbreviation,
    "one typo": _one_typo,
    "two typos": _two_typos,
    "abbreviation and typo": _abbreviation_typo,
    "both languages": _both,
    "first name or title dropped": _dropped,
    "wrong postcode": _wrong_postcode,
    "missing postcode": _no_postcode,
    "word order": _word_order,
    "upper case": _upper,
}
