"""Sheets of the forecast workbook, all of live formulas."""
