"""The page in the browser: the same answers as everywhere else, made to be read and checked.

No other package imports gradio. Here only ``layout``, ``events`` and ``server`` do; the other
modules take and give plain values, so that they can be tested without it.
"""
