"""Réglages › Données de référence: vintages of the communes, official zoning lists to import."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from boutique.core import french
from boutique.services import importing, zoning
from boutique.services.import_outcomes import ZoningReport
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.views.settings.page import Page
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_FILES = "Listes (*.csv *.xlsx *.txt)"
_KINDS = (
    ("FRR", "France ruralités revitalisation", "Sans cette liste, la zone rurale d’une commune reste « à vérifier »."),
    ("QPV", "Quartiers prioritaires", "Sans cette liste, le quartier d’une adresse reste « à vérifier »."),
)


class ReferencePage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.import_button = PrimaryButton("Importer une liste…", icon="upload", size="normal")
        self.zonings = Card("Listes officielles de zonage", icon="map", action=self.import_button)
        self.refused = Label(role="small", tone="warning", wrap=True, selectable=True)
        self.refused.hide()
        self.rows: dict[str, tuple[ListRow, Badge]] = {}
        for kind, name, without in _KINDS:
            badge = Badge("à importer", "warning", icon="triangle-alert")
            row = ListRow(f"{kind} — {name}", without, trailing=[badge])
            self.rows[kind] = (row, badge)
            self.zonings.add(row)
        hint = "Choisissez le fichier publié par l’État (CSV ou .xlsx) : il est reconnu par ses colonnes."
        self.zonings.add(self.refused, Label(hint, role="small", tone="muted", wrap=True))
        self.places = Card("Communes, intercommunalités, activités", icon="database")
        self.vintage = Label(wrap=True)
        self.places.add(self.vintage)
        self.add(self.zonings, self.places)
        self.import_button.clicked.connect(self.import_list)

    def enter(self) -> None:
        self.desk.read(zoning.imported, then=self._show)
        self.desk.tasks.run(self.desk.workspace.reference.meta, self._show_vintage)

    def import_list(self) -> None:
        path = self.desk.ask.open_file("Importer une liste officielle", _FILES)
        if path is not None:
            self.desk.tasks.run(partial(_import, self.desk.workspace, path), self._imported, busy="Import de la liste…")

    def _imported(self, report: ZoningReport) -> None:
        vintage = f", {report.vintage}" if report.vintage else ""
        rows = french.plural(report.rows, "ligne")
        self.desk.shell.notify(f"Liste {report.kind} importée{vintage} : {rows}.", "success")
        first = "\n".join(f"Ligne {remark.line} : {remark.reason}" for remark in report.refused[:20])
        self.refused.setText(f"{french.plural(len(report.refused), 'ligne laissée', 'lignes laissées')} :\n{first}")
        self.refused.setVisible(bool(report.refused))
        self.desk.changed.emit()
        self.enter()

    def _show(self, lists: tuple[tuple[str, str, int], ...]) -> None:
        for kind, vintage, count in lists:
            if kind in self.rows:
                row, badge = self.rows[kind]
                row.subtitle.setText(f"{vintage or 'millésime non précisé'} · {french.plural(count, 'ligne')}")
                badge.set_state("importée", "success", "circle-check")

    def _show_vintage(self, meta: dict[str, str]) -> None:
        communes = french.show_number(int(meta.get("communes", "0")))
        self.vintage.setText(f"{communes} communes. {meta.get('vintage_label', '')}")


def _import(workspace: Workspace, path: Path) -> ZoningReport:
    return workspace.write("Import d’une liste de zonage", importing.import_zoning, path)
