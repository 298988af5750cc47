"""Workbooks: plain rows in, bytes out, nothing on the disk.

A service says `from boutique.exports import excel` and `excel.book.Book(…)`: openpyxl comes with the first workbook,
not with the window. Rows, columns and formats of cells need none of it and are imported as anything else.
"""

from typing import TYPE_CHECKING

from boutique.core.on_demand import modules_of

if TYPE_CHECKING:  # what services may ask for, and `formats`
    from boutique.exports.excel import activity_book as activity_book
    from boutique.exports.excel import annual_book as annual_book
    from boutique.exports.excel import book as book
    from boutique.exports.excel import csv_files as csv_files
    from boutique.exports.excel import figure_list as figure_list
    from boutique.exports.excel import follow_up_book as follow_up_book
    from boutique.exports.excel import forecast as forecast
    from boutique.exports.excel import forecast_book as forecast_book
    from boutique.exports.excel import ods as ods
    from boutique.exports.excel import participants_book as participants_book
    from boutique.exports.excel import sheets as sheets
else:
    __getattr__ = modules_of(__name__)
