"""Activité › Listes de suivi: the kept lists and, beside them, the one being drawn up."""

from PySide6.QtWidgets import QWidget

from boutique.core import french
from boutique.services import list_models
from boutique.services.list_models import ListLine
from boutique.ui.desk import Desk
from boutique.ui.views.follow_lists.editor import ListEditor
from boutique.ui.views.kept import KeptView, Kind
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.list_row import ListRow

_KIND = Kind(
    "follow_lists",
    "list",
    "Listes gardées",
    "Nouvelle liste",
    "Les changements de cette liste seront perdus.",
    list_models.listing,
    list_models.sheet,
    list_models.blank,
)
_WHY = "Chaque financeur demande ses colonnes : composez-les une fois, exportez la liste chaque fois qu’il la demande."


class FollowListsView(KeptView):
    title = "Listes de suivi"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.editor = ListEditor(desk)
        nothing = EmptyState("table-2", "Aucune liste gardée", _WHY, _KIND.new)
        super().__init__(desk, _KIND, self.editor, nothing, parent)

    def row(self, line: ListLine) -> ListRow:
        about = " · ".join(part for part in (line.programme, french.plural(line.columns, "colonne")) if part)
        return ListRow(line.name, about, clickable=True)
