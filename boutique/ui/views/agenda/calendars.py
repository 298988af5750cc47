"""Calendars that leave and come in: what is written in the file is chosen and said before it leaves."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.services import calendar_in, calendar_out
from boutique.services.calendar_in import BusyReport, Source
from boutique.services.documents import Document
from boutique.services.schedule import Scope
from boutique.services.settings import Staff
from boutique.services.workspace import Workspace
from boutique.ui.desk import Desk
from boutique.ui.forms.text_editors import DateEditor, LineEditor
from boutique.ui.saving import FileSaving
from boutique.ui.tasks import Progress
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.scroll_column import ScrollColumn

_FOUR_WEEKS = timedelta(27)
_REASONS, _LINES = 6, 12
_WHAT = {"appointments": "Mes rendez-vous", "sessions": "Les permanences", "workshops": "Les ateliers"}
_STEMS = {"appointments": "rendez-vous", "sessions": "permanences", "workshops": "ateliers"}  # of the file
# What leaves, from the least to the most: (value of calendar_out.Naming, words, what it means).
_NAMINGS = (
    ("reference", "Initiales et référence du dossier", "Aucun nom ni objet : « Rendez-vous · Z.M. 2026-0042 »."),
    ("none", "Seulement « Rendez-vous »", "Rien sur les personnes : seulement que le créneau est pris."),
    (
        "full",
        "Noms, objets et adresses",
        "Le fichier portera les noms en clair : ne l’envoyez pas vers un agenda en ligne sans l’accord des personnes.",
    ),
)


class ExportPanel(ScrollColumn):
    """My appointments, the permanences or the workshops of a period, as a file for another agenda."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.desk, self._saving = desk, FileSaving(desk, self)
        self._scope = Scope()
        self.what = ComboBox(list(_WHAT.items()), empty=None)
        self.first, self.last = DateEditor("Du"), DateEditor("Au")
        self.naming = ComboBox([(value, words) for value, words, _ in _NAMINGS], empty=None)
        self.meaning = Label(role="small", tone="muted", wrap=True)
        self.fields = {
            "what": Field("Quoi", self.what),
            "first": Field("Du", self.first),
            "last": Field("Au", self.last),
            "naming": Field("Les personnes y sont", self.naming),
        }
        self.about = Label(
            "Les notes ne sortent jamais. Le nom du fichier ne porte que la période.", role="small", tone="muted",
            wrap=True,
        )  # fmt: skip
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.trouble.hide()
        self.save_button = PrimaryButton("Enregistrer le fichier…", icon="download", size="normal")
        self.close_button = Button("Fermer", hint="Échap")
        card, dates, buttons = Card("Exporter l’agenda (.ics)"), QHBoxLayout(), QHBoxLayout()
        for name in ("first", "last"):
            dates.addWidget(self.fields[name], 1)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        card.add(
            self.fields["what"], dates, self.fields["naming"], self.meaning, self.about, self.trouble, buttons
        )  # fmt: skip
        self.add(card)
        self.what.currentIndexChanged.connect(self._explain)
        self.naming.currentIndexChanged.connect(self._explain)
        self.save_button.clicked.connect(self.export)
        self.close_button.clicked.connect(self.closed)

    def begin(self, first: date, days: int, scope: Scope) -> None:
        """Four weeks from the period in sight; the least that can be said of people."""
        self._scope = scope
        self.first.write(first)
        self.last.write(first + max(timedelta(days - 1), _FOUR_WEEKS))
        self.naming.write(_NAMINGS[0][0])
        own = scope.counsellor_id == self.desk.workspace.counsellor_id
        self.what.setItemText(0, "Mes rendez-vous" if own else "Les rendez-vous affichés")
        self._say("")
        self._explain()

    def export(self) -> None:
        """The file is made and written on the worker; nothing is written when nothing leaves."""
        self._say("")
        days = [self._day(name) for name in ("first", "last")]
        if None in days:
            return
        first, last = days
        assert first is not None
        assert last is not None
        kind = str(self.what.read())
        self._saving.save(
            "Enregistrer l’agenda", f"{_STEMS[kind]}-{first:%Y-%m-%d}-{last:%Y-%m-%d}.ics",
            partial(_export, self.desk.workspace, kind, first, last, self._scope, str(self.naming.read())),
            written=self._written, failed=self._say, busy="Préparation de l’agenda…",
        )  # fmt: skip

    def take_focus(self) -> None:
        self.what.setFocus()

    def _day(self, name: str) -> date | None:
        editor = self.first if name == "first" else self.last
        try:
            day = french.parse_date(editor.text(), today=clock.today())
        except UserError as error:
            self.fields[name].set_error(str(error))
            return None
        self.fields[name].set_error("")
        return day

    def _explain(self) -> None:
        people = self.what.read() == "appointments"
        self.fields["naming"].setVisible(people)
        self.meaning.setVisible(people)
        meaning = next((about for value, _, about in _NAMINGS if value == self.naming.read()), "")
        self.meaning.set_tone("warning" if self.naming.read() == "full" else "muted")
        self.meaning.setText(meaning)

    def _written(self, _made: object) -> None:
        self.closed.emit()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))


