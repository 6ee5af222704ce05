"""Where a record comes from, and under which licence it may be shown."""

from datetime import date

from directory.texts import Record


class Source(Record):
    """The origin of a record: its name, licence, address, id there and the day it was read.

    `reference` is the record's id in that source: the key by which an import finds it again.
    """

    name: str
    licence: str = ""
    url: str = ""
    reference: str = ""
    read_on: date | None = None
