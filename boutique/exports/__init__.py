"""Documents out: PDF, workbooks, calendars, from plain records. Libraries come with the first of each, see `pdf`."""

from typing import TYPE_CHECKING

from boutique.core.on_demand import modules_of

if TYPE_CHECKING:  # what services may ask for
    from boutique.exports import calendar as calendar
    from boutique.exports import excel as excel
    from boutique.exports import form_fields as form_fields
    from boutique.exports import pdf as pdf
else:
    __getattr__ = modules_of(__name__)
