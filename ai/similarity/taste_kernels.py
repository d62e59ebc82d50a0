"""Compiled loops of the lists of taste: who shares most bookmarks with whom.

A neighbour is a *key* as in `ai.similarity.kernels`: the high half falls as the taste rises (it is
the complement of the taste's bits as a 32-bit float, which order positive numbers), the low half is
the neighbour's place in the order of ties.
"""

# Type annotations stop at this border: numba's decorators have none.
# mypy: disable-error-code="misc, no-untyped-def, no-untyped-call, untyped-decorator"

import numpy as np
from numba import njit

from ai.files.csv_kernels import COMMA, LINE_END, POINT, ZERO, put_number, put_score
from ai.similarity.kernels import SLOT_MASK, sift_down, sift_up
from ai.similarity.leaf_kernels import popcount

MINUS, SMALL_E = 45, 101


@njit(cache=True, nogil=True)
def keep_newest(projects, order, users, starts, counts, most):
    """List the users of each project, at most the ``most`` newest; return how many each has.

    Bookmark ``i`` is by ``users[i]`` on ``projects[i]``, the later the larger ``order[i]``. The
    ``counts[p]`` users of project p stand from ``starts[p]`` on in the first result.
    """
    listed = np.empty(projects.size, np.int32)
    orders = np.empty(projects.size, np.int64)
    ends = starts[:-1].copy()
    for i in range(projects.size):
        place = ends[projects[i]]
        listed[place] = users[i]
        orders[place] = order[i]
        ends[projects[i]] += 1
    kept = np.minimum(counts, most)
    for p in range(counts.size):
        if counts[p] <= most:
            continue
        begin, end = starts[p], starts[p + 1]
        oldest = np.partition(orders[begin:end], counts[p] - most)[counts[p] - most]
        place = begin
        for i in range(begin, end):
            if orders[i] >= oldest:
                listed[place] = listed[i]
                place += 1
    return listed, kept


@njit(cache=True, nogil=True)
def nearest(
    people,
    starts,
    projects,
    project_weights,
    project_starts,
    kept,
    listed,
    size_weights,
    fadings,
    ranks,
    depth,
    out_keys,
    out_counts,
):
    """Find the ``depth`` best keys of each of the people, in ascending order.

    Person u's bookmarks are ``projects[starts[u]:starts[u + 1]]``, newest first. ``fadings`` is
    the exponent by which one's oldest bookmark counts less than the newest, ``ranks`` everybody's
    place in the order of ties.
    """
    tastes = np.zeros(starts.size - 1, np.float64)
    met = np.empty(starts.size - 1, np.int64)
    single = np.empty(1, np.float32)
    bits = single.view(np.uint32)
    for row in range(people.size):
        u = people[row]
        begin, size = starts[u], starts[u + 1] - starts[u]
        n_met = 0
        for place in range(size):
            p = projects[begin + place]
            weight = np.exp(-fadings * place / size) * project_weights[p]
            for i in range(project_starts[p], project_starts[p] + kept[p]):
                v = listed[i]
                if tastes[v] == 0.0:
                    met[n_met] = v
                    n_met += 1
                tastes[v] += weight
        heap = out_keys[row]
        found = 0
        for i in range(n_met):
            v = met[i]
            single[0] = tastes[v] * size_weights[v]
            tastes[v] = 0.0
            if v == u:
                continue
            high = np.uint64(SLOT_MASK) - np.uint64(bits[0])
            key = (high << np.uint64(32)) | np.uint64(ranks[v])
            if found < depth:
                sift_up(heap, key, found)
                found += 1
            elif key < heap[0]:
                sift_down(heap, key, depth)
        heap[:found].sort()
        out_counts[row] = found


@njit(cache=True, nogil=True, inline="always")
def _put_taste(out, at, taste):
    """Write a positive number as Python's ``.4e`` does."""
    exponent = np.int64(np.floor(np.log10(taste)))
    digits = np.int64(np.rint(taste / 10.0 ** np.float64(exponent) * 10000.0))
    if digits >= 100000:
        exponent += 1
        digits = np.int64(10000)
    elif digits < 10000:
        exponent -= 1
        digits = np.int64(np.rint(taste / 10.0 ** np.float64(exponent) * 10000.0))
    for place in range(at + 5, at + 1, -1):
        out[place] = ZERO + digits % 10
        digits //= 10
    out[at] = ZERO + digits
    out[at + 1] = POINT
    out[at + 6] = SMALL_E
    out[at + 7] = MINUS if exponent < 0 else 43
    out[at + 8] = ZERO + abs(exponent) // 10
    out[at + 9] = ZERO + abs(exponent) % 10
    return at + 10


@njit(cache=True, nogil=True)
def write_rows(people, user_ids, by_rank, keys, counts, words, scores, out, ends):
    """Write the lines ``user_id,neighbour_id,taste,score`` of these people to the bytes ``out``.

    ``by_rank`` says who has which place in the order of ties, ``words`` holds everybody's stack.
    ``ends`` is filled with where each person's lines end.
    """
    single = np.empty(1, np.float32)
    bits = single.view(np.uint32)
    at = 0
    for row in range(people.size):
        u = people[row]
        for j in range(counts[row]):
            key = keys[row, j]
            v = by_rank[key & np.uint64(SLOT_MASK)]
            bits[0] = np.uint64(SLOT_MASK) - (key >> np.uint64(32))
            common = np.int64(0)
            union = np.int64(0)
            for w in range(words.shape[1]):
                common += np.int64(popcount(words[u, w] & words[v, w]))
                union += np.int64(popcount(words[u, w] | words[v, w]))
            at = put_number(out, at, user_ids[u])
            out[at] = COMMA
            at = put_number(out, at + 1, user_ids[v])
            out[at] = COMMA
            at = _put_taste(out, at + 1, np.float64(single[0]))
            out[at] = COMMA
            similarity = common / union if union else 0.0
            at = put_score(out, at + 1, similarity, scores)
            out[at] = LINE_END
            at += 1
        ends[row] = at
