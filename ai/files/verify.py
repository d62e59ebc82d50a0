"""Comparing the similarity files with scikit-learn, for some users."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pandas as pd
from django.conf import settings
from sklearn.metrics import pairwise_distances

from ai.constants import MIN_SIMILARITY
from ai.files import generations
from ai.files.storage import open_store
from ai.similarity import snapshot
from ai.similarity.search import TIE_FACTOR


def find_differences(users: int, seed: int = 1) -> list[str]:
    """What differs, in the lines of so many random users, from what scikit-learn says.

    The database is read again: run it when no user changes skills, or right after the job.
    """
    store = open_store(settings.SIMILARITY_DIR)
    manifest = generations.read_manifest(store, generations.current_generation(store))
    holders, skills = snapshot.read_all()
    ids, rows = np.unique(holders, return_inverse=True)
    columns = np.unique(skills, return_inverse=True)[1]
    table = np.zeros((ids.size, columns.max(initial=-1) + 1), np.bool_)
    table[rows, columns] = True
    chosen = np.random.default_rng(seed).permutation(ids.size)[:users]
    if not chosen.size:
        return []
    distances = pairwise_distances(table[chosen], table, metric="jaccard")
    hashes = (ids.astype(np.uint64) * np.uint64(TIE_FACTOR)) & np.uint64(0xFFFFFFFF)
    differences = []
    for row, distance in zip(chosen, distances, strict=True):
        distance[row] = np.inf
        order = np.lexsort((ids, hashes, distance))[: manifest.k]
        order = order[distance[order] <= 1 - MIN_SIMILARITY]
        part = generations.read_part(store, manifest, int(ids[row]) % manifest.shards)
        frame = pd.read_csv(BytesIO(part))
        lines = frame[frame["user_id"] == ids[row]]
        same_people = np.array_equal(lines["neighbour_id"].to_numpy(), ids[order])
        if not same_people or (abs(lines["score"] - (1 - distance[order])) > 0.5001e-4).any():
            differences.append(f"User {ids[row]} has other neighbours than scikit-learn finds.")
    return differences
