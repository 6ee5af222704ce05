"""Other services that find addresses, asked only where an administrator switched them on.

Off is the default, and then nothing here is made or asked. On, `OnlineHelp.services` names who
would be asked, so that a person sees it before an address leaves; what leaves is street, number,
postcode and municipality, never a whole cell.
"""

import json
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from geopy.adapters import URLLibAdapter
from geopy.exc import GeopyError
from geopy.geocoders import Nominatim
from geopy.geocoders.base import Geocoder as GeopyGeocoder

from geo.errors import N_, BadInputError
from geo.geocoding import Candidate, Query, Reason, Rung
from geo.geocoding.addresses import parse
from geo.geocoding.names import readings

TIMEOUT_S: Final = 5.0
"""A service that has not answered by then is left alone for a while."""
REST_S: Final = 60.0
"""How long a service that failed is not asked."""
INTERVAL_S: Final = {"urbis": 0.2, "nominatim": 1.0}
"""Least time between two questions; one a second is Nominatim's usage policy (2026)."""
NAMES: Final = {
    "urbis": "UrbIS (Paradigm, Brussels-Capital Region)",
    "nominatim": "Nominatim (OpenStreetMap Foundation)",
}
HOSTS: Final = {
    "urbis": "https://geoservices.irisnet.be",
    "nominatim": "https://nominatim.openstreetmap.org",
}
PROBABILITY: Final = 0.7
"""Of what a service found: it says nothing of its certainty we could check, so a person looks."""
MOST: Final = 5
"""Candidates taken from a service."""
LONGEST: Final = 200
"""Characters of a name taken from a service."""
LARGEST: Final = 1_000_000
"""Characters of an answer that are read."""
BELGIUM: Final = (2.3, 49.4, 6.5, 51.6)
AGENT: Final = "Plein (geocoding of relays' addresses)"
_NUMBER: Final = re.compile(r"[0-9]{1,4}[0-9A-Za-z/ -]{0,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What services found, and whom they were: `asked` were sent the address just now."""

    candidates: tuple[Candidate, ...] = ()
    asked: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass
class _Service:
    key: str
    geocoder: Any
    last: float = float("-inf")
    rests_until: float = float("-inf")


@dataclass
class OnlineHelp:
    """Asks the services switched on, one after the other, until one has found something.

    `hosts` replaces where a service is, as a test or a mirror needs; `cache` is a file that keeps
    answers, so that no address is asked twice.
    """

    enabled: Iterable[str]
    cache: Path | None = None
    hosts: Mapping[str, str] = field(default_factory=dict)
    timeout_s: float = TIMEOUT_S
    clock: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        """Make the clients; none of them speaks yet.

        Raises:
            BadInputError: a service nobody knows.
        """
        self._services = []
        for key in self.enabled:
            if key not in NAMES:
                raise BadInputError(
                    N_("Expected online help from urbis or nominatim, found “{name}”."), name=key
                )
            host = self.hosts.get(key, HOSTS[key])
            self._services.append(_Service(key, _client(key, host, self.timeout_s)))

    @property
    def services(self) -> tuple[str, ...]:
        """Who would be sent an address: to be shown before it leaves."""
        return tuple(NAMES[service.key] for service in self._services)

    def find(self, query: Query) -> Help:
        """Ask for one address; a service that fails is named in the reasons."""
        asked = outgoing(query)
        if not asked or not self._services:
            return Help()
        reasons: list[Reason] = []
        spoken: list[str] = []
        for service in self._services:
            found = self._kept(service.key, asked)
            if found is None:
                found = self._ask(service, asked, spoken, reasons)
            if found:
                return Help(candidates=found, asked=tuple(spoken), reasons=tuple(reasons))
        return Help(asked=tuple(spoken), reasons=tuple(reasons))

    def _ask(
        self, service: _Service, asked: str, spoken: list[str], reasons: list[Reason]
    ) -> tuple[Candidate, ...]:
        now = self.clock()
        name = {"service": NAMES[service.key]}
        if now < service.rests_until:
            reasons.append(Reason(N_("{service} failed a moment ago and is not asked."), name))
            return ()
        self.wait(max(service.last + INTERVAL_S[service.key] - now, 0.0))
        service.last = self.clock()
        spoken.append(NAMES[service.key])
        try:
            answer = service.geocoder.geocode(asked, **_options(service.key))
            found = _believable(_READ[service.key](answer))
        except (GeopyError, OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            service.rests_until = self.clock() + REST_S
            what = {**name, "reason": type(error).__name__}
            reasons.append(Reason(N_("{service} could not help: {reason}."), what))
            return ()
        self._keep(service.key, asked, found)
        return found

    def _kept(self, service: str, asked: str) -> tuple[Candidate, ...] | None:
        if self.cache is None or not self.cache.exists():
            return None
        try:
            with closing(sqlite3.connect(self.cache)) as base:
                row = base.execute(
                    "SELECT found FROM answers WHERE service = ? AND asked = ?", (service, asked)
                ).fetchone()
            return None if row is None else tuple(Candidate(**one) for one in json.loads(row[0]))
        except (sqlite3.Error, ValueError, TypeError):
            return None

    def _keep(self, service: str, asked: str, found: tuple[Candidate, ...]) -> None:
        if self.cache is None:
            return
        text = json.dumps([asdict(one) for one in found])
        try:
            self.cache.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.cache)) as base, base:
                base.execute(
                    "CREATE TABLE IF NOT EXISTS answers"
                    " (service TEXT, asked TEXT, found TEXT, PRIMARY KEY (service, asked))"
                )
                base.execute(
                    "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (service, asked, text)
                )
        except (sqlite3.Error, OSError):
            return  # an answer that could not be kept is asked again


