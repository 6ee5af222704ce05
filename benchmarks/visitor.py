"""A visitor without a browser: speaks Streamlit's own messages, so that a rerun can be weighed."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

ANSWER_S = 60


@dataclass(frozen=True, slots=True)
class Rerun:
    """What one run of the script cost: milliseconds until its last message, and bytes sent."""

    ms: float
    size_bytes: int
    messages: list[ForwardMsg]


class Visitor:
    """One open session; widgets are found by the key the page gives them."""

    def __init__(self, address: str, query: str = "") -> None:
        parts = urlsplit(address)
        self._socket: ClientConnection = connect(
            f"ws://{parts.netloc}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(address),
            max_size=None,
            compression=None,
        )
        self._query = query
        self._states: dict[str, WidgetState] = {}
        self._ids: dict[str, str] = {}
        self.first = self.rerun()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def widget(self, key: str) -> str:
        """Return the id Streamlit gave the widget with that key."""
        return self._ids[key]

    def rerun(self, changed: Mapping[str, WidgetState] | None = None) -> Rerun:
        """Run the script once more with some widgets changed and wait for its end.

        A trigger (a click) holds for this run only.
        """
        for key, state in (changed or {}).items():
            state.id = self.widget(key)
            self._states[state.id] = state
        asked = BackMsg()
        asked.rerun_script.query_string = self._query
        asked.rerun_script.widget_states.widgets.extend(self._states.values())
        started = time.perf_counter()
        self._socket.send(asked.SerializeToString())
        done = self._answer(started)
        self._states = {
            key: state
            for key, state in self._states.items()
            if state.WhichOneof("value") not in ("json_trigger_value", "trigger_value")
        }
        return done

    def _answer(self, started: float) -> Rerun:
        size, messages = 0, []
        while True:
            frame = self._socket.recv(timeout=ANSWER_S)
            size += len(frame)
            message = ForwardMsg()
            message.ParseFromString(frame if isinstance(frame, bytes) else frame.encode())
            messages.append(message)
            self._learn(message)
            if message.WhichOneof("type") == "script_finished":
                return Rerun((time.perf_counter() - started) * 1000, size, messages)

    def _learn(self, message: ForwardMsg) -> None:
        if message.WhichOneof("type") != "delta" or not message.delta.HasField("new_element"):
            return
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        made = getattr(element, str(kind), None)
        identity = getattr(made, "id", "")
        if identity.startswith("$$ID-"):
            self._ids[identity.rsplit("-", 1)[-1]] = identity
