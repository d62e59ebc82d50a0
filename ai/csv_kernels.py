"""Compiled writing of the lists as CSV lines, several bytes at a time."""

# Type annotations stop at this border: numba's decorators have none.
# mypy: disable-error-code="misc, no-untyped-def, no-untyped-call, untyped-decorator"

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from ai.kernels import ONE, SLOT_MASK


@intrinsic
def put_word(typingctx, out, at, word):
    """Store 8 bytes, the lowest first, at any place of an array of bytes."""

    def codegen(context, builder, signature, args):
        array = context.make_array(signature.args[0])(context, builder, args[0])
        place = builder.gep(array.data, [args[1]])
        wide = builder.bitcast(place, ir.IntType(64).as_pointer())
        builder.store(args[2], wide, align=1)
        return context.get_dummy_value()

    return types.none(out, types.int64, types.uint64), codegen


@intrinsic
def trailing_zeros(typingctx, word):
    """Number of zero bits below the lowest set one; the word must not be 0."""

    def codegen(context, builder, signature, args):
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 1))

    return types.uint64(types.uint64), codegen


@njit(cache=True, nogil=True, inline="always")
def _digits(number):
    """The number's (below 10**8) decimal digits as the bytes of a word, and how many.

    All eight digits are split off at once, in lanes of one word: first four and four, then two
    and two, then one and one, the divisions done by multiplying.
    """
    fours = np.uint64(number // 10000) | (np.uint64(number % 10000) << np.uint64(32))
    high = ((fours * np.uint64(10486)) >> np.uint64(20)) & np.uint64(0x0000007F0000007F)
    twos = high | ((fours - np.uint64(100) * high) << np.uint64(16))
    high = ((twos * np.uint64(103)) >> np.uint64(10)) & np.uint64(0x000F000F000F000F)
    ones = high | ((twos - np.uint64(10) * high) << np.uint64(8))
    leading = np.uint64(7)
    if number:
        leading = trailing_zeros(ones) >> np.uint64(3)
    text = (ones | np.uint64(0x3030303030303030)) >> (leading << np.uint64(3))
    return text, np.int64(np.uint64(8) - leading)


@njit(cache=True, nogil=True, inline="always")
def _write_number(out, at, number):
    """Write the decimal digits of a number; up to 7 bytes behind them may be spoilt."""
    if number >= 10**16:
        text, length = _digits(number // 10**16)
        put_word(out, at, text)
        at += length
    if number >= 10**8:
        middle = number // 10**8 % 10**8
        text, length = _digits(middle)
        if number >= 10**16:
            for place in range(at + 7, at - 1, -1):
                out[place] = 48 + middle % 10
                middle //= 10
            at += 8
        else:
            put_word(out, at, text)
            at += length
        rest = number % 10**8
        for place in range(at + 7, at - 1, -1):
            out[place] = 48 + rest % 10
            rest //= 10
        return at + 8
    text, length = _digits(number)
    put_word(out, at, text)
    return at + length


@njit(cache=True, nogil=True)
def write_rows(users, user_ids, slots, user_rows, lists, counts, k, inverse, ids, endings, out):
    """Write the lines ``user_id,neighbour_id,score`` of the given users to the bytes ``out``.

    A neighbour's id is ``slot * inverse`` modulo 2**32, or ``ids[slot]`` where ids are given.
    ``endings[h]`` is the text ``,0.1234`` and a line end for the score ``h / 20000`` as one word.
    ``out`` needs 8 bytes more than the text. Returns how many bytes and lines were written.
    """
    at = 0
    lines = 0
    for u in users:
        row = user_rows[u]
        own = np.uint64(slots[u])
        # Most ids and the comma behind them fit into one word: it is made once a user.
        short = user_ids[u] < 10**7
        begin, length = _digits(user_ids[u] if short else 0)
        begin |= np.uint64(44) << np.uint64(8 * length)
        left = k
        for j in range(counts[row]):
            key = lists[row, j]
            slot = key & np.uint64(SLOT_MASK)
            if slot == own:
                continue
            if left == 0:
                break
            left -= 1
            if short:
                put_word(out, at, begin)
                at += length
            else:
                at = _write_number(out, at, user_ids[u])
                out[at] = 44
            if ids.size:
                other = ids[slot]
            else:
                other = np.int64((slot * np.uint64(inverse)) & np.uint64(SLOT_MASK))
            at = _write_number(out, at + 1, other)
            # In steps of 1/20000 every step of odd number lies between two scores of 4 decimals:
            # only there does the rule for halves decide, and ``endings`` knows it.
            exact = np.float64(np.uint64(ONE) - (key >> np.uint64(32))) * 20000.0 / ONE
            half = np.int64(exact + 0.5)
            if abs(exact - half) > 1e-4:
                half = 2 * np.int64((exact + 1.0) / 2.0)
            put_word(out, at, endings[half])
            at += 8
            lines += 1
    return at, lines
