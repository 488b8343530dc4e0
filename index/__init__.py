"""Making passages findable: embedding, vectors, lexical search, immutable builds.

Imports nothing of the project but ``sources``.
"""
