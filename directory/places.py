"""Where something is, as exactly as is known and no more."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from directory.texts import Record, Texts
from geo.errors import N_, BadInputError


class Precision(StrEnum):
    """How exactly a place is known; only `address` and `street` may carry a point."""

    ADDRESS = "address"
    STREET = "street"
    SECTOR = "sector"
    NEIGHBOURHOOD = "neighbourhood"
    MUNICIPALITY = "municipality"


class Point(Record):
    """A position in EPSG:4326, degrees."""

    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


class Address(Record):
    """The parts of a Belgian address; street and municipality by language (fr, nl)."""

    street: Texts = Texts()
    number: str = ""
    box: str = ""
    postcode: str = ""
    municipality: Texts = Texts()


class Place(Record):
    """An address, a point, or only the area something is known to be in.

    `area` is a sector code, neighbourhood id or municipality REFNIS code, as `precision` says,
    and is given only where there is no point. The sector of a point is derived, never stored.
    """

    precision: Precision
    address: Address = Address()
    point: Point | None = None
    area: str = ""

    @model_validator(mode="after")
    def _point_or_area(self) -> Self:
        exact = self.precision in (Precision.ADDRESS, Precision.STREET)
        if not exact and (self.point is not None or not self.area):
            raise BadInputError(
                N_("A place known only as a {precision} needs the code of that area and no point."),
                precision=self.precision.value,
            )
        if exact and self.area:
            raise BadInputError(
                N_("A place known to the {precision} takes a point, not the area “{area}”."),
                precision=self.precision.value,
                area=self.area,
            )
        return self