class ImportPanel(ScrollColumn):
    """Busy time from another calendar: whose, under which name; then what was taken and what was refused."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.desk = desk
        self._path: Path | None = None
        self._sources: tuple[Source, ...] = ()
        self._rows: list[QWidget] = []
        self.file = Label(role="strong", wrap=True)
        self.choose_button = Button("Choisir un fichier .ics…", icon="upload")
        self.counsellor = ComboBox(empty=None)
        self.source = LineEditor("Nom de cet agenda")
        self.fields = {"counsellor": Field("C’est l’agenda de", self.counsellor),
                       "source": Field("Nom de cet agenda", self.source)}  # fmt: skip
        self.about = Label(
            "Seules les heures occupées sont gardées, jamais les titres ni les participants. "
            "Importer de nouveau sous le même nom remplace ce qui y était.",
            role="small", tone="muted", wrap=True,
        )  # fmt: skip
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.trouble.hide()
        self.import_button = PrimaryButton("Importer", icon="calendar-plus", size="normal")
        self.close_button = Button("Fermer", hint="Échap")
        self.card, buttons = Card("Importer un agenda (.ics)"), QHBoxLayout()
        buttons.addWidget(self.import_button)
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        self.card.add(self.file, self.choose_button, *self.fields.values(), self.about, self.trouble, buttons)
        self.report, self.known = Card("Import terminé"), Card("Agendas importés")
        for card in (self.report, self.known):
            card.hide()
        self.add(self.card, self.report, self.known)
        self.choose_button.clicked.connect(self.choose)
        self.import_button.clicked.connect(self.bring_in)
        self.close_button.clicked.connect(self.closed)
        desk.changed.connect(self._refresh)

    def write_staff(self, staff: Staff) -> None:
        kept = self.counsellor.read() or self.desk.workspace.counsellor_id
        self.counsellor.set_options([(one.id, one.name) for one in staff.counsellors])
        self.counsellor.write(kept)

    def begin(self, path: Path | None = None) -> None:
        """With a file that was dropped, or none yet."""
        self._path = path
        self._say("")
        self.report.hide()
        self.file.setText(f"Fichier : {path.name}" if path else "Aucun fichier choisi.")
        self.import_button.setEnabled(path is not None)
        if path is not None and not self.source.text():
            self.source.write("Agenda personnel")
        self._refresh()

    def choose(self) -> None:
        path = self.desk.ask.open_file("Choisir un agenda", "Agenda (*.ics *.ical *.ifb *.vcs)")
        if path is not None:
            self.begin(path)

    def bring_in(self) -> None:
        if self._path is None:
            return
        self._say("")
        work = partial(
            _bring_in, self.desk.workspace, self._path, self.counsellor.read(), self.source.text()
        )  # fmt: skip
        self.desk.tasks.run_long(work, self._imported, self._say, busy="Lecture de l’agenda…")

    def take_focus(self) -> None:
        (self.import_button if self._path else self.choose_button).setFocus()

    def _imported(self, report: BusyReport) -> None:
        self.desk.shell.notify(report.sentence, "success", [("Annuler", self.desk.undo)])
        empty(self.report.body)
        period = f"du {french.show_date(report.first)} au {french.show_date(report.last)}"
        lines = [f"{french.plural(report.events, 'événement lu', 'événements lus')}", f"Période gardée : {period}",
                 f"{french.plural(report.periods, 'plage occupée', 'plages occupées')} dans l’agenda"]  # fmt: skip
        if report.free:
            lines.append(f"{french.plural(report.free, 'laissé')} de côté (disponible ou annulé)")
        if report.outside:
            lines.append(f"{french.plural(report.outside, 'hors', 'hors')} de cette période")
        self.report.add(*(Label(line, wrap=True) for line in lines))
        for reason, count in report.reasons[:_REASONS]:
            row = QHBoxLayout()
            row.addWidget(Badge(str(count), "warning", minimum=30))
            row.addWidget(Label(f"refusé : {reason}", role="small", wrap=True), 1)
            self.report.add(row)
        if report.refused:
            named = ", ".join(str(one.line) for one in report.refused[:_LINES])
            more = "…" if len(report.refused) > _LINES else ""
            self.report.add(Label(f"Lignes du fichier : {named}{more}", role="small", tone="muted", wrap=True))
        self.report.show()
        self._path = None
        self.file.setText("Aucun fichier choisi.")
        self.import_button.setEnabled(False)
        self.desk.changed.emit()

    def _refresh(self) -> None:
        if self.isVisible() or self._path is not None:
            self.desk.tasks.run_latest("agenda.sources", partial(_sources, self.desk.workspace), self._show)

    def _show(self, sources: Sequence[Source]) -> None:
        self._sources = tuple(sources)
        empty(self.known.body)
        for source in sources:
            about = f"{french.plural(source.periods, 'plage')} · le {french.show_date(source.imported_at.date())}"
            drop = Button("Retirer", icon="trash-2", variant="ghost", size="small",
                          accessible=f"Retirer {source.name}, {source.counsellor}")  # fmt: skip
            drop.clicked.connect(partial(self._forget, source.id))
            self.known.add(ListRow(f"{source.name} ({source.counsellor})", about, trailing=[drop]))
        self.known.setVisible(bool(sources))

    def _forget(self, source_id: uuid.UUID) -> None:
        self.desk.write("Agenda retiré", calendar_in.forget, source_id)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))


def _export(
    workspace: Workspace, kind: str, first: date, last: date, scope: Scope, naming: str, progress: Progress
) -> Document:  # fmt: skip
    made: Document = (
        workspace.write("Agenda exporté", calendar_out.appointments, first, last, scope, calendar_out.Naming(naming))
        if kind == "appointments"
        else workspace.read(getattr(calendar_out, kind), first, last, scope)
    )
    progress.step(1, 2)
    return made


def _bring_in(
    workspace: Workspace, path: Path, counsellor_id: uuid.UUID, source: str, progress: Progress
) -> BusyReport:  # fmt: skip
    return calendar_in.bring_in(workspace, path, counsellor_id, source, progress=progress)


def _sources(workspace: Workspace) -> tuple[Source, ...]:
    return workspace.read(calendar_in.sources)
