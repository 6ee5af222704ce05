"""The matcher against noise, class by class, beside an edit-distance matcher and addok.

`SEED=7 make bench NAME=geocoding` repeats a draw; without SEED each run draws anew.

What counts: *right* is the true street as the answer, or a question that names the true street
where the text fits another one exactly as well (their share is printed by itself, as "asked");
*wrong* is an answer, not a question, that is another street; *doubted* is a question the text did
not call for. For the peers, which never ask, right is the true street or one that fits equally.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.best import with_houses, write_best
from benchmarks.figures import Figure
from benchmarks.installation import official_data
from benchmarks.noise import CLASSES, Key, Noise, Row, plain, read_streets
from benchmarks.peers import addok
from benchmarks.peers.edit_distance import EditDistance
from exchange.gazetteer import build_gazetteer
from geo.geocoding import Answer, Candidate, Gazetteer, Geocoder, Query, Rung, StreetRow

ADDRESSES = 235_000
INVENTED = 12_000
FOLDS = 10
"""Each tenth of the streets is taken out once, and asked for as if it did not exist."""
PEER_SAMPLE = 60
"""Rows of a class addok is asked, about 50 a second."""
EDIT_SAMPLE = 1_000
MIXED = 20_000
ON_STREET = (Rung.ADDRESS, Rung.INTERPOLATED, Rung.STREET)
BINS = (0.0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01)
_COLD = """
import sys, time
start = time.perf_counter()
from pathlib import Path
from exchange.gazetteer import open_gazetteer
from geo.geocoding import Geocoder, Query
answer = Geocoder(open_gazetteer(Path(sys.argv[1]))).find(Query(text=sys.argv[2]))
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(answer.rung, int(peak.split()[1]) / 1024)
"""


def figures() -> Iterator[Figure]:
    """Measure everything; the tables of classes and probabilities are printed on the way."""
    seed = int(os.environ.get("SEED") or time.time_ns() % 1_000_000)
    print(f"SEED={seed}")
    streets = read_streets(official_data())
    noise = Noise(streets, seed)
    geocoder = Geocoder(Gazetteer.of(streets))
    rows = {name: list(noise.rows(name)) for name in CLASSES}
    rows["invented"] = list(noise.invented(INVENTED))
    answers = {
        name: geocoder.find_many([row.query for row in drawn]) for name, drawn in rows.items()
    }
    yield from _classes(streets, rows, answers, random.Random(seed))  # noqa: S311
    pairs = [pair for name in rows for pair in zip(rows[name], answers[name], strict=True)]
    yield from _held_out(streets, noise, pairs)
    yield from _reliability(pairs)
    yield from _speed(streets, rows, random.Random(seed))  # noqa: S311
    yield from _house_level(streets, seed)


def judged(row: Row, answer: Answer) -> str:
    """Tell what an answer is: right, asked, doubted, wrong or none."""
    if answer.best is None or answer.rung not in ON_STREET:
        return "none"
    named = {_key(candidate) for candidate in answer.candidates}
    if answer.ambiguous:
        return "asked" if row.truth in named and row.equal & named else "doubted"
    return "right" if _key(answer.best) == row.truth else "wrong"


def _key(candidate: Candidate) -> Key:
    return int(candidate.postcode or 0), plain(candidate.street_fr)


def _classes(
    streets: Sequence[StreetRow],
    rows: dict[str, list[Row]],
    answers: dict[str, list[Answer]],
    draw: random.Random,
) -> Iterator[Figure]:
    """Print the table by class and give its figures, the peers' beside them."""
    edit = _edit_shares(streets, rows, draw)
    other, pace = _addok_shares(streets, rows, draw)
    print(
        f"{'class':29}{'rows':>6}{'right':>8}{'asked':>8}{'doubted':>8}{'wrong':>7}{'none':>7}"
        f"   {'edit distance':>15}   {'addok':>13}"
    )
    for name, drawn in rows.items():
        count = Counter(
            judged(row, answer) for row, answer in zip(drawn, answers[name], strict=True)
        )
        share = {
            what: 100 * count[what] / len(drawn) for what in (*count, "right", "asked", "wrong")
        }
        right = share["right"] + share["asked"]
        print(
            f"{name:29}{len(drawn):6}{right:8.2f}{share['asked']:8.2f}"
            f"{share.get('doubted', 0.0):8.2f}{share['wrong']:7.2f}{share.get('none', 0.0):7.2f}"
            f"   {_pair(edit[name]):>15}   {_pair(other.get(name)):>13}"
        )
        if name == "invented":
            yield _figure(f"{name}: false match", share["wrong"], "<= 0.5", edit[name][1])
        else:
            yield _figure(f"{name}: right", right, ">= 97", edit[name][0])
            yield _figure(f"{name}: wrong", share["wrong"], "<= 0.3", edit[name][1])
    if pace:
        print(f"addok on Redis: {pace:,.0f} queries a second")


