"""Compiled arranging of skill sets, so that those which resemble each other stand together.

A set of skills is a row of 64-bit words. Sets of one size that resemble each other make a small
*leaf*; every leaf knows the union and the intersection of its sets.
"""

# Type annotations stop at this border: numba's decorators have none.
# mypy: disable-error-code="misc, no-untyped-def, no-untyped-call, untyped-decorator"

import numpy as np
from numba import njit


@njit(cache=True, nogil=True, inline="always")
def popcount(word):
    """Number of set bits of a 64-bit word; LLVM makes it one machine instruction."""
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    fours = np.uint64(0x3333333333333333)
    word = (word & fours) + ((word >> np.uint64(2)) & fours)
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (word * np.uint64(0x0101010101010101)) >> np.uint64(56)


@njit(cache=True, nogil=True)
def set_bits(words, rows, bits):
    """Switch on bit ``bits[i]`` of ``words[rows[i]]``."""
    for i in range(rows.size):
        words[rows[i], bits[i] >> 6] |= np.uint64(1) << np.uint64(bits[i] & 63)


@njit(cache=True, nogil=True)
def split_into_leaves(words, sizes, order, leaf_size):  # noqa: C901 - calls would cost time
    """Arrange ``order`` so that similar sets are neighbours; return where the leaves start.

    ``order`` arrives sorted by size. Each run of one size is halved again and again by the skill
    that divides it most evenly until a part fits a leaf, or all its sets are the same.
    """
    n = order.size
    n_words = words.shape[1]
    starts = np.empty(n + 1, np.int64)
    n_leaves = 0
    stack = np.empty((4096, 2), np.int64)
    counts = np.empty(n_words * 64, np.int64)
    run = 0
    while run < n:
        run_end = run
        while run_end < n and sizes[order[run_end]] == sizes[order[run]]:
            run_end += 1
        stack[0, 0], stack[0, 1] = run, run_end
        depth = 1
        while depth:
            depth -= 1
            low, high = stack[depth, 0], stack[depth, 1]
            best, best_gap = -1, high - low
            if high - low > leaf_size:
                counts[:] = 0
                for i in range(low, high):
                    for w in range(n_words):
                        word = words[order[i], w]
                        while word:
                            lowest = word & (~word + np.uint64(1))
                            counts[w * 64 + popcount(lowest - np.uint64(1))] += 1
                            word ^= lowest
                for bit in range(counts.size):
                    gap = abs(2 * counts[bit] - (high - low))
                    if gap < best_gap:
                        best, best_gap = bit, gap
            if best < 0:
                starts[n_leaves] = low
                n_leaves += 1
                continue
            word_index, mask = best >> 6, np.uint64(1) << np.uint64(best & 63)
            left, right = low, high - 1
            while left <= right:
                if words[order[left], word_index] & mask:
                    left += 1
                else:
                    order[left], order[right] = order[right], order[left]
                    right -= 1
            # The part with the skill is taken first: its leaves stand first.
            stack[depth, 0], stack[depth, 1] = left, high
            stack[depth + 1, 0], stack[depth + 1, 1] = low, left
            depth += 2
        run = run_end
    starts[n_leaves] = n
    return starts[: n_leaves + 1].copy()


@njit(cache=True, nogil=True)
def summarise_leaves(words, starts, unions, commons, common_counts):
    """Fill in union, intersection and its count of every leaf."""
    n_words = words.shape[0]
    for leaf in range(starts.size - 1):
        count = np.int64(0)
        for w in range(n_words):
            union = np.uint64(0)
            common = ~np.uint64(0)
            for i in range(starts[leaf], starts[leaf + 1]):
                union |= words[w, i]
                common &= words[w, i]
            unions[w, leaf] = union
            commons[w, leaf] = common
            count += np.int64(popcount(common))
        common_counts[leaf] = count
