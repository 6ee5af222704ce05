"""Actors for exports: one with everything, hostile ones, and any there could be."""

import string
from datetime import date

from hypothesis import strategies as st

from directory.actors import Actor, ActorKind, Appointment, Cost, Wheelchair
from directory.categories import CATEGORIES
from directory.contacts import ContactKind, Visibility
from directory.places import Precision
from tests.records import actor, at, phone

FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "＝1", "'=1", "#N/A", "=HYPERLINK(1;2)")  # noqa: RUF001

HIDDEN = ("+32 499 00 00 01", "geheim@relais.example", "https://hidden.example/only-relays")


def full() -> Actor:
    """An actor that knows something of everything, hidden contacts too."""
    here = at(0.5, 1.5).model_dump() | {
        "address": {
            "street": {"fr": "Rue Haute", "nl": "Hoogstraat"},
            "number": "12-14",
            "box": "3",
            "postcode": "1000",
            "municipality": {"fr": "Bruxelles", "nl": "Brussel"},
        }
    }
    quarter = {"precision": "neighbourhood", "area": "links"}
    return actor(
        "full",
        kind=ActorKind.ORGANISATION,
        names={"fr": "Maison", "nl": "Huis", "ar": "بيت"},
        descriptions={"fr": 'Une ligne\nune autre; « citée » "ainsi"'},
        categories=("pharmacy", "mental-health"),
        places=(here, quarter),
        contacts=(
            {"kind": "website", "value": "https://a.example/x;y=1;"},
            phone(HIDDEN[0], visibility="relays"),
            phone("+32 2 000 00 01", label={"fr": "Accueil"}),
            {"kind": "email", "value": HIDDEN[1], "visibility": "actors"},
            phone("+32 2 000 00 02"),
            {"kind": "website", "value": "https://b.example/"},
            {"kind": "website", "value": HIDDEN[2], "visibility": "relays"},
            {"kind": "email", "value": "a@b.example"},
        ),
        languages=("fr", "nl", "ar"),
        hours="Mo-Fr 09:00-12:00; Sa off",
        wheelchair=Wheelchair.LIMITED,
        appointment=Appointment.REQUIRED,
        cost=Cost.FREE,
        audience={"en": "Everyone"},
        source={
            "name": "Social Brussels",
            "licence": "CC BY 4.0",
            "url": "https://social.example/7",
            "reference": "7",
            "read_on": date(2026, 10, 1),
        },
        verified_on=date(2026, 11, 2),
        verified_by="Privé Persoon",
        version=3,
    )


def hostile() -> list[Actor]:
    """Actors whose every text a spreadsheet would like to run."""
    return [
        actor(
            f"hostile-{number}",
            names={"fr": text.strip(), "nl": f"</script>{text}"},
            descriptions={"und": f"{text};\"'\n=2+2,=3"},
            places=(
                at(0.5, 0.5).model_dump()
                | {"address": {"street": {"fr": text.strip()}, "number": text.strip()}},
            ),
            hours=text.strip(),
            source={"name": text.strip(), "reference": text.strip(), "url": "javascript:alert(1)"},
        )
        for number, text in enumerate(FORMULAS)
    ]


# What the gate (directory.hygiene) lets through: no controls, ends trimmed.
_signs = st.characters(
    exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff\u2028\u2029"
)
words = st.one_of(
    st.text(_signs, max_size=12).map(str.strip), st.sampled_from([f.strip() for f in FORMULAS])
)
texts = st.dictionaries(
    st.sampled_from(("und", "fr", "nl", "en", "ar", "tr")), words.filter(bool), max_size=4
)
_degrees = st.floats(-90, 90).map(lambda value: round(value, 9))


@st.composite
def places(draw: st.DrawFn) -> dict:
    """Any place."""
    precision = draw(st.sampled_from(Precision))
    address = {"street": draw(texts), "municipality": draw(texts)}
    address |= {name: draw(words) for name in ("number", "box", "postcode")}
    told = {"precision": precision, "address": address}
    if precision in (Precision.ADDRESS, Precision.STREET):
        point = st.fixed_dictionaries({"lon": _degrees, "lat": _degrees})
        return told | {"point": draw(st.none() | point)}
    return told | {"area": draw(st.sampled_from(("links", "21004", "21004A01-")))}


_values = {
    ContactKind.PHONE: st.from_regex(r"\+?[0-9][0-9 ./()-]{1,12}[0-9]", fullmatch=True),
    ContactKind.EMAIL: st.from_regex(r"[a-z=+@-]?[a-z]{1,5}@[a-z]{1,5}\.be", fullmatch=True).filter(
        lambda value: value.count("@") == 1
    ),
    ContactKind.WEBSITE: st.from_regex(r"https?://[a-z;,&=|]{1,9}", fullmatch=True),
}


@st.composite
def contacts(draw: st.DrawFn) -> dict:
    """Any contact."""
    kind = draw(st.sampled_from(ContactKind))
    visibility = draw(st.sampled_from(Visibility))
    return {
        "kind": kind,
        "value": draw(_values[kind]),
        "visibility": visibility,
        "label": draw(texts),
    }


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    """Any actor the public sees, with contacts it does not."""
    day = st.dates()
    ids = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
    return actor(
        draw(ids),
        kind=draw(st.sampled_from([kind for kind in ActorKind if kind != ActorKind.RESIDENT])),
        names=draw(texts.filter(bool)),
        descriptions=draw(texts),
        categories=draw(
            st.lists(st.sampled_from(list(CATEGORIES)), min_size=1, max_size=3, unique=True)
        ),
        places=draw(st.lists(places(), max_size=3)),
        contacts=draw(st.lists(contacts(), max_size=6)),
        languages=draw(st.lists(st.sampled_from(("fr", "nl", "ary")), max_size=3)),
        hours=draw(words),
        wheelchair=draw(st.none() | st.sampled_from(Wheelchair)),
        appointment=draw(st.none() | st.sampled_from(Appointment)),
        cost=draw(st.none() | st.sampled_from(Cost)),
        audience=draw(texts),
        source={
            **{key: draw(words) for key in ("name", "licence", "url", "reference")},
            "read_on": draw(st.none() | day),
        },
        verified_on=draw(st.none() | day),
        verified_by=draw(words),
        version=draw(st.integers(0, 10**6)),
    )
