"""Reading files from outside in a process of its own, with limits."""
