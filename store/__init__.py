"""The data: what came in, what is known of it, what a person did with it.

Knows nothing of the interface. Everything the interface may use is named here.
"""
