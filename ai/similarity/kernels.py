"""Compiled inner loops of the exact nearest-neighbour search.

The distinct sets ("groups") stand in leaves (see `ai.similarity.leaf_kernels`). From the union and
the intersection of a leaf follows an upper limit of the similarity between a query and everything
in it, so that most leaves are never opened.

A neighbour is one unsigned 64-bit *key*: the high half falls as the similarity rises, the low half
is the neighbour's slot, which orders ties. The smaller key is the better neighbour, so a plain
comparison of integers is the whole ranking rule. The similarity is stored as
``inter * 2**31 // union``: two different fractions with denominators up to 4096 differ by more
than 2**-24, so this never makes different similarities equal or equal ones different.
"""

# Type annotations stop at this border: numba's decorators have none.
# mypy: disable-error-code="misc, no-untyped-def, no-untyped-call, untyped-decorator"

import numpy as np
from numba import njit

from ai.similarity.leaf_kernels import popcount

ONE = 1 << 31
SLOT_MASK = 0xFFFFFFFF


@njit(cache=True, nogil=True, inline="always")
def _key(inter, union, slot):
    fixed = (np.uint64(inter) << np.uint64(31)) // np.uint64(union)
    return ((np.uint64(ONE) - fixed) << np.uint64(32)) | np.uint64(slot)


@njit(cache=True, nogil=True, inline="always")
def sift_down(heap, key, size):
    """Replace the root (largest) of the heap by ``key``."""
    parent = 0
    child = 1
    while child < size:
        if child + 1 < size and heap[child + 1] > heap[child]:
            child += 1
        if heap[child] <= key:
            break
        heap[parent] = heap[child]
        parent = child
        child = 2 * parent + 1
    heap[parent] = key


@njit(cache=True, nogil=True, inline="always")
def sift_up(heap, key, size):
    """Add ``key`` to a heap of ``size`` elements."""
    child = size
    while child:
        parent = (child - 1) >> 1
        if heap[parent] >= key:
            break
        heap[child] = heap[parent]
        child = parent
    heap[child] = key


@njit(cache=True, nogil=True, inline="always")
def _share(key):
    """The part t / (1 + t) of |A| + |B| that two sets must share to be as good as ``key``."""
    t = np.float64(np.uint64(ONE) - (key >> np.uint64(32))) / ONE
    return t / (1.0 + t)


@njit(cache=True, nogil=True, inline="always")
def _needed(share, sizes):
    """The fewest common skills, at least 1, of two sets with ``sizes`` skills in all."""
    return np.uint64(max(1.0, np.ceil(share * sizes - 1e-6)))


@njit(cache=True, nogil=True, inline="always")
def _bin(share):
    """The last bin of ``_rank_leaves`` whose leaves hold nothing as good as ``share``."""
    return np.int64(254.0 * share / (1.0 - share) - 1e-6)


@njit(cache=True, nogil=True, inline="always")
def _overlaps(words, active, query, start, stop, buffer):
    """Write |query ∩ set| of the sets in [start, stop) to ``buffer``, return the largest.

    Views of rows are avoided on purpose: counting their references would cost more than the loops.
    """
    n = stop - start
    best = np.uint64(0)
    w = active[0]
    a = query[w]
    if active.size == 1:
        for i in range(n):
            count = popcount(a & words[w, start + i])
            buffer[i] = count
            best = max(best, count)
        return best
    v = active[1]
    b = query[v]
    if active.size == 2:
        for i in range(n):
            count = popcount(a & words[w, start + i]) + popcount(b & words[v, start + i])
            buffer[i] = count
            best = max(best, count)
        return best
    for i in range(n):
        buffer[i] = popcount(a & words[w, start + i]) + popcount(b & words[v, start + i])
    for more in range(2, active.size):
        w = active[more]
        a = query[w]
        for i in range(n):
            count = buffer[i] + popcount(a & words[w, start + i])
            buffer[i] = count
            best = max(best, count)
    return best


@njit(cache=True, nogil=True)
def _rank_leaves(
    q_union,
    q_common,
    q_common_count,
    q_size,
    unions,
    commons,
    common_counts,
    leaf_sizes,
    bins,
    order,
    counts,
):
    """Sort the leaves by how similar they can at most be to any set of one leaf, best first.

    ``bins[i]`` is the limit for leaf ``order[i]`` in steps of 1/254, rounded up. Returns how many
    leaves share anything at all.
    """
    n = leaf_sizes.size
    n_words = unions.shape[0]
    limits = np.empty(n, np.uint8)
    counts[:] = 0
    for leaf in range(n):
        both = np.int64(0)
        mine = np.int64(0)
        theirs = np.int64(0)
        for w in range(n_words):
            both += np.int64(popcount(q_union[w] & unions[w, leaf]))
            mine += np.int64(popcount(q_common[w] & unions[w, leaf]))
            theirs += np.int64(popcount(commons[w, leaf] & q_union[w]))
        size = leaf_sizes[leaf]
        inter = min(both, q_size - q_common_count + mine, size - common_counts[leaf] + theirs)
        limit = 0
        if inter > 0:
            limit = 1 + (254 * inter) // (q_size + size - inter)
        limits[leaf] = limit
        counts[limit] += 1
    total = n - counts[0]
    place = total
    for limit in range(1, 256):
        place -= counts[limit]
        counts[limit] = place
    for leaf in range(n):
        limit = limits[leaf]
        if limit:
            order[counts[limit]] = leaf
            bins[counts[limit]] = limit
            counts[limit] += 1
    return total


