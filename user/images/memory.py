"""What decoding takes of the memory goes back to the system when it is done."""

import ctypes

M_MMAP_THRESHOLD = -3  # glibc's number of the option
LARGE = 1024 * 1024  # bytes


def return_large_blocks() -> None:
    """Have the C library return each freed block of a megabyte or more; nothing without glibc.

    Its own threshold grows to 32 MB, and each thread has blocks below it: of six pictures of 20
    megapixels at once a worker kept 690 MB and now 150 (`bench.attack pngs_at_the_limit`).
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option:
        set_option(M_MMAP_THRESHOLD, LARGE)
