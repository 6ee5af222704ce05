"""The whole directory at one revision: what every screen reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from directory.activities import Activity
from directory.actors import Actor
from directory.indicators import Indicator
from directory.local_maps.records import LocalMap
from directory.relays import Partner, Relay
from directory.scenarios import Scenario
from geo.neighbourhoods import Neighbourhood


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Every record by id, drafts and archived ones included, at one `revision` of the store."""

    revision: int = 0
    actors: Mapping[str, Actor] = field(default_factory=dict)
    activities: Mapping[str, Activity] = field(default_factory=dict)
    relays: Mapping[str, Relay] = field(default_factory=dict)
    partners: Mapping[str, Partner] = field(default_factory=dict)
    neighbourhoods: Mapping[str, Neighbourhood] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    local_maps: Mapping[str, LocalMap] = field(default_factory=dict)
