"""Runs one program and prints its seconds from start to end, its peak memory in bytes, and its exit status.

usage: launch.py COMMAND...   (as `python -I -S launch.py`, whose own 10 MB are then the least that can be measured)

A process of its own, because Linux counts the memory of whoever starts a program as that program's peak as well.
"""

import os
import resource
import sys
import time

start = time.perf_counter()
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status = os.waitpid(process, 0)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
print(seconds, peak, os.waitstatus_to_exitcode(status))
