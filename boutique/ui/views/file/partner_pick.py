"""Any partner of the directory, found by name, when the proposals are not enough; used by Orientations."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.services import directory
from boutique.services.directory import PartnerPage, PartnerQuery, PartnerRow
from boutique.ui.desk import Desk
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.search_field import SearchField

_SHOWN = 8


class PartnerPick(Card):
    """`picked(row)`: a PartnerRow of the directory."""

    picked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._rows: tuple[PartnerRow, ...] = ()
        self.search = SearchField("Nom, type ou commune d’une structure", accessible="Chercher dans le répertoire")
        self.search.setObjectName("partner-search")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.add(self.search, self._list)
        self.search.changed.connect(self._look)
        self.search.submitted.connect(self._pick_first)

    def open(self) -> None:
        self.show()
        self.search.clear()
        self.search.take_focus()
        self._look("")

    def _look(self, text: str) -> None:
        self._desk.read_latest(
            "file.partners", directory.directory, PartnerQuery(text=text), limit=_SHOWN, then=self._show
        )  # fmt: skip

    def _show(self, page: PartnerPage) -> None:
        self._rows = page.rows
        empty(self._list)
        for rank, line in enumerate(page.rows):
            about = " · ".join(part for part in (line.type_label, line.place, line.extent) if part)
            row = ListRow(line.name, about, trailing=[_state(line)], clickable=True, wrap=False)
            row.setObjectName(f"partner-{rank}")
            row.setProperty("rank", rank)
            row.activated.connect(self._pick)
            self._list.addWidget(row)
        if not page.rows:
            self._list.addWidget(Label("Aucune structure ne correspond.", role="small", tone="muted"))
        elif page.total > len(page.rows):
            left = page.total - len(page.rows)
            self._list.addWidget(Label(f"et {left} autres : précisez la recherche.", role="small", tone="muted"))

    def _pick(self) -> None:
        row = self.sender()
        if isinstance(row, QWidget):
            self._take(self._rows[int(row.property("rank"))])

    def _pick_first(self, _text: str) -> None:
        if self._rows:
            self._take(self._rows[0])

    def _take(self, row: PartnerRow) -> None:
        self.hide()
        self.picked.emit(row)


def _state(row: PartnerRow) -> Badge:
    if row.away:
        return Badge("absente", "warning", icon="calendar-off")
    return Badge(row.age.text, "neutral")
