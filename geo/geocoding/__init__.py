"""From the text of an address to a place, and back."""

from geo.geocoding.answers import Answer, Candidate, NamedPlace, Query, Reason, Rung
from geo.geocoding.gazetteer import Gazetteer, StreetRow
from geo.geocoding.matching import Geocoder

__all__ = [
    "Answer",
    "Candidate",
    "Gazetteer",
    "Geocoder",
    "NamedPlace",
    "Query",
    "Reason",
    "Rung",
    "StreetRow",
]
