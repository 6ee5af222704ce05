"""What is kept of a local map beside its record: editions, their files, the makers' logos."""

from urllib.parse import quote

from directory.atlas import Atlas
from directory.local_maps import LocalMap
from directory.local_maps.editions import Edition, EditionFile, Editions, since
from directory.local_maps.logos import read_logo
from geo.errors import N_, UnknownIdError
from ui import state

PAGE = "text/html"
PRINTED = "application/pdf"


def editions_of(local_map: LocalMap, atlas: Atlas) -> list[Edition]:
    """Return the editions that may still be shown, the newest first."""
    return [one for one in Editions(state.store()).of(local_map.id) if is_shown(one, atlas)]


def edition_of(local_map: LocalMap, number: int) -> Edition:
    """Return an edition of a map.

    Raises:
        UnknownIdError: there is none of that number.
    """
    return Editions(state.store()).one(local_map.id, number)


def is_shown(edition: Edition, atlas: Atlas) -> bool:
    """Whether an edition shows nobody the law hides today."""
    return edition.taken_back_at is None and not since(edition, atlas).hidden


def file_of_edition(
    local_map: LocalMap, atlas: Atlas, number: int, name: str
) -> EditionFile | None:
    """Return a file of an edition, the same bytes for ever.

    None where the edition may not be shown any more.

    Raises:
        UnknownIdError: there is no such edition, or no such file.
        BadInputError: its bytes are not those that were kept.
    """
    editions = Editions(state.store())
    if not is_shown(editions.one(local_map.id, number), atlas):
        return None
    return editions.file(local_map.id, number, name)


def logo_of(local_map: LocalMap, digest: str) -> bytes:
    """Return the logo of a maker of the map as PNG.

    Raises:
        UnknownIdError: no maker of this map has that logo.
    """
    known = digest and digest in {maker.logo for maker in local_map.makers}
    found = read_logo(state.store(), digest) if known else None
    if found is None:
        raise UnknownIdError(N_("There is no logo “{id}”."), id=digest[:80])
    return found


def logos_of(local_map: LocalMap) -> dict[str, bytes]:
    """Return the logos of a map's makers as PNG, by their SHA-256."""
    digests = {maker.logo for maker in local_map.makers if maker.logo}
    read = {digest: read_logo(state.store(), digest) for digest in sorted(digests)}
    return {digest: png for digest, png in read.items() if png is not None}


def edition_address(edition: Edition, file: EditionFile) -> str:
    """Return where a file of an edition is, below the root of the site.

    >>> from types import SimpleNamespace as Some
    >>> edition_address(Some(map_id="a", number=2), Some(name="A3 fr.pdf"))
    'plan/a/editions/2/A3%20fr.pdf'
    """
    return f"plan/{edition.map_id}/editions/{edition.number}/{quote(file.name, safe='')}"


def first_of(edition: Edition, media_type: str) -> EditionFile | None:
    """Return the first file of a kind."""
    return next((one for one in edition.files if one.media_type.startswith(media_type)), None)
