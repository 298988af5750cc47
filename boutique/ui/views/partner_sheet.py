"""The sheet of a partner, to read: how to reach it, what it covers, how it answers, how old the sheet is."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.core.text import clip
from boutique.forms import values
from boutique.forms.catalogue import PARTNER
from boutique.services.partner_figures import Count, Line
from boutique.services.partners import PartnerSheet, themes
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label, breakable
from boutique.ui.widgets.tips import plain_tip

# What is shown, in order: field → icon.
_LINES = (
    ("partner.phone", "phone"),
    ("partner.email", "mail"),
    ("partner.website", "globe"),
    ("partner.address", "map-pin"),
    ("partner.opening", "clock"),
    ("partner.access", "route"),
    ("partner.publics", "users"),
    ("partner.eligibility", "list-checks"),
    ("partner.cost", "euro"),
    ("partner.siret", "hash"),
    ("partner.internal", "house"),
    ("partner.legal_basis", "scale"),
)
_SHOWN_TERRITORIES, _LONGEST = 12, 60


class SheetCard(Card):
    """`verified`, `edit`, `archive`, `restore`, `answers`: what its buttons ask; `institution_asked(id)`: go up."""

    verified = Signal()
    edit = Signal()
    archive = Signal()
    restore = Signal()
    answers = Signal()
    institution_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.name = Label(role="title", wrap=True, selectable=True)
        self.kind = Label(tone="muted", wrap=True)
        self.institution = GhostButton("", icon="building-2", size="small")
        self.away = QWidget()
        self.away_words = Label(role="small", tone="warning", wrap=True)
        self.age = Badge("", "success")
        self.archived = Badge("Archivée", "neutral", icon="archive")
        self.mission = Label(role="small", tone="muted", wrap=True)
        self.record = Label(role="small", wrap=True)
        self.answers_button = Button("Voir ses réponses", icon="chart-column", size="small")
        self.source = Label(role="small", tone="muted", wrap=True)
        self.verify_button = Button("Vérifiée aujourd’hui", icon="badge-check")
        self.edit_button = Button("Modifier", icon="pencil")
        self.archive_button = Button("Archiver", icon="archive", variant="ghost")
        self.restore_button = Button("Remettre dans la liste", icon="archive-restore")
        self._above: uuid.UUID | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._areas = QWidget()
        self._flow = FlowLayout(self._areas, gap=6)
        self._lay_out()
        self.answers_button.clicked.connect(self.answers)
        self.verify_button.clicked.connect(self.verified)
        self.edit_button.clicked.connect(self.edit)
        self.archive_button.clicked.connect(self.archive)
        self.restore_button.clicked.connect(self.restore)
        self.institution.clicked.connect(self._see_institution)

    def show_sheet(self, sheet: PartnerSheet) -> None:
        self.setAccessibleName(sheet.full_name)
        self.name.setText(sheet.name)
        self.kind.setText(sheet.type_label)
        self._above = sheet.institution[0] if sheet.institution else None
        self.institution.set_label(f"Antenne de {clip(sheet.institution[1], _LONGEST)}" if sheet.institution else "")
        self.institution.setToolTip(plain_tip(sheet.institution[1]) if sheet.institution else "")
        self.institution.setVisible(sheet.institution is not None)
        today = [one for one in sheet.absences if one.contact_id is None]
        self.away_words.setText(breakable(f"Structure {today[0].told()}") if today else "")
        self.away.setVisible(bool(today))
        tone: Tone = "warning" if sheet.age.due else "success"
        self.age.set_state(f"Fiche {sheet.age.text}", tone, "clock-alert" if sheet.age.due else "badge-check")
        self.mission.setText(sheet.mission)
        self.mission.setVisible(bool(sheet.mission))
        source = sheet.answers.get("partner.source")
        self.source.setText(f"Source : {source}" if source else "")
        self.source.setVisible(bool(source))
        self._show_lines(sheet)
        self._show_areas(sheet)
        gone = sheet.archived_on is not None
        self.archived.setVisible(gone)
        self.restore_button.setVisible(gone)
        for button in (self.verify_button, self.archive_button):
            button.setVisible(not gone)

    def show_answers(self, line: Line) -> None:
        """How it answers, which comes after the sheet."""
        self.record.setText(_told(line))
        self.answers_button.setVisible(bool(line.sent or line.proposed))

    def _see_institution(self) -> None:
        self.institution_asked.emit(self._above)

    def _show_lines(self, sheet: PartnerSheet) -> None:
        empty(self._lines)
        for key, icon in _LINES:
            field = PARTNER.field(key)
            if text := values.show(field, sheet.said.get(key, sheet.answers.get(key))):
                self._lines.addWidget(_line(icon, field.label, text, shared=key not in sheet.answers))
        named = dict(themes())
        told = ", ".join(named.get(code, code) for code in sheet.said.get("partner.themes") or ())
        if told:
            self._lines.addWidget(_line("tags", "Thèmes", told, shared="partner.themes" not in sheet.answers))

    def _show_areas(self, sheet: PartnerSheet) -> None:
        self._flow.clear()
        for territory in sheet.territories[:_SHOWN_TERRITORIES]:
            self._flow.addWidget(Badge(territory.label, "info"))
        rest = len(sheet.territories) - _SHOWN_TERRITORIES
        if rest > 0:
            self._flow.addWidget(Badge(f"et {french.plural(rest, 'autre')}", "neutral"))
        if not sheet.territories:
            self._flow.addWidget(Badge("aucun territoire : jamais proposée", "warning", icon="triangle-alert"))

    def _lay_out(self) -> None:
        badges = FlowLayout(gap=6)
        badges.addWidget(self.age)
        badges.addWidget(self.archived)
        buttons = FlowLayout(gap=8)
        for button in (self.verify_button, self.edit_button, self.restore_button, self.archive_button):
            buttons.addWidget(button)
        away = QHBoxLayout(self.away)
        away.setContentsMargins(0, 0, 0, 0)
        away.setSpacing(8)
        away.addWidget(Icon("calendar-off", tone="warning", size=16), 0, Qt.AlignmentFlag.AlignTop)
        away.addWidget(self.away_words, 1)
        above = QHBoxLayout()
        above.addWidget(self.institution)
        above.addStretch(1)
        for part in (self.name, self.kind, above, badges, self.away, self.mission, self._lines):
            self.add(part)
        self.add(Label("Couvre", role="label"), self._areas, Label("Réponses", role="label"), self.record)
        self.add(self.answers_button, self.source, buttons)


def _line(icon: str, label: str, text: str, *, shared: bool = False) -> QWidget:
    """One line of the sheet; `shared`: said by the institution."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Icon(icon, size=16, accessible=label), 0, Qt.AlignmentFlag.AlignTop)
    words = f"{text} (comme l’institution)" if shared else text
    row.addWidget(Label(breakable(words), tone="muted" if shared else "ink", wrap=True, selectable=True), 1)
    return made


def _told(line: Line) -> str:
    """How a structure answered since the base exists, and what became of the proposals of it."""
    if not line.sent and not line.proposed:
        return "Aucune orientation vers cette structure pour l’instant."
    told = [line.told]
    if line.refusals:
        told.append(f"Refus et abandons : {_counted(line.refusals)}")
    if line.proposed:
        told.append(f"Proposée et non choisie : {line.passed_over}")
    if line.set_aside:
        told.append(f"Écartée : {_counted(line.set_aside)}")
    return "\n".join(told)


def _counted(counts: Sequence[Count]) -> str:
    return ", ".join(f"{one.label.lower()} ({one.count})" for one in counts)
