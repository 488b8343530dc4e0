"""Measuring the assistant: cases, runs, measures, calibration, comparison.

Imports ``assistant``, ``index`` and ``sources``.
"""
