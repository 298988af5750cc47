"""Documents out: PDF and workbooks, from plain records."""
