"""Qt-free forms: what to show, in which order, what is wrong."""
