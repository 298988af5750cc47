"""Sheets of the workbook of a year."""
