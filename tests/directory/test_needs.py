import pytest

from directory.categories import CATEGORIES
from directory.needs import DEFAULT, NEEDS, parse_needs
from directory.texts import LANGUAGES
from geo.errors import BadInputError

ONE = DEFAULT.read_text(encoding="utf-8").split("[[need]]")[1]


def test_every_need_is_told_in_three_languages_and_leads_to_categories() -> None:
    assert len(NEEDS) == 12
    for need in NEEDS.values():
        assert set(need.labels.root) == set(LANGUAGES)
        assert need.categories
        assert set(need.categories) <= set(CATEGORIES)


def test_a_helpline_has_a_source() -> None:
    lines = [line for need in NEEDS.values() for line in need.helplines]
    assert [line.number for line in lines] == ["112", "0800 30 030", "1712"]
    assert all(line.source.startswith("https://") for line in lines)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[need", "Expected"),
        ("", "holds no"),
        (f"[[need]]{ONE}[[need]]{ONE}", "given twice"),
        (f"[[need]]{ONE}".replace('"social-grocery"', '"butcher"'), "butcher"),
        (f"[[need]]{ONE}".replace('nl = "Eten"', ""), "nl"),
        (f"[[need]]{ONE}".replace("temaki:bread", "https://x.example/a.svg"), "icon"),
        ('need = "food"', "Correct it"),
    ],
)
def test_a_table_that_cannot_be_understood_says_why(text: str, reason: str) -> None:
    with pytest.raises(BadInputError, match=reason):
        parse_needs(text, "needs.toml")
