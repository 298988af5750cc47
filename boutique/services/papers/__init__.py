"""The documents of a file, one module a family, and their catalogue."""
