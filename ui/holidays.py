"""The names of the public holidays."""

from directory.calendar import Holiday
from ui.speech import speech


def holiday_name(found: Holiday, language: str | None = None) -> str:
    """Name a public holiday; without a language in the reader's."""
    _ = speech(language).translate
    return {
        Holiday.NEW_YEAR: _("New Year"),
        Holiday.EASTER: _("Easter"),
        Holiday.EASTER_MONDAY: _("Easter Monday"),
        Holiday.LABOUR_DAY: _("Labour Day"),
        Holiday.ASCENSION: _("Ascension Day"),
        Holiday.WHIT_MONDAY: _("Whit Monday"),
        Holiday.NATIONAL_DAY: _("National Day"),
        Holiday.ASSUMPTION: _("Assumption"),
        Holiday.ALL_SAINTS: _("All Saints"),
        Holiday.ARMISTICE: _("Armistice Day"),
        Holiday.CHRISTMAS: _("Christmas"),
    }[found]
