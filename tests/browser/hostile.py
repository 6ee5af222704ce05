"""Texts of somebody who means harm, in every field of the directory that takes a text."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from directory.activities import Activity
from directory.actors import Actor
from directory.commands import Commands
from directory.texts import Texts
from tests.browser import homes

if TYPE_CHECKING:
    from directory.store import Stored

MARK = "__hacked"
"""The global that stays undefined as long as nothing of this is run."""
TEXTS = {
    "image": f"<img src=x onerror=window.{MARK}=1>",
    "script": f"<script>window.{MARK}=2</script>",
    "ending": f"</script><script>window.{MARK}=3</script>",
    "attribute": f"'\"--></title></style><svg onload=window.{MARK}=4>",
    "template": "{{7*7}} {% raw %} ${7*7} {0} {name} #{7*7} <%= 7*7 %>",
    "markdown": "[x](http://evil.example) ![y](//evil.example/y.png) **b** `c` ~~d~~",
    "streamlit": r":material/home: :red[r] :smile: $\frac{1}{2}$ $$x$$ <b>b</b>",
    "long": "x" * 300,
    "right": "\u05e9\u05dc\u05d5\u05dd \u200f(a) \u0627\u0644\u0633\u0648\u0642 1-2",
}
SHORT = 50
"""What a house number, a box and a postcode may hold."""
WEBSITE = "https://evil.example/?a=javascript:alert(1)&b=%3Cimg%20src=x%3E#)](x)"
RELAYS = {
    "image": "marollen",
    "script": "anneessens",
    "ending": "dailly",
    "attribute": "collignon",
    "template": "noord",
    "markdown": "brabant",
    "streamlit": "koekelberg",
    "long": "haachtsesteenweg",
    "right": "flagey",
}
"""The relay, neighbourhood and partner each text is the name of."""
CODES = ("![](//e)x", "<img src>", "$\\frac12$", "`{{7*7}}`")
"""Nine characters, as a sector code has."""


def fill(home: Path) -> None:
    """Write the texts into an installation through the commands, as anybody would."""
    with homes.opened(home) as store:
        commands, found = Commands(store), store.directory()
        records: list[Stored] = []
        for number, (key, text) in enumerate(TEXTS.items()):
            names = Texts({"fr": text, "nl": text, "en": text})
            relay = found.relays[RELAYS[key]]
            partner = found.partners[relay.partner_id]
            area = found.neighbourhoods[relay.neighbourhood_id]
            sectors = CODES if key == "markdown" else area.sectors
            records += [
                _actor(key, number),
                _activity(key, relay.id),
                relay.model_copy(update={"names": names}),
                partner.model_copy(update={"names": names, "hours": text}),
                replace(area, names=dict(names.root), note=text, sectors=sectors),
            ]
        commands.save(records, by=homes.BY)


def _actor(key: str, number: int) -> Actor:
    text = TEXTS[key]
    every = {"fr": text, "nl": text, "en": text}
    place = homes.at_address(text, text, text[:SHORT], homes.point(homes.MAROLLES, 0, 30 * number))
    place["address"] |= {"box": text[:SHORT], "postcode": text[:SHORT], "municipality": every}
    return homes.actor(
        f"hostile-{key}",
        "social-work",
        names=every,
        descriptions=every,
        places=[place],
        contacts=[{"kind": "website", "value": WEBSITE, "label": every}],
        hours=text,
        audience=every,
        source={"name": text, "licence": text, "reference": text, "url": WEBSITE},
        verified_on=homes.days_ago(25),
        verified_by=text,
    )


def _activity(key: str, relay_id: str) -> Activity:
    every = {"fr": TEXTS[key], "nl": TEXTS[key], "en": TEXTS[key]}
    return Activity.model_validate(
        {
            "id": f"hostile-{key}",
            "titles": every,
            "descriptions": every,
            "frequency": every,
            "type": "other",
            "place": {"precision": "neighbourhood", "area": "flagey"},
            "relay_ids": [relay_id],
            "actor_ids": [f"hostile-{key}"],
            "source": {"name": TEXTS[key]},
        }
    )
