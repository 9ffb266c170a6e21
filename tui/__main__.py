"""``python -m tui``: the program, where its script is not on the path."""

from .entry import main

main()
