"""A link by which an actor confirms its record: to copy, to print as QR, to send by mail."""

import io
from typing import Final
from urllib.parse import quote

import segno
import streamlit as st

from directory.actors import Actor
from directory.confirmations import LASTS_DAYS
from directory.contacts import ContactKind
from directory.texts import LANGUAGES
from ui import look, state
from ui.due import doing, listing
from ui.language import NAMES, _, current, speaking
from ui.links import here

_MADE: Final = "due_link"
_SCALE: Final = 5
_MAIL_SAFE: Final = "@"


def show(actor: Actor) -> None:
    """Offer to make a link, and show the one just made: nobody can read it again."""
    st.markdown(
        _(
            "With a link they see what stands here and say by one press that it is right, or what "
            "changed. It works once, for {days} days, without an account.",
            days=LASTS_DAYS,
        )
    )
    if actor.do_not_contact:
        st.warning(_("They asked not to be contacted: hand it over only if they ask for it."))
    language = st.segmented_control(
        _("In their language"),
        LANGUAGES,
        default=_language_of(actor),
        required=True,
        key="due_link_language",
        format_func=NAMES.__getitem__,
    )
    if st.button(_("Make a link"), type="primary", key="due_make_link"):
        token = doing.make_link(actor.id, state.now())
        doing.tell()
        if token is not None:
            st.session_state[_MADE] = (actor.id, token)
    made = st.session_state.get(_MADE)
    if made and made[0] == actor.id:
        _show_made(actor, address(here(), made[1], str(language)), str(language))


def _show_made(actor: Actor, link: str, language: str) -> None:
    drawing = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawing, kind="png", scale=_SCALE, border=4)
    st.code(link, language=None, wrap_lines=True)
    with st.container(horizontal=True, vertical_alignment="center"):
        look.render(
            "due_qr.html.j2",
            drawing=segno.make(link, error="m", micro=False).png_data_uri(scale=_SCALE, border=4),
            label=_("The QR code"),
            caption=_("For their phone"),
        )
        with st.container():
            mails = [one.value for one in listing.to_call(actor) if one.kind is ContactKind.EMAIL]
            for to in mails or [""]:
                told = _("Write to {mail}", mail=to) if to else _("Write a mail")
                st.link_button(told, mail(to, actor, link, language))
            st.download_button(
                _("The QR code"),
                drawing.getvalue(),
                file_name=f"plein-{actor.id}.png",
                mime="image/png",
                on_click="ignore",
                key="due_qr",
            )


def _language_of(actor: Actor) -> str:
    """Guess in which of our languages an actor reads."""
    return next((code for code in actor.languages if code in LANGUAGES), current())


def address(base: str, token: str, language: str) -> str:
    """Return the address of a link.

    >>> address("https://plein.example", "abc", "nl")
    'https://plein.example/confirm?lang=nl&link=abc'
    """
    return f"{base}/confirm?lang={language}&link={token}"


def mail(to: str, actor: Actor, link: str, language: str) -> str:
    """Return a mailto: link that carries the message; no value can add a header or another address.

    Every value is percent-encoded (RFC 6068), and what an actor is called has no line ends.
    """
    with speaking(language):
        name = " ".join(actor.names.best(language).split())
        subject = _("Is this still right? {name}", name=name)
        lines = [
            _("Hello,"),
            "",
            _("This is what people find about {name} on the map of the neighbourhood:", name=name),
            link,
            "",
            _(
                "One press says that it is still right; you can also say there what changed. "
                "The link works once, for {days} days.",
                days=LASTS_DAYS,
            ),
            "",
            _("Thank you!"),
        ]
    body = "\r\n".join(lines)
    told = f"subject={quote(subject, safe='')}&body={quote(body, safe='')}"
    return f"mailto:{quote(to, safe=_MAIL_SAFE)}?{told}"
