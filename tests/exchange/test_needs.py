from pathlib import Path

import pytest

from directory.needs import DEFAULT, NEEDS
from exchange.needs import open_needs
from geo.errors import BadInputError

OWN = "[[need]]" + DEFAULT.read_text(encoding="utf-8").split("[[need]]")[3]


def test_without_a_file_of_its_own_an_installation_has_ours(tmp_path: Path) -> None:
    assert open_needs(tmp_path) is NEEDS


def test_its_own_table_rules_as_soon_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "needs.toml").write_text(OWN, encoding="utf-8")
    assert list(open_needs(tmp_path)) == ["medicines"]
    (tmp_path / "needs.toml").write_text(
        OWN.replace('id = "medicines"', 'id = "pills-and-more"'), encoding="utf-8"
    )
    assert list(open_needs(tmp_path)) == ["pills-and-more"]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[[need]]\n"])
def test_a_broken_one_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "needs.toml").write_bytes(content)
    with pytest.raises(BadInputError, match=r"needs\.toml"):
        open_needs(tmp_path)
