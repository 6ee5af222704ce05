"""What a column of a file can be: the fields of an actor as a spreadsheet holds them."""

from enum import StrEnum

from geo.errors import N_


class Field(StrEnum):
    """One fact a column may hold; the value is what is stored and what a program writes."""

    PLEIN_ID = "plein_id"
    PLEIN_VERSION = "plein_version"
    NAME = "name"
    NAME_FR = "name_fr"
    NAME_NL = "name_nl"
    NAME_EN = "name_en"
    KIND = "kind"
    CATEGORY = "category"
    DESCRIPTION = "description"
    DESCRIPTION_FR = "description_fr"
    DESCRIPTION_NL = "description_nl"
    DESCRIPTION_EN = "description_en"
    ADDRESS = "address"
    STREET = "street"
    STREET_FR = "street_fr"
    STREET_NL = "street_nl"
    NUMBER = "number"
    BOX = "box"
    POSTCODE = "postcode"
    MUNICIPALITY = "municipality"
    MUNICIPALITY_FR = "municipality_fr"
    MUNICIPALITY_NL = "municipality_nl"
    LON = "lon"
    LAT = "lat"
    COORDINATES = "coordinates"
    PRECISION = "precision"
    AREA = "area"
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    HOURS = "hours"
    LANGUAGES = "languages"
    WHEELCHAIR = "wheelchair"
    APPOINTMENT = "appointment"
    COST = "cost"
    AUDIENCE = "audience"
    AUDIENCE_FR = "audience_fr"
    AUDIENCE_NL = "audience_nl"
    AUDIENCE_EN = "audience_en"
    SOURCE = "source"
    LICENCE = "licence"
    SOURCE_URL = "source_url"
    REFERENCE = "reference"
    VERIFIED_ON = "verified_on"
    VERIFIED_BY = "verified_by"


LABELS = {
    Field.PLEIN_ID: N_("Plein's own id"),
    Field.PLEIN_VERSION: N_("Plein's version"),
    Field.NAME: N_("Name"),
    Field.NAME_FR: N_("Name in French"),
    Field.NAME_NL: N_("Name in Dutch"),
    Field.NAME_EN: N_("Name in English"),
    Field.KIND: N_("Kind of actor"),
    Field.CATEGORY: N_("Category"),
    Field.DESCRIPTION: N_("Description"),
    Field.DESCRIPTION_FR: N_("Description in French"),
    Field.DESCRIPTION_NL: N_("Description in Dutch"),
    Field.DESCRIPTION_EN: N_("Description in English"),
    Field.ADDRESS: N_("Address in one cell"),
    Field.STREET: N_("Street"),
    Field.STREET_FR: N_("Street in French"),
    Field.STREET_NL: N_("Street in Dutch"),
    Field.NUMBER: N_("House number"),
    Field.BOX: N_("Box"),
    Field.POSTCODE: N_("Postcode"),
    Field.MUNICIPALITY: N_("Municipality"),
    Field.MUNICIPALITY_FR: N_("Municipality in French"),
    Field.MUNICIPALITY_NL: N_("Municipality in Dutch"),
    Field.LON: N_("Longitude, or x in Lambert"),
    Field.LAT: N_("Latitude, or y in Lambert"),
    Field.COORDINATES: N_("Both coordinates in one cell"),
    Field.PRECISION: N_("How exactly the place is known"),
    Field.AREA: N_("Code of the area"),
    Field.PHONE: N_("Phone"),
    Field.EMAIL: N_("E-mail"),
    Field.WEBSITE: N_("Website"),
    Field.HOURS: N_("Opening hours"),
    Field.LANGUAGES: N_("Languages spoken"),
    Field.WHEELCHAIR: N_("Wheelchair access"),
    Field.APPOINTMENT: N_("Appointment"),
    Field.COST: N_("Cost"),
    Field.AUDIENCE: N_("For whom"),
    Field.AUDIENCE_FR: N_("For whom, in French"),
    Field.AUDIENCE_NL: N_("For whom, in Dutch"),
    Field.AUDIENCE_EN: N_("For whom, in English"),
    Field.SOURCE: N_("Source"),
    Field.LICENCE: N_("Licence"),
    Field.SOURCE_URL: N_("Address of the source"),
    Field.REFERENCE: N_("Reference in the source"),
    Field.VERIFIED_ON: N_("Verified on"),
    Field.VERIFIED_BY: N_("Verified by"),
}
"""What a person calls each field; message ids."""

JOINED = {
    Field.CATEGORY: "; ",
    Field.DESCRIPTION: "\n",
    Field.DESCRIPTION_FR: "\n",
    Field.DESCRIPTION_NL: "\n",
    Field.DESCRIPTION_EN: "\n",
    Field.PHONE: "; ",
    Field.EMAIL: "; ",
    Field.WEBSITE: "; ",
    Field.LANGUAGES: "; ",
    Field.HOURS: "; ",
    Field.ADDRESS: ", ",
    Field.AUDIENCE: ", ",
}
"""Fields that several columns may hold, and what stands between their cells."""

NAMES = {Field.NAME: "und", Field.NAME_FR: "fr", Field.NAME_NL: "nl", Field.NAME_EN: "en"}
DESCRIPTIONS = {
    Field.DESCRIPTION: "und",
    Field.DESCRIPTION_FR: "fr",
    Field.DESCRIPTION_NL: "nl",
    Field.DESCRIPTION_EN: "en",
}
AUDIENCES = {
    Field.AUDIENCE: "und",
    Field.AUDIENCE_FR: "fr",
    Field.AUDIENCE_NL: "nl",
    Field.AUDIENCE_EN: "en",
}
STREETS = {Field.STREET: "und", Field.STREET_FR: "fr", Field.STREET_NL: "nl"}
MUNICIPALITIES = {
    Field.MUNICIPALITY: "und",
    Field.MUNICIPALITY_FR: "fr",
    Field.MUNICIPALITY_NL: "nl",
}
"""Fields of a text by language, and the language."""

PLACING = (
    *(Field.ADDRESS, *STREETS, Field.NUMBER, Field.BOX, Field.POSTCODE, *MUNICIPALITIES),
    *(Field.LON, Field.LAT, Field.COORDINATES, Field.PRECISION, Field.AREA),
)
"""Fields that say where something is."""
