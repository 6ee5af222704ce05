from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.area_codes import AreaCodes
from directory.indicator_report import (
    MISSING,
    REFUSED,
    TOLD,
    Cell,
    Heap,
    Report,
    Rules,
    sort_rows,
)
from directory.indicators import Unit, is_possible
from geo.errors import BadInputError
from geo.levels import Level

A, B, C = "21004A01-", "21004A02-", "21004A03-"
CODES = AreaCodes(Level.SECTOR, [A, B, C], municipalities=["21004"])
PEOPLE, SHARE = Rules(unit=Unit.PEOPLE), Rules(unit=Unit.SHARE)


def report(*rows: tuple[str, ...], rules: Rules = PEOPLE) -> Report:
    """A report of rows whose last text is the figure, the others codes; lines from 2."""
    return sort_rows(
        [Cell(line=n, codes=row[:-1], text=row[-1]) for n, row in enumerate(rows, 2)], CODES, rules
    )


def heaps(found: Report) -> list[str]:
    return [row.heap.value for row in found.rows]


def test_what_is_published_is_taken_and_unknown_is_not_zero() -> None:
    found = report((A, "1.250"), (B, "-0"), (C, "x"))
    assert found.values == {A: 1250, B: 0, C: None}
    assert heaps(found) == ["taken", "taken", "unknown"]
    found.check()


def test_rows_that_are_not_for_here_are_told_and_left() -> None:
    rows = [
        *((A, "1"), (B, "2"), (C, "3"), ("11002A00-", "9"), ("21004", "6"), ("Total", "15")),
        *(("", "note"), ("21004ZZZZ", "4")),
    ]
    found = report(*rows)
    assert heaps(found)[3:] == ["elsewhere", "total", "total", "no_code", "unplaced"]
    assert found.values == {A: 1, B: 2, C: 3}
    found.check()
    said = [told.message.format(**told.params) for told in found.told()]
    assert "Rows of which only the municipality is known: 1 (9: 21004ZZZZ), 4 in all." in said


def test_a_code_twice_is_told_or_refused() -> None:
    same = report((A, "10"), (A, "10,0"), (B, "2"))
    assert heaps(same) == ["taken", "repeated", "taken"]
    same.check()
    other = report((A, "10"), (A, "11"), (B, "2"))
    assert heaps(other) == ["different", "different", "taken"]
    with pytest.raises(BadInputError, match=r"cannot be used: 2 \(2: 21004A01-, 3"):
        other.check()
    other.check(leave_out=True)
    assert other.values == {B: 2}


@pytest.mark.parametrize(
    ("rules", "text", "heap"),
    [
        (PEOPLE, "-5", "impossible"),
        (PEOPLE, "12 %", "unreadable"),
        (PEOPLE, "many", "unreadable"),
        (SHARE, "101 %", "impossible"),
        (SHARE, "-1 %", "impossible"),
        (SHARE, "1,5", "impossible"),
        (SHARE, "100 %", "taken"),
        (Rules(unit=Unit.SHARE, hundredths=True), "12,5", "taken"),
        (Rules(unit=Unit.SHARE, hundredths=True), "100,5", "impossible"),
        (Rules(unit=Unit.EURO), "-5", "taken"),
    ],
)
def test_what_cannot_be_is_refused_by_row(rules: Rules, text: str, heap: str) -> None:
    found = report((A, text), (B, "0"), rules=rules)
    assert heaps(found) == [heap, "taken"]
    assert (A in found.values) == (heap == "taken")


def test_shares_are_parts_of_one() -> None:
    percent = Rules(unit=Unit.SHARE, hundredths=True)
    assert report((A, "12,5 %"), (B, "0,25"), rules=SHARE).values == {A: 0.125, B: 0.25}
    assert report((A, "12,5 %"), (B, "25"), rules=percent).values == {A: 0.125, B: 0.25}


def test_old_codes_are_mapped_where_the_file_says_so() -> None:
    found = report(("21004A90-", A, "10"), ("21004A02-", "21004A91-", "20"), ("21004A92-", "", "1"))
    assert heaps(found) == ["mapped", "taken", "strange"]
    assert found.values == {A: 10, B: 20}


def test_people_of_old_sectors_that_became_one_are_added_and_nothing_else_is() -> None:
    rows = [("21004A90-", A, "10"), ("21004A91-", A, "5"), (B, B, "2"), (C, C, "1")]
    assert report(*rows).values == {A: 15, B: 2, C: 1}
    assert heaps(report(*rows, rules=Rules(unit=Unit.EURO)))[:2] == ["different", "different"]
    rows[1] = ("21004A91-", A, "x")
    assert report(*rows).values[A] is None, "a part that is unknown makes the sum unknown"