def _pair(share: tuple[float, float] | None) -> str:
    return "" if share is None else f"{share[0]:.1f} / {share[1]:.1f}"


def _figure(name: str, value: float, goal: str, peer: float) -> Figure:
    return Figure(
        figure=name, value=value, unit="%", goal=goal, peer="edit distance", peer_value=peer
    )


def _edit_shares(
    streets: Sequence[StreetRow], rows: dict[str, list[Row]], draw: random.Random
) -> dict[str, tuple[float, float]]:
    peer = EditDistance(streets)
    shares = {}
    for name, drawn in rows.items():
        some = draw.sample(drawn, min(EDIT_SAMPLE, len(drawn)))
        shares[name] = _peer_share(some, [peer.find(row.name, row.postcode) for row in some])
    return shares


def _addok_shares(
    streets: Sequence[StreetRow], rows: dict[str, list[Row]], draw: random.Random
) -> tuple[dict[str, tuple[float, float]], float]:
    if not addok.installed():
        print(addok.HOW)
        return {}, 0.0
    some = {name: draw.sample(drawn, min(PEER_SAMPLE, len(drawn))) for name, drawn in rows.items()}
    texts = [
        " ".join(part for part in (row.name, str(row.postcode or ""), row.town) if part)
        for drawn in some.values()
        for row in drawn
    ]
    found, seconds = addok.ask(streets, texts)
    keys = iter(
        None if place is None else (streets[place].postcode, plain(streets[place].name_fr))
        for place in found
    )
    shares = {name: _peer_share(drawn, [next(keys) for _ in drawn]) for name, drawn in some.items()}
    return shares, len(texts) / seconds


def _peer_share(rows: Sequence[Row], found: Sequence[Key | None]) -> tuple[float, float]:
    right = sum(
        key is not None and (key == row.truth or key in row.equal)
        for row, key in zip(rows, found, strict=True)
    )
    return 100 * right / len(rows), 100 * (len(found) - found.count(None) - right) / len(rows)


def _held_out(
    streets: list[StreetRow], noise: Noise, pairs: list[tuple[Row, Answer]]
) -> Iterator[Figure]:
    """Take real streets out of the gazetteer, and ask for them: harder than what is made up."""
    names = sorted({plain(street.name_fr) for street in streets})
    noise.random.shuffle(names)
    said: Counter[str] = Counter()
    for fold in range(FOLDS):
        gone = set(names[fold::FOLDS])
        geocoder = Geocoder(Gazetteer.of(s for s in streets if plain(s.name_fr) not in gone))
        for row in noise.held_out([s for s in streets if plain(s.name_fr) in gone]):
            pairs.append((row, geocoder.find(row.query)))
            said[judged(*pairs[-1])] += 1
    asked = said.total()
    print(
        f"real streets taken out: {asked} asked for, "
        + ", ".join(f"{what} {100 * n / asked:.1f} %" for what, n in sorted(said.items()))
    )
    yield Figure(figure="held-out street: false match", value=100 * said["wrong"] / asked, unit="%")


