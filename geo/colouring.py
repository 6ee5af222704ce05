"""Colours of areas so that neighbours differ, the same as long as they may stay."""

from collections.abc import Collection, Iterable, Mapping


def colours(
    sets: Mapping[str, Iterable[str]],
    neighbours: Mapping[str, Collection[str]],
    *,
    number: int,
    kept: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Give each set of sectors a colour, 0 to `number` - 1, that none it borders has.

    Where more colours border it than there are, it takes the one they use least. `kept` are the
    colours of before: one stays unless a neighbour has it now.

    >>> line = {"1": ["2"], "2": ["1", "3"], "3": ["2"]}
    >>> colours({"a": ["1"], "b": ["2"], "c": ["3"]}, line, number=2, kept={"a": 1})
    {'b': 0, 'a': 1, 'c': 1}
    """
    beside = _bordering(sets, neighbours)
    found: dict[str, int] = {}
    before = kept or {}
    for key in sorted(beside, key=lambda one: (-len(beside[one]), one)):
        taken = [found[other] for other in beside[key] if other in found]
        taken += [before[other] for other in beside[key] if other in before and other not in found]
        mine = before.get(key, -1)
        if 0 <= mine < number and mine not in [found.get(other) for other in beside[key]]:
            found[key] = mine
        else:
            found[key] = min(range(number), key=taken.count)
    return found


def _bordering(
    sets: Mapping[str, Iterable[str]], neighbours: Mapping[str, Collection[str]]
) -> dict[str, set[str]]:
    homes: dict[str, set[str]] = {}
    for key, codes in sets.items():
        for code in codes:
            homes.setdefault(code, set()).add(key)
    beside: dict[str, set[str]] = {key: set() for key in sets}
    for code, keys in homes.items():
        for near in (code, *neighbours.get(code, ())):
            for key in keys:
                beside[key] |= homes.get(near, set())
    return {key: others - {key} for key, others in beside.items()}
