"""One measured figure, its goal and its peer; printed as a table and kept as JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

BUILD = Path(__file__).resolve().parent.parent / "build" / "bench"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value in a unit; `goal` is "<= 250" or ">= 97", empty where there is none."""

    figure: str
    value: float
    unit: str
    goal: str = ""
    peer: str = ""
    peer_value: float | None = None

    @property
    def holds(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if not self.goal:
            return None
        sign, bound = self.goal.split()
        return self.value <= float(bound) if sign == "<=" else self.value >= float(bound)


def publish(name: str, figures: Iterable[Figure]) -> bool:
    """Print the table, write `build/bench/<name>.json`, and tell whether every goal holds."""
    rows = list(figures)
    BUILD.mkdir(parents=True, exist_ok=True)
    kept = [asdict(row) | {"holds": row.holds} for row in rows]
    (BUILD / f"{name}.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    lines = [("figure", "value", "unit", "goal", "holds", "peer", "peer value")]
    lines += [
        (
            row.figure,
            f"{row.value:,.1f}",
            row.unit,
            row.goal,
            {True: "yes", False: "NO", None: ""}[row.holds],
            row.peer,
            "" if row.peer_value is None else f"{row.peer_value:,.1f}",
        )
        for row in rows
    ]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
    return all(row.holds is not False for row in rows)
