"""Writes a file of bytes to the terminal it runs in, tells its size in cells, and stays; for pixels_harness."""

import os
import signal
import sys

with open(sys.argv[1], "rb") as file:
    sys.stdout.buffer.write(file.read())
sys.stdout.flush()
with open(sys.argv[2], "w") as told:
    told.write("{0.columns} {0.lines}".format(os.get_terminal_size()))
signal.pause()
