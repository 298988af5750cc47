"""The pages of Ateliers, Activité and Partenaires, one press apart: each a view of its own, loaded when wanted."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from boutique.ui.view import Shell
from boutique.ui.widgets.tabs import Tabs

# To add a page: register the view (`VIEWS`, `_VIEWS`), give it `rail = place`, add its line, put the strip on top.
SECTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "workshops": (("workshops", "Séances"), ("workshop_modules", "Catalogue"), ("workshop_balance", "Bilan")),
    "activity": (
        ("activity", "Chiffres"),
        ("declared", "Mois déclarés"),
        ("programmes", "Programmes"),
        ("follow_lists", "Listes"),
        ("own_figures", "Indicateurs"),
        ("observatory", "Observatoire"),
        ("activity_book", "Classeur"),
    ),
    "partners": (
        ("partners", "Annuaire"),
        ("coverage", "Couverture"),
        ("partner_figures", "Réponses"),
        ("meetings", "Rencontres"),
        ("visits", "Visites d’entreprises"),
    ),
}


class SectionTabs(Tabs):
    """The strip at the top of the page `here`; choosing another page shows that view."""

    def __init__(self, shell: Shell, place: str, here: str, parent: QWidget | None = None) -> None:
        super().__init__(SECTIONS[place], accessible="Pages", parent=parent)
        self._shell, self._here = shell, here
        self.open(here)
        self.chosen.connect(self._show_page)
        if len(SECTIONS[place]) < 2:  # never shown from here: it has no parent yet and would open as a window
            self.hide()

    def _show_page(self, key: str) -> None:
        if key == self._here:
            return
        self._shell.show_view(key)
        with QSignalBlocker(self):  # this strip stays with its page, whose tab is the one that is lit
            self.open(self._here)
