"""The first start: one link in the terminal makes the administrator."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.concurrency import run_in_threadpool

from exchange.people import first_link, told_first
from exchange.settings import settings
from geo.errors import PleinError
from ui import state


@asynccontextmanager
async def announced(app: object) -> AsyncIterator[None]:
    """Print the link when the server starts and nobody has an account yet."""
    del app
    await run_in_threadpool(_announce)
    yield


def _announce() -> None:
    if settings().editing != "accounts":
        return
    host = st.get_option("browser.serverAddress") or "localhost"
    try:
        found = first_link(state.store(), f"http://{host}:{st.get_option('server.port')}")
    except PleinError:
        return  # every page says what is wrong with the database
    if found:
        print(told_first(found), flush=True)  # noqa: T201 - this is what it is for