@njit(cache=True, nogil=True)
def search(  # noqa: C901 - calls would cost time
    words,
    sizes,
    starts,
    unions,
    commons,
    common_counts,
    min_slots,
    member_starts,
    members,
    queries,
    query_leaf_starts,
    worst,
    depth,
    out_keys,
    out_counts,
):
    """Find for each query the ``depth`` smallest keys that are not above ``worst``.

    ``queries`` (words, n) stands in runs of one size given by ``query_leaf_starts``; the more the
    queries of a run resemble each other the faster. ``out_keys`` (n, depth) is filled ascending,
    ``out_counts`` says how many keys were found.

    All queries of a run visit a leaf together, while its sets are in the processor's cache.
    """
    n_words = words.shape[0]
    n_leaves = starts.size - 1
    leaf_sizes = sizes[starts[:-1]]
    buffer = np.empty((starts[1:] - starts[:-1]).max(), np.uint64)
    order = np.empty(n_leaves, np.int64)
    bins = np.empty(n_leaves, np.uint8)
    counts = np.empty(256, np.int64)
    longest = (query_leaf_starts[1:] - query_leaf_starts[:-1]).max()
    in_union = np.empty(longest, np.uint64)
    in_common = np.empty(longest, np.uint64)
    limits = np.empty(longest, np.uint64)
    shares = np.empty(longest, np.float64)
    worst_bins = np.empty(longest, np.int64)
    query = np.empty(n_words, np.uint64)
    leaf_union = np.empty(n_words, np.uint64)
    leaf_common = np.empty(n_words, np.uint64)
    q_union = np.empty(n_words, np.uint64)
    q_common = np.empty(n_words, np.uint64)
    for block in range(query_leaf_starts.size - 1):
        begin, end = query_leaf_starts[block], query_leaf_starts[block + 1]
        n_active = 0
        q_common_count = np.int64(0)
        q_size = np.int64(0)
        for w in range(n_words):
            union = np.uint64(0)
            common = ~np.uint64(0)
            for q in range(begin, end):
                union |= queries[w, q]
                common &= queries[w, q]
            q_union[w] = union
            q_common[w] = common
            q_common_count += np.int64(popcount(common))
            q_size += np.int64(popcount(queries[w, begin]))
            if union:
                n_active += 1
        active = np.empty(n_active, np.int64)
        n_active = 0
        for w in range(n_words):
            if q_union[w]:
                active[n_active] = w
                n_active += 1
        candidates = _rank_leaves(
            q_union,
            q_common,
            q_common_count,
            q_size,
            unions,
            commons,
            common_counts,
            leaf_sizes,
            bins,
            order,
            counts,
        )
        n = end - begin
        out_counts[begin:end] = 0
        limits[:n] = worst
        shares[:n] = _share(np.uint64(worst))
        worst_bins[:n] = _bin(shares[0])
        lowest_bin = worst_bins[0]
        for position in range(candidates):
            if position % 64 == 0:
                lowest_bin = worst_bins[:n].min()
            if bins[position] <= lowest_bin:
                break
            leaf = order[position]
            size = leaf_sizes[leaf]
            rest = size - common_counts[leaf]
            start, stop = starts[leaf], starts[leaf + 1]
            for w in range(n_words):
                leaf_union[w] = unions[w, leaf]
                leaf_common[w] = commons[w, leaf]
            _overlaps(queries, active, leaf_union, begin, end, in_union)
            _overlaps(queries, active, leaf_common, begin, end, in_common)
            for q in range(n):
                most = min(np.int64(in_union[q]), rest + np.int64(in_common[q]))
                share = shares[q]
                if most < share * (q_size + size) - 1e-6 or most == 0:
                    continue
                limit = limits[q]
                if _key(most, q_size + size - most, min_slots[leaf]) > limit:
                    continue
                for w in range(n_words):
                    query[w] = queries[w, begin + q]
                best = _overlaps(words, active, query, start, stop, buffer)
                floor = _needed(share, q_size + size)
                if best < floor:
                    continue
                heap = out_keys[begin + q]
                found = out_counts[begin + q]
                for i in range(stop - start):
                    inter = buffer[i]
                    if inter < floor:
                        continue
                    base = _key(inter, np.uint64(q_size + size) - inter, 0)
                    group = start + i
                    for m in range(member_starts[group], member_starts[group + 1]):
                        key = base | np.uint64(members[m])
                        if key > limit:
                            break
                        if found < depth:
                            sift_up(heap, key, found)
                            found += 1
                            if found < depth:
                                continue
                        else:
                            sift_down(heap, key, depth)
                        limit = heap[0]
                        floor = _needed(_share(limit), q_size + size)
                if found == depth:
                    limits[q] = limit
                    shares[q] = _share(limit)
                    worst_bins[q] = _bin(shares[q])
                out_counts[begin + q] = found
        for q in range(begin, end):
            out_keys[q, : out_counts[q]].sort()


