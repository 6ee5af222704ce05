from hypothesis import given
from hypothesis import strategies as st

from geo.neighbourhood_edits import Area, Draft
from geo.neighbourhood_merge import Conflict, Side, merge

CODES = "abcdefgh"
RING = ((4.35, 50.84), (4.36, 50.84), (4.36, 50.85))


def drawn(**sets: str) -> Draft:
    areas = {key: Area(names={"nl": key}, sectors=frozenset(some)) for key, some in sets.items()}
    return Draft(ground=frozenset(CODES), areas=areas)


BASE = drawn(x="abc", y="def")


def sets(draft: Draft) -> dict[str, str]:
    return {key: "".join(sorted(area.sectors)) for key, area in draft.areas.items()}


def test_what_one_side_changed_is_taken() -> None:
    mine = BASE.put("d", "x").draw("x", RING)
    theirs = BASE.put("g", "y").rename("y", {"nl": "Y"}).create("z", {"nl": "z"}, "h")
    found = merge(BASE, mine, theirs)
    assert found.conflicts == ()
    assert sets(found.draft) == {"x": "abcd", "y": "efg", "z": "h"}
    assert found.draft.areas["x"].lived == RING
    assert found.draft.areas["y"].names == {"nl": "Y"}
    assert merge(BASE, mine, mine).draft == mine
    assert merge(BASE, mine, BASE).draft == mine == merge(BASE, BASE, mine).draft


def test_what_both_changed_differently_is_to_be_decided() -> None:
    mine = BASE.put("g", "x").rename("x", {"nl": "M"}).draw("y", RING)
    theirs = BASE.put("g", "y").rename("x", {"nl": "T"}).draw("y", RING[::-1])
    found = merge(BASE, mine, theirs)
    assert found.conflicts == found.open
    assert set(found.conflicts) == {
        Conflict("sector", "g"),
        Conflict("names", "x"),
        Conflict("lived", "y"),
    }
    assert found.draft == mine
    decided = merge(BASE, mine, theirs, {Conflict("sector", "g"): Side.THEIRS})
    assert sets(decided.draft) == {"x": "abc", "y": "defg"}
    assert set(decided.open) == {Conflict("names", "x"), Conflict("lived", "y")}
    assert merge(BASE, mine, theirs, dict.fromkeys(found.conflicts, Side.THEIRS)).draft == theirs


def test_one_ended_what_the_other_left_alone() -> None:
    mine = BASE.create("z", {"nl": "z"}, "abc").end("x")
    found = merge(BASE, mine, BASE.put("g", "y"))
    assert (found.conflicts, sets(found.draft)) == ((), {"y": "defg", "z": "abc"})


def test_one_ended_what_the_other_changed() -> None:
    mine, theirs = BASE.put("dg", "x"), BASE.put("a", "y").end("x")
    end = Conflict("end", "x")
    found = merge(BASE, mine, theirs)
    assert (found.conflicts, sets(found.draft)) == ((end,), {"x": "bcdg", "y": "aef"})
    ended = merge(BASE, mine, theirs, {end: Side.THEIRS})
    assert (ended.conflicts, sets(ended.draft)) == ((end,), {"y": "adef"})
    assert merge(BASE, theirs, mine, {end: Side.THEIRS}).draft == found.draft
    assert merge(BASE, theirs, mine, {end: Side.MINE}).draft == ended.draft


def test_both_made_one_of_the_same_id() -> None:
    found = merge(BASE, BASE.create("z", {"nl": "M"}, "g"), BASE.create("z", {"nl": "T"}, "h"))
    assert found.conflicts == (Conflict("names", "z"),)
    assert sets(found.draft)["z"] == "gh"


EDIT = st.tuples(
    st.sampled_from(["put", "take", "end", "create"]),
    st.sampled_from("xyzw"),
    st.sets(st.sampled_from(CODES)),
)


def edited(draft: Draft, edits: list[tuple[str, str, set[str]]]) -> Draft:
    for what, key, some in edits:
        if what == "create":
            draft = draft if key in draft.areas else draft.create(key, {"nl": key}, some)
        elif key in draft.areas:
            put, take = draft.put(some, key), draft.take_out(some, key)
            draft = {"put": put, "take": take, "end": draft.end(key)}[what]
    return draft


@given(
    base=st.lists(EDIT, max_size=3),
    mine=st.lists(EDIT, max_size=4),
    theirs=st.lists(EDIT, max_size=4),
    decide=st.randoms(use_true_random=False),
)
def test_no_sector_is_lost_or_doubled_whatever_is_decided(
    base: list[tuple[str, str, set[str]]],
    mine: list[tuple[str, str, set[str]]],
    theirs: list[tuple[str, str, set[str]]],
    decide: object,
) -> None:
    start = edited(BASE, base)
    my, their = edited(start, mine), edited(start, theirs)
    first = merge(start, my, their)
    decided = {one: decide.choice(list(Side)) for one in first.conflicts}  # type: ignore[attr-defined]
    for found in (first, merge(start, my, their, decided)):
        listed = [code for area in found.draft.areas.values() for code in area.sectors]
        assert len(listed) == len(set(listed))
        homes = [draft.homes() for draft in (my, their)]
        for code in CODES:
            if all(code in found_in for found_in in homes):
                assert code in listed
        assert set(start.areas) & set(my.areas) & set(their.areas) <= set(found.draft.areas)
        assert set(found.draft.areas) <= set(my.areas) | set(their.areas)
    assert merge(start, my, start).draft == my
    assert merge(start, start, their).draft == their
