"""Activité › Indicateurs: those of the structure and, beside them, the one being drawn up."""

from PySide6.QtWidgets import QWidget

from boutique.services import own_figures
from boutique.services.own_figures import OwnLine
from boutique.ui.desk import Desk
from boutique.ui.views.kept import KeptView, Kind
from boutique.ui.views.own_figures.editor import FigureEditor
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.list_row import ListRow

_KIND = Kind(
    "own_figures",
    "figure",
    "Nos indicateurs",
    "Nouvel indicateur",
    "Les changements de cet indicateur seront perdus.",
    own_figures.listing,
    own_figures.sheet,
    own_figures.blank,
)
_WHY = (
    "Dites ce qui compte pour votre structure : une sorte d’acte, ce qu’on en compte, des critères. Il rejoint les "
    "chiffres d’Activité et le classeur."
)


class OwnFiguresView(KeptView):
    title = "Indicateurs de la structure"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.editor = FigureEditor(desk)
        nothing = EmptyState("chart-column", "Aucun indicateur à vous", _WHY, _KIND.new)
        super().__init__(desk, _KIND, self.editor, nothing, parent)

    def row(self, line: OwnLine) -> ListRow:
        badges = [Badge("archivé", "neutral", icon="archive")] if line.archived else []
        return ListRow(line.name, line.words, trailing=badges, clickable=True)
