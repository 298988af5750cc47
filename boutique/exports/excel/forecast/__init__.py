"""Sheets of the forecast workbook, all of live formulas; loaded as in `excel`."""

from typing import TYPE_CHECKING

from boutique.core.on_demand import modules_of

if TYPE_CHECKING:  # what services may ask for
    from boutique.exports.excel.forecast import pen as pen
else:
    __getattr__ = modules_of(__name__)
