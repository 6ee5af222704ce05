"""The words the benchmarks type, each of which a person could."""

import re
from collections.abc import Mapping

from directory.atlas import Atlas
from directory.selection import Query, select
from ui import state

LANGUAGE = "fr"
LISTED = 30
"""Places the list shows at first."""
_WORD = re.compile(r"[a-zA-Zàâçéèêëîïôûü]{5,12}")


def names_of(atlas: Atlas) -> dict[str, str]:
    """Name every public actor."""
    return {key: actor.names.best(LANGUAGE) for key, actor in atlas.actors.items()}


def contains(names: Mapping[str, str], text: str) -> list[str]:
    """List the ids whose name holds a text, by name: the search of a plain page."""
    wanted = text.casefold()
    found = [key for key in names if wanted in names[key].casefold()]
    return sorted(found, key=lambda key: (names[key].casefold(), key))


def listed(atlas: Atlas, text: str) -> list[str]:
    """List the ids our page shows first for a text."""
    found = select(atlas, Query(text=text), state.now())
    return list(found.ids[:LISTED])


def telling(atlas: Atlas, count: int) -> list[str]:
    """Pick words of names whose last letter changes both our list and the plain page's.

    Only then does an answer to the whole word differ from one to what was typed before.
    """
    names = names_of(atlas)
    words = {word.lower() for name in names.values() for word in _WORD.findall(name)}
    found: list[str] = []
    for word in sorted(words, key=lambda word: (len(word) % 3, word[::-1])):
        ours = listed(atlas, word), listed(atlas, word[:-1])
        plain = contains(names, word), contains(names, word[:-1])
        if ours[0] and ours[0] != ours[1] and plain[0] and plain[0][:LISTED] != plain[1][:LISTED]:
            found.append(word)
        if len(found) == count:
            return found
    raise ValueError(f"Expected {count} words that tell, found {len(found)}.")
