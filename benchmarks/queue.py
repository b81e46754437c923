"""The desks of an instructor and of a chair with few cases and with very many, side by side.

In one process, through the application as a browser asks it: queries of each page, and the
time within which 95 of 100 answers came. Ratios, marked x, are to the smallest desk of the
same database; it fills a page, so that every desk shows as many rows. About two minutes; a
machine that does other work shows in the times, not in the queries.
"""

import sys
from pathlib import Path

# The folder of a script comes first in its path, and there this file hides the library's
# module of the same name from everything that the scripts beside it import.
if Path(sys.path[0]).resolve() == Path(__file__).resolve().parent:
    del sys.path[0]

if __name__ == "queue":
    del sys.modules["queue"]
    sys.modules["queue"] = __import__("queue")

if __name__ == "__main__":
    from benchmarks.queueing.compare import main

    main(__doc__)