def _reliability(answered: list[tuple[Row, Answer]]) -> Iterator[Figure]:
    """Print how often candidates given a probability are the true street."""
    pairs = [
        (candidate.probability, _key(candidate) == row.truth)
        for row, answer in answered
        if answer.rung in ON_STREET
        for candidate in answer.candidates
    ]
    print("probability given      candidates   mean given   share true")
    apart = 0.0
    for low, high in pairwise(BINS):
        inside = [pair for pair in pairs if low <= pair[0] < high]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            true = sum(t for _, t in inside) / len(inside)
            apart += abs(mean - true) * len(inside) / len(pairs)
            print(f"{low:5.2f} to {min(high, 1):4.2f}{len(inside):21,}{mean:13.3f}{true:13.3f}")
    yield Figure(figure="calibration error (expected)", value=100 * apart, unit="%", goal="<= 1")


def _speed(
    streets: Sequence[StreetRow], rows: dict[str, list[Row]], draw: random.Random
) -> Iterator[Figure]:
    """Time a mix of all classes on one core, nothing remembered from before."""
    mixed = [row for name, drawn in rows.items() if name != "invented" for row in drawn]
    some = draw.sample(mixed, MIXED)
    ours = 0.0
    for _ in range(3):  # the best of three, for others work on this machine
        geocoder = Geocoder(Gazetteer.of(streets))
        geocoder.find(Query(text="Rue Haute 1, 1000 Bruxelles"))
        start = time.process_time()
        geocoder.find_many([row.query for row in some])
        ours = max(ours, len(some) / (time.process_time() - start))
    peer = EditDistance(streets)
    start = time.process_time()
    for row in some[:EDIT_SAMPLE]:
        peer.find(row.name, row.postcode)
    theirs = EDIT_SAMPLE / (time.process_time() - start)
    yield Figure(
        figure="mixed queries, one core", value=ours, unit="/s", goal=">= 10000",
        peer="edit distance", peer_value=theirs,
    )  # fmt: skip


def _house_level(streets: list[StreetRow], seed: int) -> Iterator[Figure]:
    """Build from rows of BeSt's form; ask for known numbers; start cold."""
    with TemporaryDirectory(prefix="plein-bench-") as name:
        home = Path(name)
        housed = with_houses(streets, seed, addresses=ADDRESSES)
        written = write_best(home / "best.csv", housed, seed)
        start = time.perf_counter()
        gazetteer = build_gazetteer(home, best=home / "best.csv")
        yield Figure(
            figure="build, BeSt rows", value=written / (time.perf_counter() - start), unit="/s"
        )
        yield Figure(figure="addresses", value=gazetteer.houses, unit="")
        geocoder = Geocoder(gazetteer)
        rows = list(Noise(housed, seed).rows("clean"))
        found = [geocoder.find(row.query) for row in rows]
        hit = sum(_at_house(row, answer) for row, answer in zip(rows, found, strict=True))
        yield Figure(
            figure="known number found at its address", value=100 * hit / len(rows), unit="%",
            goal=">= 99",
        )  # fmt: skip
        yield from _cold(home)


def _at_house(row: Row, answer: Answer) -> bool:
    """Whether the answer is that very address, and not a question."""
    best = answer.best
    return (
        best is not None
        and not answer.ambiguous
        and answer.rung is Rung.ADDRESS
        and _key(best) == row.truth
        and best.number == row.number
    )


def _cold(home: Path) -> Iterator[Figure]:
    """Start a process for one answer; the best of three, for others work on this machine."""
    seconds, memory = [], 0.0
    for _ in range(3):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _COLD, str(home), "Rue Haute 298A bte 3, 1000 Bruxelles"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        seconds.append(time.perf_counter() - start)
        memory = max(memory, float(done.stdout.split()[-1]))
    yield Figure(
        figure="first answer, cold process", value=1000 * min(seconds), unit="ms", goal="<= 1000"
    )
    yield Figure(figure="memory of that process", value=memory, unit="MB", goal="<= 300")
