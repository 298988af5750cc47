"""The encrypted base: keys, search, journal, migrations, backups, reference data; files that somebody else made.

`storage.table_files` and `storage.calendar_files` are asked for so: their libraries come with the first file read.
"""

from typing import TYPE_CHECKING

from boutique.core.on_demand import modules_of

if TYPE_CHECKING:
    from boutique.storage import calendar_files as calendar_files
    from boutique.storage import table_files as table_files
else:
    __getattr__ = modules_of(__name__)
