"""What words in a cell mean: categories, languages, yes and no, in French, Dutch and English."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from babel import Locale
from rapidfuzz import fuzz, process

from directory.actors import ActorKind, Appointment, Cost, Wheelchair
from directory.categories import CATEGORIES
from directory.importing.records import Certainty
from directory.search import Index, SearchText, fold, plain, stem
from directory.texts import LANGUAGES

ALIKE = 84.0
"""Similarity (rapidfuzz ratio, 0-100) from which a mistyped word is proposed; on the labels and
synonyms here two different ones meet below 80 (2026-11)."""
_SHORTEST = 4
"""Letters of a word that may be mistyped; shorter ones are abbreviations."""
_STOP = frozenset(
    plain("a au aux d de du des en et l la le les van voor der het een the of and for").split()
)
_BETWEEN = re.compile(r"[;|\n]|\s*/\s*|\s+\+\s+")
_BETWEEN_LANGUAGES = re.compile(r"[;,|/+&\n]|\s+(?:et|en|and|ou|of)\s+", re.IGNORECASE)

_FILE: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
)
Word = TypeVar("Word", bound=StrEnum)


class Meaning(NamedTuple):
    """The categories a word stands for, and how sure that is."""

    categories: tuple[str, ...]
    certainty: Certainty


def key_of(text: str) -> str:
    """Return what a word is remembered by: folded, without plural, article and order of marks.

    >>> key_of("Écoles de devoirs") == key_of("ECOLE DE DEVOIR")
    True
    """
    words = plain(text).split()
    return " ".join(stem(word) for word in words if word not in _STOP) or " ".join(words)


def split_words(cell: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the words of a category cell: whole where the whole is known, else its parts.

    >>> split_words("CPAS; Pharmacie", {})
    ['CPAS', 'Pharmacie']
    """
    whole = " ".join(cell.split())
    if not whole or _is_known(whole, known):
        return [whole] if whole else []
    parts = [part.strip() for part in _BETWEEN.split(cell) if part.strip()]
    found = []
    for part in parts:
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        known_pieces = len(pieces) > 1 and any(_is_known(piece, known) for piece in pieces)
        found += pieces if known_pieces and not _is_known(part, known) else [part]
    return [" ".join(part.split()) for part in found]


def _is_known(word: str, known: Mapping[str, tuple[str, ...]]) -> bool:
    return key_of(word) in known or guess_category(word).certainty is Certainty.SURE


@lru_cache(maxsize=65536)
def guess_category(word: str) -> Meaning:
    """Guess what one word of a cell stands for.

    >>> guess_category("Maisons médicales"), guess_category("pharmacei").certainty.value
    (Meaning(categories=('medical-house',), certainty=<Certainty.SURE: 'sure'>), 'likely')
    """
    exact = _categories()
    if word in CATEGORIES:
        return Meaning((word,), Certainty.SURE)
    key = key_of(word)
    if key in exact:
        return Meaning((exact[key],), Certainty.SURE)
    if len(key) >= _SHORTEST:
        near = process.extractOne(key, exact.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        if near is not None:
            return Meaning((exact[near[0]],), Certainty.LIKELY)
        within = [
            known for known in exact if len(known) >= _SHORTEST and f" {known} " in f" {key} "
        ]
        if within:
            return Meaning((exact[max(within, key=len)],), Certainty.LIKELY)
        ranked = _index().find(word)
        if ranked:
            return Meaning((ranked[0][0],), Certainty.LIKELY)
    return Meaning((), Certainty.NONE)


def _wordings(category: str) -> Iterator[str]:
    for label in CATEGORIES[category].labels.values():
        yield label
        head, _, inner = label.partition("(")
        yield head
        yield from inner.rstrip(")").split(",")
    yield category.replace("-", " ")
    yield from _FILE["category"].get(category, ())


@cache
def _categories() -> Mapping[str, str]:
    """Return every wording that means one category alone."""
    meant: dict[str, set[str]] = {}
    for category in CATEGORIES:
        for wording in _wordings(category):
            if key_of(wording):
                meant.setdefault(key_of(wording), set()).add(category)
    # A label decides between two: "Enseignement" is a category and within the label of another.
    labels = {
        key_of(part): category
        for category, found in CATEGORIES.items()
        for label in found.labels.values()
        for part in (label, label.partition("(")[0])
    }
    return {
        key: labels.get(key) or one.pop()
        for key, one in meant.items()
        if len(one) == 1 or key in labels
    }


@cache
def _index() -> Index:
    return Index(
        {
            category: SearchText(
                name=CATEGORIES[category].labels.values(), other=list(_wordings(category))
            )
            for category in CATEGORIES
        }
    )


@cache
def _languages() -> Mapping[str, str]:
    known: dict[str, str] = {}
    for reader in LANGUAGES:
        for code, name in Locale(reader).languages.items():
            if code.isalpha() and len(code) in (2, 3):
                known.setdefault(plain(name), code)
                known.setdefault(code, code)
    for code, names in _FILE["language"].items():
        known |= {plain(name): code for name in names}
    return known


@lru_cache(maxsize=8192)
def read_languages(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ISO codes of the languages in a cell, and the words that are none.

    >>> read_languages("français, Nederlands et darija")
    (('fr', 'nl', 'ary'), ())
    """
    known = _languages()
    found: dict[str, None] = {}
    unread = []
    for part in _BETWEEN_LANGUAGES.split(cell):
        name = plain(part)
        words = name.split()
        if not words:
            continue
        if name in known:
            found[known[name]] = None
        elif all(word in known for word in words):
            found |= dict.fromkeys(known[word] for word in words)
        else:
            near = process.extractOne(name, known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
            if near is not None and len(name) > _SHORTEST:
                found[known[near[0]]] = None
            else:
                unread.append(part.strip())
    return tuple(found), tuple(unread)


@cache
def _meanings(kind: type[StrEnum]) -> Mapping[str, str]:
    section = _FILE[_SECTIONS[kind]]
    known = {key_of(word): value for value, words in section.items() for word in words}
    return known | {key_of(member.value.replace("_", " ")): member.value for member in kind}


_SECTIONS: Mapping[type[StrEnum], str] = {
    Wheelchair: "wheelchair",
    Appointment: "appointment",
    Cost: "cost",
    ActorKind: "kind",
}


def read_word(kind: type[Word], cell: str) -> Word | None:
    """Return the member of a closed vocabulary that a cell means, None where it means none.

    >>> read_word(Appointment, "Op afspraak").value, read_word(Wheelchair, "peut-être")
    ('required', None)
    """
    meant = _meanings(kind).get(key_of(cell))
    return kind(meant) if meant is not None else None


def folded(texts: Iterable[str]) -> frozenset[str]:
    """Return texts as they are compared: without accents, case and marks."""
    return frozenset(plain(fold(text)) for text in texts)
