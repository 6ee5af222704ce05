"""Folding: one spelling for what differs only by case, accent, sign or damaged encoding."""

# ruff: noqa: RUF001, RUF002 - the look-alikes are what is folded here

import re
import unicodedata
from typing import Final

_TOKEN: Final = re.compile(r"[a-z0-9]+")
_LETTERS: Final = {
    "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ĳ": "ij",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'",
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-",
    "\ufffd": "e",
}  # fmt: skip
"""What Unicode does not take apart; the sign of a lost letter is read as é, the one most lost."""
_DAMAGE: Final = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_LOST: Final = re.compile(r"(?<=[a-z])\?(?=[a-z])")


class _Folds(dict[int, str]):
    """What each character folds to, worked out once."""

    def __missing__(self, point: int) -> str:
        char = chr(point).lower()
        apart = unicodedata.normalize("NFKD", char)
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
        self[point] = folded = "".join(_LETTERS.get(letter, letter) for letter in plain)
        return folded


_FOLDS: Final = _Folds()


def fold(text: str) -> str:
    """Write a text in small letters without accents; UTF-8 read as Windows-1252 is repaired.

    >>> fold("Chaussée d’Haecht"), fold("CHAUSSÃ‰E"), fold("Chauss?e")
    ("chaussee d'haecht", 'chaussee', 'chaussee')
    """
    if not text.isascii():
        if _DAMAGE.search(text):
            text = _repaired(text)
        text = text.translate(_FOLDS)
    text = text.lower()
    return _LOST.sub("e", text) if "?" in text else text


def words(text: str) -> list[str]:
    """List the words of a text, folded; letters that stand alone side by side are one word.

    >>> words("Av. J.-B. Meunier"), words("O.L.V.-straat"), words("Rue de l'Église")
    (['av', 'jb', 'meunier'], ['olv', 'straat'], ['rue', 'de', 'l', 'eglise'])
    """
    return joined(_TOKEN.findall(fold(text)))


def joined(found: list[str]) -> list[str]:
    """Join letters that stand alone side by side, articles (l, d, t) before a word apart."""
    if sum(len(word) == 1 for word in found) < 2:  # noqa: PLR2004 - nothing to join
        return found
    out: list[str] = []
    run = ""
    for word in found:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            out.append(run)
            run = ""
        out.append(word)
    if run:
        out.append(run)
    return out


def _repaired(text: str) -> str:
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
