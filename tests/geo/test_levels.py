import pytest

from geo.levels import REGIONS, region_of


@pytest.mark.parametrize(
    ("refnis", "region"),
    [
        ("21019", "04000"),
        ("23088", "02000"),
        ("24062", "02000"),
        ("25112", "03000"),
        ("11002", "02000"),
        ("44021", "02000"),
        ("52011", "03000"),
        ("62063", "03000"),
        ("71016", "02000"),
        ("73107", "02000"),
        ("81001", "03000"),
        ("92094", "03000"),
    ],
)
def test_the_region_of_a_municipality(refnis: str, region: str) -> None:
    assert region_of(refnis) == region
    assert region in REGIONS