def outgoing(query: Query) -> str:
    """Write what would leave: street, number, postcode, municipality; "" where no street is named.

    >>> outgoing(Query(text="Mme Dupont 0477 12 34 56, rue Haute 5 bte 3, 1000 Bruxelles"))
    'rue haute 5, 1000 bruxelles'
    """
    text = f"{query.street} {query.number}, {query.postcode} {query.municipality}"
    parsed = parse(query.text or text)
    streets = [name for name in parsed.names if any(read.kind for read in readings(name))]
    if not streets:
        return ""
    street = " ".join(streets[0])
    stretch = re.search(rf"{re.escape(street)}\W{{1,3}}(\d{{1,4}})\b", _spaced(query.text or text))
    number = stretch[1] if stretch else ""
    if query.number:
        number = parse(f"x {query.number}").number
    area = " ".join(part for part in (str(parsed.postcode or ""), parsed.place) if part)
    return ", ".join(part for part in (f"{street} {number}".strip(), area) if part)


def _spaced(text: str) -> str:
    from geo.geocoding.words import fold  # noqa: PLC0415 - one use

    return " ".join(re.findall(r"[a-z0-9]+|,", fold(text)))


class _Adapter(URLLibAdapter):  # type: ignore[misc]
    """geopy's own, but with an end to what it reads."""

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        text = str(super().get_text(url, timeout=timeout, headers=headers))
        if len(text) > LARGEST:
            raise ValueError(len(text))
        return text


class _Urbis(GeopyGeocoder):  # type: ignore[misc]
    """The localisation service of UrbIS, as a geopy geocoder."""

    path = "/localization/Rest/Localize/getaddresses"

    def __init__(self, *, host: str, timeout: float) -> None:
        scheme, _, self.domain = host.partition("://")
        super().__init__(
            scheme=scheme, timeout=timeout, user_agent=AGENT, adapter_factory=_Adapter, proxies={}
        )

    def geocode(self, query: str) -> Any:
        """Ask for an address; returns the service's JSON."""
        asked = urlencode({"spatialReference": "31370", "language": "fr", "address": query})
        url = f"{self.scheme}://{self.domain}{self.path}?{asked}"
        return self._call_geocoder(url, lambda answer: answer)


def _client(key: str, host: str, timeout_s: float) -> Any:
    if key == "urbis":
        return _Urbis(host=host, timeout=timeout_s)
    scheme, _, domain = host.partition("://")
    return Nominatim(
        scheme=scheme, domain=domain, timeout=timeout_s, user_agent=AGENT,
        adapter_factory=_Adapter, proxies={},
    )  # fmt: skip


def _options(key: str) -> dict[str, Any]:
    if key == "urbis":
        return {}
    return {"exactly_one": False, "limit": MOST, "addressdetails": True, "country_codes": "be"}


def _from_urbis(answer: Any) -> list[Candidate]:
    """Read what UrbIS says: points are Lambert 72."""
    import numpy as np  # noqa: PLC0415 - only where help is on

    from geo.crs import LAMBERT_72, WGS_84, project  # noqa: PLC0415

    found = []
    for one in list(answer["result"])[:MOST]:
        point = np.array([[float(one["point"]["x"]), float(one["point"]["y"])]])
        lon, lat = project(point, source=LAMBERT_72, target=WGS_84)[0].tolist()
        address, street = one["address"], one["address"]["street"]
        found.append(
            _candidate(
                (lon, lat), str(street.get("name") or ""), str(address.get("number") or ""),
                str(street.get("postCode") or ""), str(street.get("municipality") or ""),
            )
        )  # fmt: skip
    return found


def _from_nominatim(answer: Any) -> list[Candidate]:
    """Read what Nominatim says, only what has a street."""
    found = []
    for one in list(answer or [])[:MOST]:
        said = one.raw["address"]
        if said.get("road"):
            found.append(
                _candidate(
                    (float(one.longitude), float(one.latitude)), str(said["road"]),
                    str(said.get("house_number") or ""), str(said.get("postcode") or ""),
                    str(said.get("town") or said.get("city") or ""),
                )
            )  # fmt: skip
    return found


_READ: Final = {"urbis": _from_urbis, "nominatim": _from_nominatim}


def _candidate(
    where: tuple[float, float], street: str, number: str, postcode: str, town: str
) -> Candidate:
    lon, lat = where
    french, _, dutch = street[:LONGEST].partition(" - ")
    known = number if _NUMBER.fullmatch(number) else ""
    return Candidate(
        rung=Rung.ADDRESS if known else Rung.STREET,
        probability=PROBABILITY,
        lon=lon,
        lat=lat,
        street_fr=french,
        street_nl=dutch or french,
        number=known,
        postcode=postcode if re.fullmatch(r"[1-9][0-9]{3}", postcode) else "",
        municipality_fr=town[:LONGEST],
        municipality_nl=town[:LONGEST],
    )


def _believable(found: list[Candidate]) -> tuple[Candidate, ...]:
    """Keep what lies in Belgium; a point elsewhere, or none, is no help."""
    return tuple(
        one
        for one in found
        if one.lon is not None
        and one.lat is not None
        and BELGIUM[0] <= one.lon <= BELGIUM[2]
        and BELGIUM[1] <= one.lat <= BELGIUM[3]
    )
