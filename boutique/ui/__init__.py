"""The window. Only package that imports Qt; speaks to services through Tasks."""
