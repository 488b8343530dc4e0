"""The page in the browser: the same answers as everywhere else, made to be read and checked.

The only place that imports gradio, and there only in ``blocks`` and ``serve``; all else gives
and takes plain values, so that it can be tested, and kept, without it.
"""
