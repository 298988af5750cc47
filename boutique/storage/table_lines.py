"""One row of a table that somebody else made. For `table_files` and who understands its columns."""

from typing import NamedTuple


class Line(NamedTuple):
    """One row, with the number people see in their spreadsheet or editor."""

    number: int
    cells: list[str]
