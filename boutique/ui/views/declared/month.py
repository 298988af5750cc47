"""One month: what to look at before it is declared; once it is, its workbook as it left, and the way back."""

import uuid
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.services import declaring, locked_months
from boutique.services.checks import Check
from boutique.services.declaring import MonthState
from boutique.services.locked_months import XLSX, LockLine
from boutique.ui.desk import Desk
from boutique.ui.forms.tab_order import follow
from boutique.ui.saving import FileSaving, at_once
from boutique.ui.tasks import Progress
from boutique.ui.views.activity_book.cards import FORMATS
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_GREEN = "Rien à revoir : les contrôles du mois ne signalent rien."
_TO_SEE = "À regarder avant de déclarer ; rien n’empêche de déclarer quand même."
_FREEZES = (
    "Le classeur et les chiffres du mois sont figés. Ce qui change ensuite dans ce mois y apparaît comme correction, "
    "avec qui et pourquoi, et figure dans le classeur suivant."
)
_UNLOCK = (
    "Le classeur déclaré reste dans l’historique de ce mois, avec ce motif. Le mois pourra être déclaré de nouveau, et "
    "ses chiffres seront ceux d’aujourd’hui."
)
_REFERENCES = 6


class MonthCard(Card):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Mois", parent=parent)
        self._desk = desk
        self._state: MonthState | None = None
        self._saving = FileSaving(desk, self)
        self.state = Badge("", "neutral")
        self.about = Label(wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.declare_button = PrimaryButton("Déclarer", icon="lock", size="normal")
        self.export_button = Button("Enregistrer le classeur déclaré", icon="file-spreadsheet", trailing="chevron-down")
        self.unlock_button = Button("Déverrouiller…", icon="lock-open")
        self.before = Label(role="small", tone="muted", wrap=True)
        names = {"declare": self.declare_button, "export": self.export_button, "unlock": self.unlock_button}
        badges, buttons = FlowLayout(gap=8), FlowLayout(gap=8)
        badges.addWidget(self.state)
        for name, button in names.items():
            button.setObjectName(f"declared-{name}")
            buttons.addWidget(button)
        self.add(badges, self.about, self._lines, buttons, self.before)
        self.declare_button.clicked.connect(self.declare)
        self.export_button.clicked.connect(self._choose_format)
        self.unlock_button.clicked.connect(self.unlock)

    def write(self, state: MonthState, place: str) -> None:
        self._state = state
        self.set_title(f"{french.month_name(state.month).capitalize()} · {place}")
        line = state.lock
        if line is not None:
            self.state.set_state("déclaré", "success", "lock")
            self.about.setText(_declared(line))
        else:
            found = sum(check.count for check in state.checks)
            many = f"{french.plural(found, 'contrôle')} à voir"
            if found:
                self.state.set_state(many, "warning", "triangle-alert")
            else:
                self.state.set_state("contrôles au vert", "success", "check")
            self.about.setText(state.refusal or (f"{_TO_SEE} {_FREEZES}" if found else f"{_GREEN} {_FREEZES}"))
        self._show_checks(state.checks if line is None else ())
        self.declare_button.setVisible(line is None and not state.refusal)
        self.declare_button.set_label(f"Déclarer {french.month_name(state.month)}")
        self.export_button.setVisible(line is not None)
        self.unlock_button.setVisible(line is not None and state.may_unlock)
        self.before.setText("\n".join(map(_unlocked, state.before)))
        self.before.setVisible(bool(state.before))
        self.show()

    def declare(self) -> None:
        if self._state is None:
            return
        work = partial(self._declare, self._state)
        self._desk.tasks.run_long(work, self._declared, busy="Le mois se déclare…", context=self)

    def formats_menu(self) -> QMenu:
        """The declared workbook in each format: the same bytes each time."""
        menu = QMenu(self)
        for suffix, words in FORMATS:
            menu.addAction(f"{words} ({suffix})").triggered.connect(partial(self.export, suffix))
        return menu

    def export(self, suffix: str = XLSX, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        if self._state is not None and (line := self._state.lock) is not None:
            self._saving.save(
                "Enregistrer le classeur déclaré", f"activite-{line.month:%Y-%m}{suffix}",
                at_once(partial(self._desk.workspace.read, locked_months.kept, line.id, suffix)),
            )  # fmt: skip

    def _choose_format(self) -> None:
        menu = self.formats_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.export_button.mapToGlobal(self.export_button.rect().bottomLeft()))

    def unlock(self) -> None:
        if self._state is None or (line := self._state.lock) is None:
            return
        name = french.month_name(line.month)
        reason = self._desk.ask.reason(f"Déverrouiller {name} ?", _UNLOCK, yes="Déverrouiller")
        if reason is not None:
            self._desk.write(f"{name.capitalize()} déverrouillé", declaring.unlock, line.id, reason)

    def _declare(self, state: MonthState, progress: Progress) -> str:
        label = f"{french.month_name(state.month).capitalize()} déclaré"
        self._desk.workspace.write(label, declaring.declare, state.month, state.site_id, step=progress.step)
        return label

    def _declared(self, told: str) -> None:
        self._desk.shell.notify(told, "success", [("Annuler", self._desk.undo)])
        self._desk.changed.emit()

    def _show_checks(self, checks: tuple[Check, ...]) -> None:
        empty(self._lines)
        rows = [self._check_row(check) for check in checks]
        for row in rows:
            self._lines.addWidget(row)
        if rows:
            rows[-1].set_last()
            follow(self, rows)

    def _check_row(self, check: Check) -> ListRow:
        cases = tuple({found.case_id for found in check.found if found.case_id is not None})
        look = Button("Voir", size="small", accessible=f"Voir : {check.label}")
        look.clicked.connect(partial(self._show_files, cases, check.label))
        return ListRow(
            f"{check.count} {check.label}", ", ".join(check.references[:6]), trailing=[look] if cases else []
        )

    def _show_files(self, cases: tuple[uuid.UUID, ...], label: str) -> None:
        self._desk.shell.show_view("files", cases=cases, label=label.capitalize())


def _declared(line: LockLine) -> str:
    by = f" par {line.locked_by}" if line.locked_by else ""
    return f"Déclaré le {_moment(line.locked_at)}{by} : exporté de nouveau, son classeur est le même, à l’octet près."


def _unlocked(line: LockLine) -> str:
    assert line.unlocked_at is not None
    return (
        f"Déclaré le {_moment(line.locked_at)}, déverrouillé le {_moment(line.unlocked_at)} par {line.unlocked_by} : "
        f"{line.unlock_reason}"
    )


def _moment(instant: datetime) -> str:
    here = clock.local(instant)
    return f"{french.show_date(here.date())} à {here:%H:%M}"
