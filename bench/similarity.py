"""The similarity job without a database: `python -m bench.similarity developers.csv`.

The file has the columns user_id, skills (joined by `;`). Users are drawn from its skill sets with
replacement, and a skill or two of each is changed; the draw is seeded. Measured are

- 50,000 users, K = 20: SidePro against blocked numpy (bit sets, `np.bitwise_count`,
  `argpartition`) and against sparse_dot_topn (cosine), each on two threads where it can;
- 1,000,000 users with 28,000,000 bookmarks: a full build of both lists with the files, and a
  minute with 1,000 changed profiles and 1,000 new bookmarks. Bookmarks are drawn so that few
  projects have many, and people of one taste share them.

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
from concurrent.futures import ThreadPoolExecutor
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


def draw_bookmarks(users: int, each: int) -> Any:
    """On average so many bookmarks a user, of one project for five users.

    Everybody belongs to one of 200 tastes, and takes four of five bookmarks from its projects.
    """
    from ai.similarity.bookmarks import Bookmarks

    rng = np.random.default_rng(users)
    projects, tastes = max(400, users // 5), 200
    sizes = np.minimum(rng.lognormal(np.log(each) - 0.5, 1, users).astype(np.int64) + 1, 4000)
    people = np.repeat(np.arange(1, users + 1), sizes)
    within = (projects // tastes * rng.random(people.size) ** 2.5).astype(np.int64)
    anywhere = (projects * rng.random(people.size) ** 2.5).astype(np.int64)
    own = rng.random(people.size) < 0.8
    chosen = np.where(own, within * tastes + people % tastes, anywhere) + 1
    pairs = np.unique(people * (2 * projects) + chosen)
    people, chosen = pairs // (2 * projects), pairs % (2 * projects)
    ids = rng.permutation(people.size) + 1
    order = np.lexsort((-ids, people))
    return Bookmarks(people[order], chosen[order], ids[order])


def more_bookmarks(bookmarks: Any, users: int) -> tuple[Any, npt.NDArray[np.int64]]:
    """A new bookmark for each of so many users, and who they are."""
    from ai.similarity.bookmarks import Bookmarks

    rng = np.random.default_rng(2)
    people = np.sort(rng.choice(np.unique(bookmarks.users), users, replace=False))
    chosen = rng.integers(1, bookmarks.projects.max() + 1, users)
    ids = bookmarks.ids.max() + 1 + np.arange(users)
    theirs = bookmarks.of(people)
    columns = [
        np.concatenate(pair)
        for pair in ((people, theirs.users), (chosen, theirs.projects), (ids, theirs.ids))
    ]
    order = np.lexsort((-columns[2], columns[0]))
    fresh = Bookmarks(*(column[order] for column in columns))
    return bookmarks.of_others(people).with_those_of(fresh), people


def measure_full(
    words: npt.NDArray[np.uint64], k: int, taste_k: int, folder: Path
) -> dict[str, Any]:
    """Seconds of a full build and of a minute's changes after it, files included."""
    from ai.files.csv_parts import write_parts
    from ai.files.generations import Manifest, count_shards
    from ai.files.storage import LocalStore
    from ai.files.taste_parts import TasteWriter
    from ai.similarity import neighbour_lists, taste
    from ai.similarity.state import StateFiles
    from ai.similarity.workers import Workers

    files, store = StateFiles(folder), LocalStore(folder)
    ids = np.arange(1, len(words) + 1)
    small = neighbour_lists.build(k, ids[:500], words[:500])  # compiles, or loads what is compiled
    neighbour_lists.update(
        small, ids[:9], words[500:509], lambda rows, depth: np.resize(small.keys, (rows, depth))
    )
    bookmarks = draw_bookmarks(500, 5)
    warm = taste.build_index(bookmarks, ids[:500], words[:500])
    TasteWriter(store, "g0", 1, warm, 9, Workers()).write_all()
    bookmarks = draw_bookmarks(len(ids), BOOKMARKS_EACH)
    keepers = np.unique(bookmarks.users).size
    shards = count_shards(len(ids), k, keepers, taste_k)
    times = [time.perf_counter()]
    found = neighbour_lists.build(k, ids, words, files.new_keys)
    times.append(time.perf_counter())
    parts, _ = write_parts(store, "g1", found, shards)
    times.append(time.perf_counter())
    index = taste.build_index(bookmarks, found.user_ids, found.words[found.user_rows])
    taste_parts = TasteWriter(store, "g1", shards, index, taste_k, Workers()).write_all()
    taste_seconds = time.perf_counter() - times[-1]
    del index
    size = sum(size for size, _ in parts)
    rng = np.random.default_rng(1)
    changed = np.sort(rng.choice(ids, 1000, replace=False))
    fresh = words[rng.choice(len(words), 1000)] ^ (
        np.uint64(1) << rng.integers(0, 60, (1000, 1), dtype=np.uint64)
    ) * (np.arange(words.shape[1]) == 0)
    changed, fresh = neighbour_lists.only_changes(found, changed, fresh)
    manifest = Manifest(
        "g1", "", len(ids), k, 0.1, len(parts), 0, found.pairs, parts, taste_k, keepers, taste_parts
    )
    bookmarks, people = more_bookmarks(bookmarks, 1000)

    def renew() -> int:
        index = taste.build_index(bookmarks, found.user_ids, found.words[found.user_rows])
        writer = TasteWriter(store, "g2", shards, index, taste_k, Workers())
        return writer.renew(manifest, np.union1d(people, np.intersect1d(ids, changed)))[1]

    times.append(time.perf_counter())
    found, affected = neighbour_lists.update(found, changed, fresh, files.grow_keys)
    times.append(time.perf_counter())
    with ThreadPoolExecutor(1) as alongside:  # as the job does
        tastes = alongside.submit(renew)
        updated, written = write_parts(store, "g2", found, shards, manifest, affected)
        taste_written = tastes.result()
    times.append(time.perf_counter())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    whole = neighbour_lists.build(k, found.user_ids, found.words[found.user_rows])
    same = write_parts(store, "g3", whole, shards)[0] == updated
    return {
        "build": times[1] - times[0],
        "write": times[2] - times[1],
        "update": times[4] - times[3],
        "rewrite": times[5] - times[4],
        "taste": taste_seconds,
        "taste_bytes": sum(size for size, _ in taste_parts),
        "taste_written": taste_written,
        "bookmarks": int(bookmarks.users.size),
        "bytes": size,
        "parts": len(parts),
        "largest": max(size for size, _ in [*parts, *taste_parts]),
        "written": written,
        "lists_affected": int(affected.size),
        "equal": same,
        "peak": peak,
    }


