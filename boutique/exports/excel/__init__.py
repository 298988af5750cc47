"""Workbooks: plain rows in, bytes out, nothing on the disk."""
