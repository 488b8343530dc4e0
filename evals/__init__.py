"""Measuring the assistant: cases, runs, measures, calibration, comparison.

Stands beside the page: imports ``assistant``, ``index`` and ``sources``.
"""