def test_an_old_sector_that_became_two_of_ours_is_refused() -> None:
    rows = [("21004A90-", A, "10"), ("21004A90-", B, "10"), (C, C, "1")]
    found = report(*rows)
    assert heaps(found) == ["different", "different", "taken"]
    assert found.values == {C: 1}


def test_a_file_of_another_year_or_place_is_refused() -> None:
    almost = report((A, "1"), (B, "1"), (C, "1"), (A, "1"), ("21004A99-", "1"))
    assert almost.strange_share == pytest.approx(0.2)
    almost.check()
    with pytest.raises(BadInputError, match=r"25 % of the codes .*\(rows 6: 21004A99-\)"):
        report((A, "1"), (B, "1"), (C, "1"), ("", "1"), ("21004A99-", "1")).check(leave_out=True)
    with pytest.raises(BadInputError, match="100 % of the codes"):
        report(("11002A00-", "1")).check()


def test_what_the_file_leaves_out_is_told_as_unknown() -> None:
    found = report((A, "1"), ("21004A9\x1b[31m", "1"))
    assert found.missing == (B, C)
    said = [told.message.format(**told.params) for told in found.told()]
    assert said[-1] == f"Areas of this territory the file leaves out, so unknown: 2 ({B}, {C})."
    assert "\x1b" not in "".join(said), "what a terminal would obey stays out"


def test_a_year_that_is_not_in_the_file() -> None:
    cells = [Cell(line=2, codes=(A,), text="1", this_year=False)]
    with pytest.raises(BadInputError, match="No row is of the year"):
        sort_rows(cells, CODES, PEOPLE).check()


def test_codes_a_spreadsheet_made_numbers_of_stop_the_file() -> None:
    rows = [(A, "1"), (B, "1"), (C, "1"), (A, "1"), ("2.1004E+14", "1")]
    with pytest.raises(BadInputError, match="cannot be used: 1 "):
        report(*rows).check()


CELL = st.builds(
    Cell,
    line=st.integers(2, 99),
    codes=st.lists(
        st.sampled_from([A, B, C, A[:-1], "21004A90-", "21004A91-", "11002A00-", "21004ZZZZ",
                         "21004", "Total", "", "?", "2.1E+14"]) | st.text(max_size=9),
        max_size=3,
    ).map(tuple),
    text=st.sampled_from(["1", "2", "-3", "x", "", "12 %", "120 %", "no"]) | st.text(max_size=8),
    this_year=st.booleans(),
)  # fmt: skip


@given(st.lists(CELL, max_size=12), st.sampled_from(Unit), st.booleans())
def test_every_row_is_in_exactly_one_heap(cells: list[Cell], unit: Unit, hundredths: bool) -> None:  # noqa: FBT001
    found = sort_rows(cells, CODES, Rules(unit=unit, hundredths=hundredths))
    assert [row.cell for row in found.rows] == cells, "no row lost, doubled or moved"
    assert sum(found.count(heap) for heap in Heap) == len(cells)
    told_rows = [told for told in found.told() if told.message != MISSING]
    assert sum(int(str(told.params["count"])) for told in told_rows) == len(cells)
    assert set(found.missing) == {A, B, C} - {row.code for row in found.rows}
    assert set(TOLD) == set(Heap)
    for told in found.told():
        assert told.message.format(**told.params)
    refused = {row.code for row in found.refused if row.code}
    assert refused.isdisjoint(found.values)
    assert {row.code for row in found.rows if row.code} == refused | set(found.values)
    assert all(value is None or is_possible(value, unit) for value in found.values.values())
    firsts = Counter(row.code for row in found.rows if row.heap in (Heap.TAKEN, Heap.UNKNOWN))
    assert all(count == 1 for count in firsts.values()), "one row a code says its value"
    assert all(not row.code for row in found.rows if row.heap is Heap.STRANGE)


@given(st.lists(CELL, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_value(cells: list[Cell], draw) -> None:
    before = sort_rows(cells, CODES, PEOPLE)
    draw.shuffle(cells)
    after = sort_rows(cells, CODES, PEOPLE)
    assert after.values == before.values
    assert {row.heap in REFUSED for row in after.rows} == {
        row.heap in REFUSED for row in before.rows
    }
