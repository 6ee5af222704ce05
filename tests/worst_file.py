"""A spreadsheet of the worst kind, the same at every run: 300 rows, and what is right of each."""

import csv
import io
import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.crs import LAMBERT_72, WGS_84, project
from tests.worst_streets import SEED, House

ROWS = 300
HEADER = (
    (
        *("Nom / naam", "Catégorie", "", "adresse", "adresse", "Contact", "", "", ""),
        *("Coordonnées", "", "Heures d'ouverture", "Langues", "", "Remarques"),
    ),
    (
        *("", "", "", "", "", "téléphone", "e-mail", "site web", ""),
        *("x", "y", "", "", "", ""),
    ),
)
"""Two rows: merged cells, and what is below them; three columns are empty."""
COLUMNS = (
    *("Nom / naam", "Catégorie", "adresse", "adresse (2)", "Contact téléphone"),
    *("Contact e-mail", "Contact site web", "Coordonnées x", "Coordonnées y"),
    *("Heures d'ouverture", "Langues", "Remarques"),
)
"""What the columns are called once read."""
NAME, CATEGORY, ADDRESS, SECOND, PHONE, EMAIL, SITE, X, Y, HOURS, LANGUAGES, REMARK = range(12)

KINDS = (
    ("Maison de quartier", "maison de quartier"),
    ("Buurthuis", "buurthuis"),
    ("Jeugdhuis", "jeugdhuis"),
    ("École de devoirs", "EDD"),
    ("Bibliothèque", "Bib"),
    ("Apotheek", "apotheek"),
    ("Crèche", "CRÈCHE"),
    ("Épicerie sociale", "epicerie social"),
    ("Centre de santé", "Maison médicale"),
    ("Ontmoetingsplek", "Divers/allerlei"),
)
WORDS = (
    *("Tilleul", "Hirondelle", "Kastanje", "Tournesol", "Zonnebloem", "Pélican", "Regenboog"),
    *("Éclaircie", "Windmolen", "Coquelicot", "Brugje", "Marguerite", "Nachtegaal", "Lanterne"),
    *("Vlinder", "Cerisier", "Olifant", "Écureuil", "Sleutel", "Papillon", "Korenbloem", "Ruche"),
    *("Wegwijzer", "Bouée", "Kompas", "Étoile", "Schommel", "Passerelle", "Klaproos", "Fenêtre"),
)
HOURS_WRITTEN = (
    "lun-ven 9h-12h",
    "ma-vr 9-12u",
    "Mo-Fr 09:00-12:00",
    "sur rendez-vous",
    "lundi au vendredi de 9h à 17h\nsamedi 10h-12h",
    "tous les jours sauf quand il pleut",
    "",
)
SPOKEN = ("FR", "NL", "français, Nederlands", "fr/nl/ar", "Frans en Engels", "")
FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1:A9)", '=HYPERLINK("http://x.example")')
GHENT = (
    "Korenmarkt 16, 9000 Gent",
    "Veldstraat 82, 9000 Gent",
    "Sint-Baafsplein 1\n9000 Gent",
    "Vrijdagmarkt 5 te 9000 GENT",
    "Rue des Champs 82, 9000 Gand",
    "Overpoortstraat 10, B-9000 Gent",
    "Wetstraat 16, 9000 Gent",
)
NOWHERE = ("", "?", "itinérant", "op verplaatsing")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it should be read, and the only right place of it; None: it has none."""

    cells: tuple[str, ...]
    where: tuple[float, float] | None
    kind: str


@dataclass(frozen=True, slots=True)
class Known:
    """An actor of the directory the file has once more, in other words."""

    name: str
    house: House
    category: str = "pharmacie"
    phone: str = ""


def worst_rows(given: Sequence[House], known: Sequence[Known] = ()) -> list[Row]:
    """Return the 300 rows; five of them are `known`, five are earlier rows again."""
    draw = random.Random(SEED)  # noqa: S311 - the same at every run
    names = [(kind, word) for kind in KINDS for word in WORDS]
    draw.shuffle(names)
    places = _places(draw, draw.sample(given, ROWS))
    rows = [
        _row(draw, number, names[number], next(places)) for number in range(ROWS - 5 - len(known))
    ]
    for number, one in enumerate(known):
        rows.insert(40 + 30 * number, _of_known(one))
    return [*rows, *_again(rows)]


def as_csv(rows: Sequence[Row]) -> bytes:
    """Write rows as CSV under titles, a third in each: UTF-8, cp1252, UTF-8 taken for cp1252."""
    title = ("Liste des partenaires du relais - Partnerlijst", "", "", "état : novembre")
    top = [title, (), *HEADER]
    lines = [_line(cells).encode() for cells in top]
    for number, row in enumerate(rows):
        cells = list(row.cells)
        for at in (2, 8, 13):
            cells.insert(at, "")
        if number % 3 == 1:
            lines.append(_line(cells).encode("cp1252"))
        elif number % 3 == 2:
            lines.append(_line([_damaged(cell) for cell in cells]).encode())
        else:
            lines.append(_line(cells).encode())
    return b"".join(lines)


def _line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def _damaged(cell: str) -> str:
    return cell.encode().decode("cp1252")


def _row(draw: random.Random, number: int, name: tuple[tuple[str, str], str], place: Row) -> Row:
    (kind, category), word = name
    cells = list(place.cells)
    cells[NAME] = f'{kind} "{word}"' if number % 11 == 0 else f"{kind} {word}"
    cells[CATEGORY] = category
    cells[PHONE] = _phone(number)
    key = plain(word) + str(number)
    cells[EMAIL] = f"info@{key}.example" if number % 4 else ""
    cells[SITE] = ("www." if number % 2 else "https://") + key + ".example" if number % 3 else ""
    cells[HOURS] = HOURS_WRITTEN[number % len(HOURS_WRITTEN)]
    cells[LANGUAGES] = SPOKEN[number % len(SPOKEN)]
    cells[REMARK] = FORMULAS[number // 20 % len(FORMULAS)] if number % 20 == 7 else ""
    if number % 60 == 13:
        cells[NAME] = f"{FORMULAS[number // 60]} {word}"
    if number % 5 == 0:
        cells[SECOND] = draw.choice(("c/o siège, Rue Neuve 1", "idem", "zelfde"))
    return replace(place, cells=tuple(cells))


def _phone(number: int) -> str:
    last = f"{10 + number // 100}.{number % 100:02}"
    return (
        f"02/511.{last}",
        f"+32 2 511 {last.replace('.', ' ')}",
        f"00 32 (0)2 511 {last}; 0475/31.{last}",
        f"02 511 {last} (accueil)",
    )[number % 4]


def _places(draw: random.Random, chosen: Sequence[House]) -> Iterator[Row]:
    """Yield where rows are: every tenth has coordinates, some lie nowhere or in Ghent."""
    styles = (_french, _dutch, _both, _short, _misspelt, _bare, _boxed, _shouted)
    abroad, nowhere = iter(GHENT), iter(NOWHERE)
    for number, house in enumerate(chosen):
        if number % 45 == 3:
            yield _said(next(abroad), None, "ghent")
        elif number % 70 == 9:
            yield _said(next(nowhere, NOWHERE[0]), None, "nowhere")
        elif number % 10 == 6:
            yield _measured(house, number // 10)
        else:
            style = styles[number % len(styles)]
            yield _said(style(draw, house), house.where, style.__name__.strip("_"))


def _said(address: str, where: tuple[float, float] | None, kind: str) -> Row:
    cells = [""] * len(COLUMNS)
    cells[ADDRESS] = address
    return Row(tuple(cells), where, kind)


def _measured(house: House, number: int) -> Row:
    """A row with coordinates: commas, swapped, Lambert 72."""
    lon, lat = (f"{value:.6f}".replace(".", ",") for value in house.where)
    x, y = project(np.array([house.where]), source=WGS_84, target=LAMBERT_72)[0]
    first, second = (
        (lon, lat),
        (lat, lon),
        (f"{x:.2f}".replace(".", ","), f"{y:.2f}".replace(".", ",")),
        (f"{x:.2f}", f"{y:.2f}"),
    )[number % 4]
    row = _said(_french(None, house), house.where, "measured")
    cells = list(row.cells)
    cells[X], cells[Y] = first, second
    return replace(row, cells=tuple(cells))


def _french(_: random.Random | None, house: House) -> str:
    return f"{house.street_fr} {house.number}, {house.postcode} {house.towns[0]}"


def _dutch(_: random.Random, house: House) -> str:
    return f"{house.street_nl} {house.number}\n{house.postcode} {house.towns[1]}"


def _both(_: random.Random, house: House) -> str:
    town = " - ".join(dict.fromkeys(house.towns))
    return f"{house.street_fr} - {house.street_nl} {house.number}, {house.postcode} {town}"


_SHORT = {
    "Avenue": "av.",
    "Boulevard": "bd",
    "Chaussée": "chée",
    "Place": "pl.",
    "Square": "sq.",
    "Rue": "r.",
}


def _short(_: random.Random, house: House) -> str:
    head, _space, rest = house.street_fr.partition(" ")
    return f"{_SHORT.get(head, head)} {rest} n° {house.number} - {house.postcode}"


def _misspelt(draw: random.Random, house: House) -> str:
    """Turn two letters of the longest word about, but its first and last."""
    word = max(house.street_fr.replace("'", " ").split(), key=len)
    if len(word) > 4:
        at = draw.randrange(1, len(word) - 2)
        turned = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    else:
        turned = word + word[-1]
    street = house.street_fr.replace(word, turned)
    return f"{street} {house.number}, {house.postcode} {house.towns[0]}"


def _bare(_: random.Random, house: House) -> str:
    return f"{house.number}, {house.street_fr}"


def _boxed(_: random.Random, house: House) -> str:
    return f"{house.street_nl} {house.number} bus 3, B-{house.postcode} {house.towns[1]}"


def _shouted(_: random.Random, house: House) -> str:
    return _bare_of_accents(f"{house.street_fr} {house.number} {house.postcode} {house.towns[0]}")


def _bare_of_accents(text: str) -> str:
    parted = unicodedata.normalize("NFD", text.upper())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def plain(text: str) -> str:
    """Return a text as it stands in an address of the web."""
    return "".join(filter(str.isalnum, _bare_of_accents(text).lower()))


def _of_known(one: Known) -> Row:
    row = _said(_french(None, one.house), one.house.where, "known")
    cells = list(row.cells)
    cells[NAME], cells[CATEGORY], cells[PHONE] = one.name, one.category, one.phone
    return replace(row, cells=tuple(cells))


def _again(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield five rows again: two to the letter, three in other words."""
    placed = [row for row in rows if row.kind in ("french", "dutch", "boxed")]
    for number, row in enumerate(placed[3:48:10]):
        cells = list(row.cells)
        if number > 1:
            cells[NAME] = _bare_of_accents(cells[NAME])
            cells[HOURS] = "9h-12h du lundi au vendredi"
        yield Row(tuple(cells), row.where, "again")
