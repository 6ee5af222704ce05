import re

import pytest

from directory.categories import CATEGORIES, GROUPS, OUTSIDE, known_category
from geo.errors import BadInputError

GROUP_IDS = [
    "care",
    "culture",
    "school",
    "social",
    "municipality",
    "community",
    "authority",
    "other",
]


def test_groups_and_categories_keep_the_order_of_the_source() -> None:
    assert list(GROUPS) == GROUP_IDS
    assert len(CATEGORIES) == 39
    in_order = [category.group for category in CATEGORIES.values()]
    assert list(dict.fromkeys(in_order)) == GROUP_IDS
    assert in_order == sorted(in_order, key=GROUP_IDS.index)


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("care", 8),
        ("culture", 4),
        ("school", 3),
        ("social", 10),
        ("municipality", 2),
        ("community", 3),
        ("authority", 2),
        ("other", 7),
    ],
)
def test_each_group_holds_every_word_of_the_source(group: str, words: int) -> None:
    assert sum(category.group == group for category in CATEGORIES.values()) == words


def test_every_word_is_said_in_three_languages_and_has_a_sign() -> None:
    for record in (*GROUPS.values(), *CATEGORIES.values()):
        assert set(record.labels) == {"fr", "nl", "en"}
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", record.id)
    icons = [category.icon for category in CATEGORIES.values()]
    assert all(re.fullmatch(r"(maki|temaki):[a-z0-9_-]+", icon) for icon in icons)
    assert len(set(icons)) == len(icons)


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_no_two_categories_are_called_the_same(language: str) -> None:
    labels = [category.labels.best(language) for category in CATEGORIES.values()]
    assert len(set(labels)) == len(labels)


def test_an_expression_belongs_to_one_place_only() -> None:
    expressions = [e for record in (*CATEGORIES.values(), *OUTSIDE) for e in record.osm]
    assert len(set(expressions)) == len(expressions)


def test_an_unknown_category_is_refused() -> None:
    assert known_category("pharmacy") == "pharmacy"
    with pytest.raises(BadInputError, match="no category"):
        known_category("casino")
