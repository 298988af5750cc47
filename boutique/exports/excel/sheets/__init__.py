"""Sheets of the activity workbook: one module each, listed in `activity_book.SHEETS`."""
