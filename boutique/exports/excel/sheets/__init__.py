"""Sheets of the activity workbook: one module each, listed in `activity_book.SHEETS`; loaded as in `excel`."""

from typing import TYPE_CHECKING

from boutique.core.on_demand import modules_of

if TYPE_CHECKING:  # what services may ask for
    from boutique.exports.excel.sheets import checks as checks
    from boutique.exports.excel.sheets import readme as readme
else:
    __getattr__ = modules_of(__name__)
