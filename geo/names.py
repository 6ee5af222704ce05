"""Official names are written in capitals: the same words as a person would write them."""

import re

_PARTICLES = frozenset(
    [
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "et",
        "aux",
        "au",
        "à",
        "sur",
        "sous",
        "en",
        "d",
        "l",
        "van",
        "der",
        "den",
        "het",
        "ter",
        "ten",
        "te",
        "op",
        "t",
        "s",
        "aan",
        "in",
        "bij",
    ]
)
"""Small words of French and Dutch, lower case unless they come first."""
_KEPT = frozenset(["VUB", "ULB", "AZ", "CERIA", "COOVI", "RTBF", "VRT", "OTAN", "NATO"])
_ROMAN = re.compile(r"(?=[IVX])(?:X{0,2})(?:IX|IV|V?I{0,3})")
_WORD = re.compile(r"[^\W\d_]+")


def display_name(official: str) -> str:
    """Write a name of capitals in mixed case; one that has small letters stays as it is.

    Accents that the capitals lost are not put back: nothing is added to what is published.

    >>> display_name("PORTE D'ANVERS (RUE DE LA)")
    "Porte d'Anvers (Rue de la)"
    >>> display_name("LEOPOLD II-LAAN"), display_name("IJZER"), display_name("U.L.B.")
    ('Leopold II-Laan', 'IJzer', 'U.L.B.')
    """
    text = " ".join(official.split())
    if any(letter.islower() for letter in text):
        return text
    return _WORD.sub(_word, text)


def _word(match: re.Match[str]) -> str:
    word, text = match.group(), match.string
    before, after = text[: match.start()], text[match.end() :]
    if word in _KEPT or (len(word) > 1 and _ROMAN.fullmatch(word)):
        return word
    if len(word) == 1 and _is_numeral_or_initial(word, before, after):
        return word
    if word.lower() in _PARTICLES and before and _is_joined(word, before, after):
        return word.lower()
    return "IJ" + word[2:].lower() if word.startswith("IJ") else word.capitalize()


def _is_numeral_or_initial(word: str, before: str, after: str) -> bool:
    return after.startswith(".") or before.endswith(".") or (word in "IVX" and bool(before))


def _is_joined(word: str, before: str, after: str) -> bool:
    """A particle joins two words: it does not start a part of the name ("- LA CHASSE")."""
    if len(word) == 1:
        return after.startswith("'") or before.endswith("'")
    return not before.endswith(("- ", "(", ".")) and not after.startswith(".")
