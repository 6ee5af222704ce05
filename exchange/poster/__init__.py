"""The local map on the wall: its plan, its numbers and its directory on one sheet."""
