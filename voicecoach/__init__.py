"""A voice-guided, hands-free routine assistant that works offline."""

import os

# The verifier's products of matrices are small. On a busy machine the threads of OpenBLAS wait for
# each other: a look then took 1.2 s instead of 12 ms (2 cores, load 6). Before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