BOOKMARKS_EACH = 28
METHODS: dict[str, Callable[[npt.NDArray[np.uint64], int], float]] = {
    "SidePro": measure_sidepro,
    "blocked numpy": measure_numpy,
    "sparse_dot_topn": measure_sparse_dot_topn,
}


def child(method: str, data: str, k: int, taste_k: int) -> None:
    """Measure one thing and print it as JSON."""
    words = np.load(data)
    if method == "full":
        with tempfile.TemporaryDirectory() as folder:
            result = measure_full(words, k, taste_k, Path(folder))
    else:
        result = {"build": METHODS[method](words, k)}
    print(json.dumps(result))


def run(method: str, data: Path, k: int, taste_k: int = 0) -> dict[str, Any]:
    """Measure in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "bench.similarity",
        "--child",
        method,
        str(data),
        str(k),
        str(taste_k),
    ]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    result: dict[str, Any] = json.loads(output)
    return result


def main() -> None:
    """Print the tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidepro.settings")
    django.setup()
    if "--child" in sys.argv:
        method, data, k, taste_k = sys.argv[2:]
        child(method, data, int(k), int(taste_k))
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--users", type=int, default=1_000_000)
    parser.add_argument("--k", type=int, nargs="*", default=[20, 100])
    parser.add_argument("--taste-k", type=int, default=200)
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
            r = run("full", words, k, options.taste_k)
            print(
                f"{options.users:,} users, K = {k}: full build "
                f"{r['build'] + r['write'] + r['taste']:.1f} s (lists {r['build']:.1f}, "
                f"files {r['write']:.1f}; {options.taste_k} by taste of {r['bookmarks']:,} "
                f"bookmarks with their files {r['taste']:.1f}); {r['bytes'] / 1e9:.2f} + "
                f"{r['taste_bytes'] / 1e9:.2f} GB in 2 × {r['parts']:,} parts of at most "
                f"{r['largest'] / 1e6:.2f} MB\n"
                f"  1,000 changed and 1,000 bookmarks: "
                f"{r['update'] + r['rewrite']:.1f} s (lists {r['update']:.1f}, files and taste "
                f"{r['rewrite']:.1f}); {r['lists_affected']:,} users affected, "
                f"{r['written']:,} and {r['taste_written']:,} parts written, "
                f"equal to a full build: {r['equal']}\n"
                f"  peak memory {r['peak']:.2f} GB"
            )


if __name__ == "__main__":
    main()
