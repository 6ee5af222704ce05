"""A bare Starlette and sqlite3: takes a line in, and lists all; nothing is checked."""

import json
import sqlite3
import sys
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


def app(path: str) -> Starlette:
    """Return the app of a database."""
    kept = sqlite3.connect(path, check_same_thread=False)
    kept.execute("PRAGMA journal_mode=WAL")
    kept.execute("PRAGMA synchronous=FULL")
    kept.execute("CREATE TABLE IF NOT EXISTS said (token TEXT PRIMARY KEY, form TEXT)")

    async def send(request: Request) -> JSONResponse:
        form: dict[str, Any] = json.loads(await request.body())
        with kept:
            kept.execute(
                "INSERT OR IGNORE INTO said VALUES (?, ?)", (form["token"], json.dumps(form))
            )
        return JSONResponse({"id": form["token"]})

    async def feed(request: Request) -> JSONResponse:
        del request
        rows = [json.loads(row[0]) for row in kept.execute("SELECT form FROM said")]
        return JSONResponse({"items": [{"name": row["name"]} for row in rows]})

    return Starlette(routes=[Route("/send", send, methods=["POST"]), Route("/feed", feed)])


if __name__ == "__main__":
    uvicorn.run(app(sys.argv[1]), port=int(sys.argv[2]), log_level="warning")