@njit(cache=True, nogil=True)
def find_affected(  # noqa: C901 - calls would cost time
    words,
    sizes,
    starts,
    unions,
    commons,
    common_counts,
    shares,
    leaf_shares,
    bounds,
    queries,
    query_sizes,
    slots,
    begin,
    end,
):
    """Find the sets in whose lists the queries [begin, end) stand or would stand.

    ``bounds`` holds for each set the worst key its list would take, ``shares`` the part of
    |A| + |B| that must be common for it, ``leaf_shares`` the least of these in each leaf. Returns
    the set, the query and the key of every hit.
    """
    n_words = words.shape[0]
    capacity = 1 << 16
    rows = np.empty(capacity, np.int64)
    hits = np.empty(capacity, np.int64)
    keys = np.empty(capacity, np.uint64)
    found = 0
    query = np.empty(n_words, np.uint64)
    active = np.empty(n_words, np.int64)
    buffer = np.empty((starts[1:] - starts[:-1]).max(), np.uint64)
    for q in range(begin, end):
        n_active = 0
        for w in range(n_words):
            query[w] = queries[w, q]
            if query[w]:
                active[n_active] = w
                n_active += 1
        for leaf in range(starts.size - 1):
            both = np.int64(0)
            theirs = np.int64(0)
            for w in range(n_words):
                both += np.int64(popcount(query[w] & unions[w, leaf]))
                theirs += np.int64(popcount(query[w] & commons[w, leaf]))
            start, stop = starts[leaf], starts[leaf + 1]
            total = query_sizes[q] + sizes[start]
            floor = max(1.0, leaf_shares[leaf] * total - 1e-6)
            if min(both, sizes[start] - common_counts[leaf] + theirs) < floor:
                continue
            if _overlaps(words, active[:n_active], query, start, stop, buffer) < floor:
                continue
            for row in range(start, stop):
                inter = np.int64(buffer[row - start])
                if inter < shares[row] * total - 1e-6 or inter == 0:
                    continue
                key = _key(inter, total - inter, slots[q])
                if key > bounds[row]:
                    continue
                if found == capacity:
                    capacity *= 2
                    more_rows = np.empty(capacity, np.int64)
                    more_hits = np.empty(capacity, np.int64)
                    more_keys = np.empty(capacity, np.uint64)
                    more_rows[:found] = rows
                    more_hits[:found] = hits
                    more_keys[:found] = keys
                    rows, hits, keys = more_rows, more_hits, more_keys
                rows[found] = row
                hits[found] = q
                keys[found] = key
                found += 1
    return rows[:found], hits[:found], keys[:found]


@njit(cache=True, nogil=True)
def share_needed(keys):
    """For each key the part of |A| + |B| that two sets must have in common to reach it."""
    shares = np.empty(keys.size, np.float64)
    for i in range(keys.size):
        shares[i] = _share(keys[i])
    return shares


@njit(cache=True, nogil=True)
def apply_changes(lists, counts, bounds, rows, keys, removes, top, changed):
    """Take keys out of the ascending lists and put others in.

    The changes stand in the order of their rows, the removals of a row before its additions. A
    list that outgrows its space loses its worst key and knows from then on no key above the last.
    ``changed`` is set for the rows in which one of the first ``top`` keys came, went or moved.
    """
    depth = lists.shape[1]
    for i in range(rows.size):
        row, key = rows[i], keys[i]
        count = counts[row]
        place = np.searchsorted(lists[row, :count], key)
        if removes[i]:
            if place < count and lists[row, place] == key:
                changed[row] |= place < top
                for j in range(place, count - 1):
                    lists[row, j] = lists[row, j + 1]
                counts[row] = count - 1
        elif key <= bounds[row]:
            changed[row] |= place < top
            last = min(count, depth - 1)
            for j in range(last, place, -1):
                lists[row, j] = lists[row, j - 1]
            lists[row, place] = key
            counts[row] = last + 1
            if last + 1 == depth:
                bounds[row] = lists[row, depth - 1]
