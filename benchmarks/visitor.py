"""A visitor without a browser: speaks Streamlit's own messages, so that a rerun can be weighed."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

ANSWER_S = 60
LOCALE = "fr-BE"
_TRIGGERS = ("json_trigger_value", "trigger_value", "string_trigger_value")
_EVENTS = "$$STREAMLIT_INTERNAL_KEY_{}__events"
"""The id of the widget that carries the events of a component (components.v2)."""


@dataclass(frozen=True, slots=True)
class Rerun:
    """What one run of the script cost: milliseconds until its last message, and bytes sent."""

    ms: float
    size_bytes: int
    messages: list[ForwardMsg]

    def says(self, text: str) -> bool:
        """Whether a text is in one of the messages, as it is or as JSON writes it."""
        forms = {text.encode(), json.dumps(text)[1:-1].encode()}
        sent = b"".join(message.SerializeToString() for message in self.messages)
        return any(form in sent for form in forms)


class Visitor:
    """One open session; widgets are found by the key the page gives them."""

    def __init__(
        self, address: str, query: str = "", *, page: str = "", patience_s: float = ANSWER_S
    ) -> None:
        parts = urlsplit(address)
        self._socket: ClientConnection = connect(
            f"ws://{parts.netloc}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(address),
            max_size=None,
            compression=None,
            open_timeout=patience_s,
            ping_timeout=None,
        )
        self._patience_s = patience_s
        self._address = address
        self._query = query
        self._page = ""
        self._named = page
        self._states: dict[str, WidgetState] = {}
        self._ids: dict[str, str] = {}
        self.first = self._ask()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def widget(self, key: str) -> str:
        """Return the id Streamlit gave the widget with that key, or of that kind."""
        return self._ids[key]

    def search(self, text: str) -> Rerun:
        """Type in the search box."""
        return self.rerun(self.widget("q"), WidgetState(string_value=text))

    def fire(self, key: str, event: str, value: object) -> Rerun:
        """Let a component tell of an event, such as a click."""
        told = json.dumps([{"event": event, "value": value}])
        return self.rerun(_EVENTS.format(self.widget(key)), WidgetState(json_trigger_value=told))

    def rerun(self, widget: str, state: WidgetState) -> Rerun:
        """Run the script once more with one widget changed and wait for its end.

        A trigger (a click) holds for this run only.
        """
        state.id = widget
        self._states[widget] = state
        done = self._ask()
        self._states = {
            key: state
            for key, state in self._states.items()
            if state.WhichOneof("value") not in _TRIGGERS
        }
        return done

    def _ask(self) -> Rerun:
        asked = BackMsg()
        asked.rerun_script.query_string = self._query
        asked.rerun_script.page_script_hash = self._page
        asked.rerun_script.page_name = "" if self._page else self._named
        asked.rerun_script.context_info.locale = LOCALE
        asked.rerun_script.context_info.url = self._address
        asked.rerun_script.widget_states.widgets.extend(self._states.values())
        started = time.perf_counter()
        self._socket.send(asked.SerializeToString())
        size, messages = 0, []
        while True:
            frame = self._socket.recv(timeout=self._patience_s)
            size += len(frame)
            message = ForwardMsg()
            message.ParseFromString(frame if isinstance(frame, bytes) else frame.encode())
            messages.append(message)
            if message.WhichOneof("type") == "script_finished":
                break
        done = Rerun((time.perf_counter() - started) * 1000, size, messages)
        for message in messages:
            self._learn(message)
        return done

    def _learn(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        if kind == "navigation":
            self._page = message.navigation.page_script_hash
        if kind != "delta" or not message.delta.HasField("new_element"):
            return
        element = message.delta.new_element
        made = getattr(element, str(element.WhichOneof("type")))
        identity = getattr(made, "id", "")
        if identity.startswith("$$ID-"):
            self._ids[identity.split("-", 2)[-1]] = identity
            self._ids[str(element.WhichOneof("type"))] = identity


def memory_mb(process: int) -> float:
    """Weigh a process and its children, as they stand in memory (VmRSS), in MB."""
    itself = Path("/proc", str(process))
    status = (itself / "status").read_text(encoding="utf-8")
    own_kb = next(int(row.split()[1]) for row in status.splitlines() if row.startswith("VmRSS:"))
    started = [file.read_text(encoding="utf-8") for file in itself.glob("task/*/children")]
    return own_kb / 1000 + sum(memory_mb(int(child)) for child in " ".join(started).split())
