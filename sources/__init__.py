"""What the assistant knows and where it lives: catalogue, fetching, reading.

This package imports nothing else of the project; its command alone also shows what is indexed.
"""
