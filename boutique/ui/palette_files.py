"""Files in the palette: Ctrl+K finds a person as well as an action. Added by the workday while a base is open."""

from functools import partial

from boutique.services import search
from boutique.services.search import Hit
from boutique.ui.desk import Desk
from boutique.ui.palette import Deliver, Found

_LINES, _LETTERS = 6, 2


class PaletteFiles:
    """A source of the palette; answers nothing once the base is closed."""

    def __init__(self, desk: Desk) -> None:
        self._desk: Desk | None = desk

    def close(self) -> None:
        """The base is closing: the palette outlives it."""
        self._desk = None

    def __call__(self, text: str, deliver: Deliver) -> None:
        if self._desk is None or len(text.strip()) < _LETTERS:
            return
        index = self._desk.workspace.index
        then = partial(self._tell, deliver)
        self._desk.read_latest("palette.files", search.find, index, text, _LINES, then=then)

    def _tell(self, deliver: Deliver, hits: tuple[Hit, ...]) -> None:
        if self._desk is None:
            return
        show = self._desk.shell.show_view
        deliver(
            [
                Found(
                    hit.name,
                    partial(show, "file", case_id=hit.case_id),
                    f"{hit.reference} · {hit.commune}",
                    "folder-open",
                )
                for hit in hits
            ]
        )
