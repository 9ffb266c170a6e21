"""The terminal layer: which terminal this is, what it does with Arabic, and giving it back as it was.

Nothing here imports textual but :mod:`.driver`, which is not imported from here:
the probe runs before Textual is loaded.
"""

from __future__ import annotations

from .profile import MARKS, MODES, Profile, Replies, Route, classify, override
from .session import Terminal, session

__all__ = [
    "MARKS",
    "MODES",
    "Profile",
    "Replies",
    "Route",
    "Terminal",
    "classify",
    "override",
    "session",
]
