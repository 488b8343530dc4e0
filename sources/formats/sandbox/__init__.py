"""Processes with limits, in which files from outside are read and drawn."""
