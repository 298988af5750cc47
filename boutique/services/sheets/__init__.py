"""Rows of the sheets of the activity workbook, one module a sheet: by reference, never by name."""
