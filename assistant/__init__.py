"""Turning what was found into an answer with citations, or into a refusal.

Imports ``index`` and ``sources``; neither imports it.
"""
