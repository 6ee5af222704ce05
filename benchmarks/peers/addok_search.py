"""Runs inside addok's own environment: documents and queries in, what it found out, as JSON.

Started by benchmarks/peers/addok.py; reads one JSON object from standard input.
"""

import json
import sys
import time


def main() -> None:
    """Index the documents, ask every query, print what came first for each."""
    from addok.config import config  # type: ignore[import-not-found]  # noqa: PLC0415

    given = json.load(sys.stdin)
    sys.stdout, out = sys.stderr, sys.stdout
    config.load()
    from addok.batch import process_documents  # type: ignore[import-not-found]  # noqa: PLC0415
    from addok.core import search  # type: ignore[import-not-found]  # noqa: PLC0415

    process_documents(*[json.dumps(document) for document in given["documents"]])
    found = []
    start = time.perf_counter()
    for query in given["queries"]:
        results = search(query, limit=1, autocomplete=False)
        found.append(results[0].id if results else None)
    json.dump({"found": found, "seconds": time.perf_counter() - start}, out)


if __name__ == "__main__":
    main()
