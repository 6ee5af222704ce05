"""What an installation of Plein is told: folders, database, territory, sources."""

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geo.errors import N_, BadInputError

ROOT = Path(__file__).resolve().parent.parent
Refnis = Annotated[str, Field(pattern=r"^[0-9]{5}$")]


class SectorSource(BaseModel):
    """Where an official file is published: outlines, or population by sector."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    url: str
    licence: str


class Settings(BaseModel):
    """One installation: `plein.toml` with what the environment says on top.

    `home` holds what this instance makes (database, official outlines, files for the browser);
    `municipalities` are REFNIS codes, the sectors of which are kept.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    root: Path = ROOT
    home: Path
    database_url: str
    offline: bool = False
    municipalities: tuple[Refnis, ...] = ()
    sector_sources: tuple[SectorSource, ...] = ()
    population_sources: tuple[SectorSource, ...] = ()
    tile_server: str = ""
    tile_attribution: str = ""
    editing: Literal["accounts", "here", "everyone"] = "accounts"
    online_help: tuple[Literal["urbis", "nominatim"], ...] = ()

    @property
    def register(self) -> Path:
        """The register of sectors the product ships."""
        return self.root / "data" / "sectors" / "register.csv"

    @property
    def neighbourhoods(self) -> Path:
        """The default set of relay neighbourhoods the product ships."""
        return self.root / "data" / "sectors" / "neighbourhoods.csv"


def read_settings(path: Path, environ: dict[str, str]) -> Settings:
    """Read `plein.toml` and the environment.

    Raises:
        BadInputError: the file is not TOML or holds a key or value that is not known.
    """
    home = Path(environ.get("PLEIN_HOME") or ROOT / "data").resolve()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return Settings(
            home=home,
            database_url=environ.get("DATABASE_URL") or f"sqlite:///{home / 'plein.db'}",
            offline=environ.get("PLEIN_OFFLINE", "") not in ("", "0"),
            **given.get("territory", {}),
            **given.get("map", {}),
            **given.get("people", {}),
            **given.get("geocoding", {}),
        )
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise BadInputError(
            N_("{path} could not be understood: {reason}. Correct it and start again."),
            path=path.name,
            reason=str(error),
        ) from error


def config_path() -> Path:
    """Return where this process finds `plein.toml`."""
    return Path(os.environ.get("PLEIN_CONFIG") or ROOT / "plein.toml")


@cache
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return read_settings(config_path(), dict(os.environ))
