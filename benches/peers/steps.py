"""What is run, table by table: the kernel first, then each peer on the very files that it left."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Peer:
    """A peer's script with its arguments, and the files that it is given."""

    script: str
    arguments: tuple[str, ...]
    files: str


@dataclass(frozen=True)
class Step:
    """One table, or a part of it."""

    name: str
    kernel: list[tuple[str, ...]]
    peers: list[Peer] = field(default_factory=list)


def network(people: int, seeds: int, leave_out: set[str]) -> Step:
    """Without clauses, from nothing."""
    files = f"cold-n{people}-s*.json"
    peers = {
        "SciPy sparse": Peer("peer_scipy.py", ("sparse",), files),
        "SciPy dense": Peer("peer_scipy.py", ("dense",), files),
        "lapx": Peer("peer_scipy.py", ("lapx",), files),
        "OR-Tools flow": Peer("peer_ortools.py", ("mcf", "0"), files),
        "OR-Tools assignment": Peer("peer_ortools.py", ("lsa", "0"), files),
        "HiGHS LP": Peer("peer_highs.py", ("lp", "network", "300"), files),
    }
    kept = [peer for name, peer in peers.items() if name not in leave_out]
    return Step(f"network-{people}", [("network", str(people), str(seeds))], kept)


def clauses(family: str, seeds: int, peers: dict[str, int], limit: int) -> Step:
    """47 people with 16 clauses: the first so many seeds for each peer, which is allowed twice the kernel's time."""
    calls: list[tuple[str, ...]] = [("clauses", family, "0", str(seeds), str(limit))]
    calls += [("good_lp", peer, family, "0", str(n), str(2 * limit)) for peer, n in peers.items() if peer == "microlp"]
    scripts = {
        "HiGHS MIP": ("peer_highs.py", ("mip", "clauses", str(2 * limit))),
        "Gurobi": ("peer_gurobi.py", (str(2 * limit),)),
        "CP-SAT": ("peer_ortools.py", ("cpsat", str(2 * limit))),
    }
    chosen = [Peer(*scripts[peer], f"n47-s*-{family}.json <{n}") for peer, n in peers.items() if peer in scripts]
    return Step(f"clauses-{family}", calls, chosen)


def levels(seeds: int) -> Step:
    """Ten objectives, one after the other."""
    kinds = ("sequence", "sequence-mip", "weights")
    peers = [Peer("peer_highs.py", (kind, "levels", "60"), "levels-n47-s*.json") for kind in kinds]
    return Step("levels", [("levels", str(seeds))], peers)


def generous(people: int, limit: int) -> Step:
    """The generous profile."""
    peer = Peer("peer_highs.py", ("sequence", "generous", str(limit)), f"generous-n{people}-s0.json")
    return Step(f"generous-{people}", [("generous", str(people), str(limit))], [peer])


def large(people: int, limit: int, prove: int, peers: list[Peer]) -> Step:
    """Many people with clauses, to a gap of one in ten thousand."""
    return Step(f"large-{people}", [("large", str(people), "0", str(limit), str(prove))], peers)


def lp(people: int) -> list[Peer]:
    """HiGHS on the relaxation, which places nobody but gives a bound."""
    return [Peer("peer_highs.py", ("lp", "large", "300"), f"n{people}-s0-clauses.json")]


def mip(people: int, limit: int) -> list[Peer]:
    """HiGHS on the whole, to a proof."""
    return [Peer("peer_highs.py", ("mip", "proved", str(limit)), f"n{people}-s0-clauses.json")]


def sweeps(plain: int, with_clauses: int, limit: int) -> list[Step]:
    """Scenarios with and without clauses."""
    scenarios = Peer("peer_highs.py", ("mip", "clause-scenarios", str(limit)), "clause-sweep-100-*.json")
    return [
        Step("sweep", [("sweep", str(plain))], [Peer("peer_scipy.py", ("sweep",), "sweep.json")]),
        Step("clause-sweep", [("clause-sweep", "100", str(with_clauses))], [scenarios]),
    ]


def change(people: int, changes: int) -> Step:
    """Three people think again."""
    hot = Peer("peer_highs.py", ("hot", "change", "0"), f"change-{people}.json")
    return Step(f"change-{people}", [("change", str(people), str(changes))], [hot])


def quick() -> list[Step]:
    """At most three minutes."""
    few = {"HiGHS MIP": 10, "Gurobi": 10, "CP-SAT": 10, "microlp": 10}
    return [
        network(47, 20, set()),
        network(500, 1, set()),
        network(2_000, 1, set()),
        *sweeps(2_000, 100, 5),
        change(2_000, 10),
        Step("small", [("small", "5000")]),
        levels(5),
        generous(60, 10),
        clauses("loose", 10, few, 3),
        clauses("hard", 5, {"HiGHS MIP": 5, "Gurobi": 5}, 3),
        large(500, 5, 0, lp(500)),
        large(2_000, 10, 0, lp(2_000)),
    ]


def full() -> list[Step]:
    """At most twenty minutes on two cores; the longest first, so that the lanes end together."""
    slow = {"SciPy dense", "lapx", "OR-Tools assignment"}
    return [
        clauses("hard", 200, {"HiGHS MIP": 200, "Gurobi": 200}, 3),
        clauses("loose", 60, {"HiGHS MIP": 60, "Gurobi": 60, "CP-SAT": 60, "microlp": 20}, 5),
        clauses("tight", 40, {"HiGHS MIP": 40, "Gurobi": 40, "CP-SAT": 20}, 5),
        large(10_000, 60, 10, lp(10_000)),
        network(50_000, 1, slow),
        large(50_000, 60, 0, []),
        generous(10_000, 60),
        network(10_000, 1, {"lapx"}),
        change(10_000, 20),
        *sweeps(10_000, 1_000, 10),
        Step("small", [("small", "100000")]),
        levels(20),
        network(47, 20, set()),
        network(500, 3, set()),
        network(2_000, 3, set()),
        generous(60, 60),
        generous(2_000, 60),
        large(500, 20, 10, [*lp(500), *mip(500, 20)]),
        large(2_000, 30, 10, [*lp(2_000), *mip(2_000, 30)]),
    ]
