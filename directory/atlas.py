"""The directory laid on the territory: who is public, in which sector, in whose neighbourhood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from directory.activities import Activity
from directory.actors import Actor, Status, is_public
from directory.categories import CATEGORIES
from directory.directory import Directory
from directory.freshness import Freshness, State, freshness
from directory.places import Place, Precision
from directory.relays import Partner, Relay
from directory.search import Index, SearchText, plain
from directory.secrecy import public_activity, public_actor, receives_at_home
from geo.neighbourhoods import Neighbourhood
from geo.territory import Territory


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The areas a record lies in; None where that is not known."""

    sector: str | None = None
    neighbourhood: str | None = None
    municipality: str | None = None


NOWHERE = Whereabouts()


@dataclass(frozen=True)
class Atlas:
    """One revision of the directory on one territory, as the public sees it on one day."""

    directory: Directory
    territory: Territory
    day: date

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """The public actors by id, in the order of their ids, as everyone may see them.

        `directory.actors` has all of each: for relays, and for nobody else.
        """
        found = self.directory.actors
        return {
            key: public_actor(found[key], self.coarse)
            for key in sorted(found)
            if is_public(found[key], self.day)
        }

    @cached_property
    def freshness(self) -> Mapping[str, Freshness]:
        """How far each public actor can be trusted on the day, by id."""
        return {key: freshness(actor, self.day) for key, actor in self.actors.items()}

    @cached_property
    def listed(self) -> Mapping[str, Actor]:
        """The public actors that search, list and map hold: not those unchecked for too long."""
        fresh = self.freshness
        return {
            key: actor for key, actor in self.actors.items() if fresh[key].state is not State.STALE
        }

    def actors_by_name(self, language: str) -> Sequence[str]:
        """The ids of the listed actors in the order a reader of the language finds their names."""
        if language not in self._by_name:
            told = {key: actor.names.best(language) for key, actor in self.listed.items()}
            self._by_name[language] = sorted(told, key=lambda key: (told[key].casefold(), key))
        return self._by_name[language]

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        return {}

    @cached_property
    def activities(self) -> Mapping[str, Activity]:
        """The published activities by id, as everyone may see them."""
        known, actors = self.directory.activities, self.directory.actors
        found = {}
        for key in sorted(known):
            if known[key].status is Status.PUBLISHED:
                hosts = [actors[host] for host in known[key].actor_ids if host in actors]
                if (seen := self._seen(known[key], hosts)) is not None:
                    found[key] = seen
        return found

    def _seen(self, activity: Activity, hosts: Sequence[Actor]) -> Activity | None:
        """Return an activity as everyone may see it; None with no host but residents who are not.

        Where such a resident receives at home with others, the place is as if it were secret.
        """
        hidden = [one for one in hosts if one.consent and not is_public(one, self.day)]
        if hidden and len(hidden) == len(activity.actor_ids) + len(activity.relay_ids):
            return None
        homes = (one for one in hidden if receives_at_home(activity, one))
        secret = [one.model_copy(update={"secret_place": True}) for one in homes]
        return public_activity(activity, [*hosts, *secret], self.coarse)

    @cached_property
    def relays(self) -> Mapping[str, Relay]:
        """The published relays of the day by id."""
        return {
            key: relay
            for key, relay in sorted(self.directory.relays.items())
            if relay.status is Status.PUBLISHED
            and (relay.valid_from is None or relay.valid_from <= self.day)
            and (relay.valid_to is None or self.day <= relay.valid_to)
        }

    @cached_property
    def partners(self) -> Mapping[str, Partner]:
        """The published hosting partners by id."""
        found = self.directory.partners
        return {key: found[key] for key in sorted(found) if found[key].status is Status.PUBLISHED}

    @cached_property
    def neighbourhoods(self) -> Mapping[str, Neighbourhood]:
        """The relay neighbourhoods valid on the day, by id, with the sectors they have then."""
        found = self.directory.neighbourhoods
        day = self.day
        return {key: found[key].on(day) for key in sorted(found) if found[key].valid_on(day)}

    @cached_property
    def neighbourhood_of_sector(self) -> Mapping[str, str]:
        """The neighbourhood each covered sector is in."""
        return {code: key for key, found in self.neighbourhoods.items() for code in found.sectors}

    @cached_property
    def relay_of_neighbourhood(self) -> Mapping[str, Relay]:
        """The relay of each neighbourhood that has one."""
        return {relay.neighbourhood_id: relay for relay in self.relays.values()}

    @cached_property
    def whereabouts(self) -> Mapping[str, Whereabouts]:
        """The areas each public actor's first place lies in, by actor id."""
        return self._locate({key: actor.places[:1] for key, actor in self.actors.items()})

    @cached_property
    def activity_whereabouts(self) -> Mapping[str, Whereabouts]:
        """The areas each published activity takes place in, by activity id."""
        return self._locate(
            {key: (found.place,) if found.place else () for key, found in self.activities.items()}
        )

    def area_of(self, place: Place) -> Whereabouts:
        """The areas one place lies in."""
        return self._locate({"": (place,)})[""]

    def coarse(self, place: Place) -> Place | None:
        """Return the neighbourhood a place lies in, else its municipality; None: not known."""
        where = self.area_of(place)
        if where.neighbourhood:
            return Place(precision=Precision.NEIGHBOURHOOD, area=where.neighbourhood)
        town = where.municipality or self._municipality_named(place)
        return Place(precision=Precision.MUNICIPALITY, area=town) if town else None

    def _municipality_named(self, place: Place) -> str | None:
        told = {plain(name) for name in place.address.municipality.values()}
        for refnis, names in self.territory.municipalities[["name_fr", "name_nl"]].iterrows():
            if told & {plain(str(name)) for name in names}:
                return str(refnis)
        return None

    def _locate(self, places: Mapping[str, tuple[Place, ...]]) -> dict[str, Whereabouts]:
        points = {key: own[0].point for key, own in places.items() if own and own[0].point}
        lon = [point.lon for point in points.values() if point]
        lat = [point.lat for point in points.values() if point]
        found: dict[str, Whereabouts] = {}
        if points:
            sectors = self.territory.locate_lonlat(lon, lat)
            found = {
                key: self.area_of_sector(code) for key, code in zip(points, sectors, strict=True)
            }
        for key, own in places.items():
            if key not in found:
                found[key] = self._of_area(own[0]) if own else NOWHERE
        return found

    def area_of_sector(self, code: str | None) -> Whereabouts:
        """The areas a sector lies in; nowhere where there is no such sector."""
        if code is None or code not in self._municipality_of_sector:
            return NOWHERE
        return Whereabouts(
            sector=code,
            neighbourhood=self.neighbourhood_of_sector.get(code),
            municipality=self._municipality_of_sector[code],
        )

    def _of_area(self, place: Place) -> Whereabouts:
        if place.precision is Precision.SECTOR:
            return self.area_of_sector(place.area)
        if place.precision is Precision.NEIGHBOURHOOD and place.area in self.neighbourhoods:
            towns = {
                self._municipality_of_sector.get(code)
                for code in self.neighbourhoods[place.area].sectors
            }
            only = towns.pop() if len(towns) == 1 else None
            return Whereabouts(neighbourhood=place.area, municipality=only)
        if place.precision is Precision.MUNICIPALITY:
            return Whereabouts(municipality=place.area)
        return NOWHERE

    @cached_property
    def _municipality_of_sector(self) -> Mapping[str, str]:
        return dict(self.territory.sectors["municipality"])

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """The languages spoken at a listed actor, sorted."""
        return tuple(sorted({code for actor in self.listed.values() for code in actor.languages}))

    @cached_property
    def index(self) -> Index:
        """What a search over the listed actors looks through."""
        return Index({key: self._search_text(actor) for key, actor in self.listed.items()})

    def _search_text(self, actor: Actor) -> SearchText:
        other = [*actor.descriptions.values()]
        for category in actor.categories:
            other += CATEGORIES[category].labels.values()
        for place in actor.places:
            other += [*place.address.street.values(), *place.address.municipality.values()]
            other.append(place.address.postcode)
        other += self.area_names(self.whereabouts[actor.id])
        return SearchText(name=actor.names.values(), other=[text for text in other if text])

    def area_names(self, where: Whereabouts) -> list[str]:
        """The names, in every language, of the areas one lies in."""
        names: list[str] = []
        if where.neighbourhood:
            names += self.neighbourhoods[where.neighbourhood].names.values()
        if where.municipality in self.territory.municipalities.index:
            key = where.municipality
            names += [self.municipality_name(key, language) for language in ("fr", "nl")]
        return names

    def municipality_name(self, refnis: str | None, language: str) -> str:
        """The name of a municipality for a reader; French where the language is not Dutch."""
        towns = self.territory.municipalities
        if refnis is None or refnis not in towns.index:
            return ""
        return str(towns.loc[refnis, "name_nl" if language == "nl" else "name_fr"])

    def neighbourhood_name(self, key: str | None, language: str) -> str:
        """The name of a neighbourhood for a reader; French where the language is not Dutch."""
        if key is None or key not in self.neighbourhoods:
            return ""
        names = self.neighbourhoods[key].names
        return names.get(language) or names.get("fr") or next(iter(names.values()))

    def sector_name(self, code: str | None, language: str) -> str:
        """The name of a sector for a reader; French where the language is not Dutch."""
        if code is None or code not in self.territory.sectors.index:
            return ""
        return str(self.territory.sectors.loc[code, "name_nl" if language == "nl" else "name_fr"])
