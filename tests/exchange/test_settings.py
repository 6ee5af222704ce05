"""What an installation is told."""

from pathlib import Path

import pytest

from exchange.settings import ROOT, read_settings
from geo.errors import BadInputError


def test_the_shipped_file_names_the_nineteen_municipalities(tmp_path: Path):
    found = read_settings(ROOT / "plein.toml", {"PLEIN_HOME": str(tmp_path)})
    assert len(set(found.municipalities)) == 19
    assert found.database_url == f"sqlite:///{tmp_path / 'plein.db'}"
    assert found.tile_server == "", "nobody else is asked unless an administrator says so"
    assert found.sector_sources


def test_the_environment_has_the_last_word(tmp_path: Path):
    environ = {"PLEIN_HOME": str(tmp_path), "DATABASE_URL": "postgresql://x", "PLEIN_OFFLINE": "1"}
    found = read_settings(tmp_path / "none.toml", environ)
    assert (found.database_url, found.offline) == ("postgresql://x", True)
    assert not read_settings(tmp_path / "none.toml", {"PLEIN_OFFLINE": "0"}).offline


@pytest.mark.parametrize(
    "text", ["[territory", "[territory]\nmunicipalities = ['Gent']", "[map]\ncolour = 'red'"]
)
def test_a_file_that_is_not_understood_is_named(tmp_path: Path, text: str):
    (tmp_path / "plein.toml").write_text(text)
    with pytest.raises(BadInputError, match=r"plein\.toml could not be understood"):
        read_settings(tmp_path / "plein.toml", {})
