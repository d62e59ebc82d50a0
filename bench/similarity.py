"""The similarity job without a database: `python -m bench.similarity developers.csv`.

The file has the columns user_id, skills (joined by `;`). Users are drawn from its skill sets with
replacement, and a skill or two of each is changed; the draw is seeded. Measured are

- 50,000 users, K = 20: SidePro against blocked numpy (bit sets, `np.bitwise_count`,
  `argpartition`) and against sparse_dot_topn (cosine), each on two threads where it can;
- 1,000,000 users: a full build with its files, and a minute with 1,000 changed profiles.

Each measurement runs in a process of its own, so that its peak memory is its own.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.bool_]


def read_table(path: Path) -> Table:
    """Users × skills."""
    with path.open(newline="", encoding="utf-8") as file:
        stacks = [row["skills"].split(";") for row in csv.DictReader(file) if row["skills"]]
    names = {name: i for i, name in enumerate(sorted({name for s in stacks for name in s}))}
    table = np.zeros((len(stacks), len(names)), np.bool_)
    for row, stack in zip(table, stacks, strict=True):
        row[[names[name] for name in stack]] = True
    return table[:, np.argsort(-table.sum(axis=0), kind="stable")]


def draw(table: Table, users: int) -> npt.NDArray[np.uint64]:
    """Bit sets of so many users: drawn sets with one or two skills added or taken away."""
    from ai.similarity import search

    rng = np.random.default_rng(users)
    words = []
    for start in range(0, users, 50_000):
        n = min(50_000, users - start)
        drawn = table[rng.integers(0, len(table), n)]
        for chance in (1.0, 0.5):
            change = rng.random(n) < chance
            takes = change & (rng.random(n) < 0.5) & (drawn.sum(axis=1) > 1)
            gives = change & ~takes
            held = (rng.random(drawn.shape) * drawn).argmax(axis=1)
            drawn[takes, held[takes]] = False
            drawn[gives, rng.integers(0, drawn.shape[1], n)[gives]] = True
        rows, bits = np.nonzero(drawn)
        words.append(search.make_words(n, rows, bits, drawn.shape[1]))
    return np.concatenate(words)


def measure_sidepro(words: npt.NDArray[np.uint64], k: int) -> float:
    """Seconds for the lists of all users, in memory."""
    from ai.similarity import neighbour_lists

    ids = np.arange(1, len(words) + 1)
    neighbour_lists.build(k, ids[:500], words[:500])  # compiles, or loads what is compiled
    started = time.perf_counter()
    neighbour_lists.build(k, ids, words)
    return time.perf_counter() - started


def measure_numpy(words: npt.NDArray[np.uint64], k: int) -> float:
    """Seconds of the straightforward way: all pairs in blocks, on two threads."""
    from concurrent.futures import ThreadPoolExecutor

    sizes = np.bitwise_count(words).sum(axis=1).astype(np.int16)

    def block(start: int) -> npt.NDArray[np.int64]:
        mine = words[start : start + 256]
        inter = np.zeros((len(mine), len(words)), np.int16)
        for w in range(words.shape[1]):
            inter += np.bitwise_count(mine[:, w, None] & words[None, :, w])
        union = sizes[start : start + 256, None] + sizes[None] - inter
        distance = 1 - inter.astype(np.float32) / union
        distance[np.arange(len(mine)), start + np.arange(len(mine))] = 2
        best = np.argpartition(distance, k, axis=1)[:, :k]
        order = np.take_along_axis(distance, best, axis=1).argsort(axis=1)
        return np.take_along_axis(best, order, axis=1)

    started = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(block, range(0, len(words), 256)))
    return time.perf_counter() - started


def measure_sparse_dot_topn(words: npt.NDArray[np.uint64], k: int) -> float:
    """Seconds of sparse_dot_topn for the best by cosine, on two threads."""
    from scipy.sparse import csr_matrix
    from sparse_dot_topn import sp_matmul_topn

    bits = np.unpackbits(words.view(np.uint8), axis=1, bitorder="little")
    normed = csr_matrix(bits / np.sqrt(bits.sum(axis=1, keepdims=True)), dtype=np.float32)
    started = time.perf_counter()
    sp_matmul_topn(normed, normed.T.tocsr(), top_n=k + 1, threshold=0.1, sort=True, n_threads=2)
    return time.perf_counter() - started


def measure_full(words: npt.NDArray[np.uint64], k: int, folder: Path) -> dict[str, Any]:
    """Seconds of a full build and of 1,000 changes after it, files included."""
    from ai.files.csv_parts import write_parts
    from ai.files.generations import Manifest
    from ai.files.storage import LocalStore
    from ai.similarity import neighbour_lists
    from ai.similarity.state import StateFiles

    files, store = StateFiles(folder), LocalStore(folder)
    ids = np.arange(1, len(words) + 1)
    small = neighbour_lists.build(k, ids[:500], words[:500])  # compiles, or loads what is compiled
    neighbour_lists.update(
        small, ids[:9], words[500:509], lambda rows, depth: np.resize(small.keys, (rows, depth))
    )
    times = [time.perf_counter()]
    found = neighbour_lists.build(k, ids, words, files.new_keys)
    times.append(time.perf_counter())
    parts, _ = write_parts(store, "g1", found)
    times.append(time.perf_counter())
    size = sum(size for size, _ in parts)
    rng = np.random.default_rng(1)
    changed = np.sort(rng.choice(ids, 1000, replace=False))
    fresh = words[rng.choice(len(words), 1000)] ^ (
        np.uint64(1) << rng.integers(0, 60, (1000, 1), dtype=np.uint64)
    ) * (np.arange(words.shape[1]) == 0)
    changed, fresh = neighbour_lists.only_changes(found, changed, fresh)
    manifest = Manifest("g1", "", len(ids), k, 0.1, len(parts), 0, found.pairs, parts)
    times.append(time.perf_counter())
    found, affected = neighbour_lists.update(found, changed, fresh, files.grow_keys)
    times.append(time.perf_counter())
    updated, written = write_parts(store, "g2", found, manifest, affected)
    times.append(time.perf_counter())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    whole = neighbour_lists.build(k, found.user_ids, found.words[found.user_rows])
    same = write_parts(store, "g3", whole)[0] == updated
    return {
        "build": times[1] - times[0],
        "write": times[2] - times[1],
        "update": times[4] - times[3],
        "rewrite": times[5] - times[4],
        "bytes": size,
        "parts": len(parts),
        "largest": max(size for size, _ in parts),
        "written": written,
        "lists_affected": int(affected.size),
        "equal": same,
        "peak": peak,
    }


METHODS: dict[str, Callable[[npt.NDArray[np.uint64], int], float]] = {
    "SidePro": measure_sidepro,
    "blocked numpy": measure_numpy,
    "sparse_dot_topn": measure_sparse_dot_topn,
}


def child(method: str, data: str, k: int) -> None:
    """Measure one thing and print it as JSON."""
    words = np.load(data)
    if method == "full":
        with tempfile.TemporaryDirectory() as folder:
            result = measure_full(words, k, Path(folder))
    else:
        result = {"build": METHODS[method](words, k)}
    print(json.dumps(result))


def run(method: str, data: Path, k: int) -> dict[str, Any]:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "bench.similarity", "--child", method, str(data), str(k)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    result: dict[str, Any] = json.loads(output)
    return result


def main() -> None:
    """Print the tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidepro.settings")
    django.setup()
    if "--child" in sys.argv:
        method, data, k = sys.argv[2:]
        child(method, data, int(k))
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--users", type=int, default=1_000_000)
    parser.add_argument("--k", type=int, nargs="*", default=[20, 100])
    parser.add_argument("--compare", type=int, default=50_000, help="0 leaves the comparison out")
    options = parser.parse_args()
    table = read_table(options.data)
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "words.npy"
        if options.compare:
            np.save(words, draw(table, options.compare))
            print(f"{options.compare:,} users, K = 20")
            seconds = {method: run(method, words, 20)["build"] for method in METHODS}
            for method, value in seconds.items():
                print(f"  {method:16} {value:8.2f} s   {value / seconds['SidePro']:6.1f} ×")
        np.save(words, draw(table, options.users))
        for k in options.k:
            r = run("full", words, k)
            print(
                f"{options.users:,} users, K = {k}: full build {r['build'] + r['write']:.1f} s "
                f"(lists {r['build']:.1f}, files {r['write']:.1f}); {r['bytes'] / 1e9:.2f} GB in "
                f"{r['parts']:,} parts of at most {r['largest'] / 1e6:.2f} MB\n"
                f"  1,000 changed: {r['update'] + r['rewrite']:.1f} s (lists {r['update']:.1f}, "
                f"files {r['rewrite']:.1f}); {r['lists_affected']:,} users affected, "
                f"{r['written']:,} parts written, equal to a full build: {r['equal']}\n"
                f"  peak memory {r['peak']:.2f} GB"
            )


if __name__ == "__main__":
    main()
