"""Other systems as their documentation sets them up, each run by its own Python.

``python -m evaluation.peers.<name>`` reads a task from standard input and writes what it found to
standard output, both JSON. These modules use the peer's libraries and the standard library only.
"""
