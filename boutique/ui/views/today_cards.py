"""The four cards of Aujourd’hui; each is written from the records of `services.dashboard`."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from boutique.core import french
from boutique.services import reminders
from boutique.services.agenda import AppointmentLine
from boutique.services.dashboard import DraftToFinish, MonthFigure, ReminderLine, StaleFiles
from boutique.services.intakes import PassageLine
from boutique.services.journey_late import LateStep
from boutique.services.plan_late import LateActions
from boutique.ui.desk import Desk
from boutique.ui.theme import icons
from boutique.ui.theme.manager import theme
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.separator import Separator

_FIRST_ROWS, _MORE_ROWS = 6, 30
_DAYS_WIDTH = 52
# Forms with a place of their own: the view, and the page of Réglages.
_PLACES: dict[str, tuple[str, dict[str, str]]] = {
    "partner_meeting": ("meetings", {}),
    "outreach_day": ("permanences", {}),
    "workshop": ("workshops", {}),
    "module": ("workshop_modules", {}),
    "programme": ("programmes", {}),
    "outreach_rule": ("settings", {"page": "sites", "form": "permanences"}),
    "handover": ("settings", {"page": "counsellors"}),
    **{page: ("settings", {"page": page}) for page in ("structure", "sites", "counsellors", "territories", "journey")},
}
_FORM_TABS = {"action": "actions", "file": "form", "forecast": "money", "business": "after"}


class _ListCard(Card):
    """A card whose rows are made again at each writing; beyond a few, the rest waits behind a press."""

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self.desk = desk
        self.body.setSpacing(0)
        self._rows: list[QWidget] = []
        self._waiting: list[Callable[[], ListRow]] = []

    def write_rows(self, rows: Sequence[Callable[[], ListRow]], empty: str) -> None:
        """Rows are made when they show: hundreds of reminders would hold up the first screen of the day."""
        for row in self._rows:
            self._forget(row)
        self._rows, self._waiting = [], list(rows)
        self._make(_FIRST_ROWS if len(rows) > _FIRST_ROWS + 1 else len(rows))
        if not rows:
            self._rows = [Label(empty, tone="muted", wrap=True)]
            self.body.addWidget(self._rows[0])

    def rows(self) -> list[ListRow]:
        return [row for row in self._rows if isinstance(row, ListRow)]

    def open_file(self, case_id: uuid.UUID, **where: object) -> None:
        self.desk.shell.show_view("file", case_id=case_id, **where)

    def _show_more(self) -> None:
        self._forget(self._rows.pop())
        following = len(self._rows)
        self._make(_MORE_ROWS)
        self._rows[following].setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, count: int) -> None:
        """The next rows, then the way to those that still wait."""
        made = [make() for make in self._waiting[:count]]
        del self._waiting[:count]
        for row in made:
            self.body.addWidget(row)
            row.show()
        self._rows += made
        if self._waiting:
            button = GhostButton(_others(len(self._waiting)), icon="chevron-down")
            button.clicked.connect(self._show_more)
            self._rows.append(button)
            self.body.addWidget(button)
            button.show()
        elif made:
            made[-1].set_last()

    def _forget(self, row: QWidget) -> None:
        self.body.removeWidget(row)
        row.hide()
        row.deleteLater()


def _others(count: int) -> str:
    return f"Voir les {count} autres" if count <= _MORE_ROWS else f"Voir {_MORE_ROWS} autres, sur {count}"


class AppointmentsCard(_ListCard):
    """« 09:00 · Éloïse Vandenbroucke · 60 min · Ouvrir »."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Rendez-vous du jour", parent)
        self.add(Separator())

    def write(
        self, lines: Sequence[AppointmentLine], waiting: int = 0, tomorrow: tuple[int, datetime | None] = (0, None)
    ) -> None:
        rows: list[Callable[[], ListRow]] = [partial(self._row, line) for line in lines]
        if waiting:
            rows.insert(0, partial(self._to_conclude, waiting))
        count, first = tomorrow
        if first is not None:
            rows.append(partial(self._next_day, count, first))
        self.write_rows(
            rows,
            "\nAucun rendez-vous aujourd’hui. Le prochain se fixe à la fin d’un entretien, dans le dossier.",
        )

    def _row(self, line: AppointmentLine) -> ListRow:
        subtitle = line.subtitle if line.mine or not line.counsellor else f"{line.subtitle} · avec {line.counsellor}"
        time = Label(line.time, role="figure_strong")
        trailing: list[QWidget] = [Badge(f"{line.minutes} min", icon="clock")]
        if line.case_id is not None:
            trailing.append(_button("Ouvrir", line.name, partial(self.open_file, line.case_id)))
        return ListRow(line.name, subtitle, leading=time, trailing=trailing, wrap=False)

    def _to_conclude(self, count: int) -> ListRow:
        words = french.plural(count, "rendez-vous passé sans suite", "rendez-vous passés sans suite")
        return _icon_row(
            "clock-alert", f"À conclure : {words}", "Venu·e, manqué ou annulé ?", "Conclure", self._conclude
        )  # fmt: skip

    def _next_day(self, count: int, first: datetime) -> ListRow:
        title = f"Demain : {french.plural(count, 'rendez-vous', 'rendez-vous')}"
        show = partial(self._show_day, first.date())
        return _icon_row("calendar-clock", title, f"le premier à {first:%H:%M}", "Voir", show)

    def _conclude(self) -> None:
        self.desk.shell.show_view("agenda", waiting=True)

    def _show_day(self, day: date) -> None:
        self.desk.shell.show_view("agenda", day=day, days=1)


class UnfinishedCard(_ListCard):
    """Drafts, late steps, files without news, anonymous visits that may still become files."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "À finir", parent)

    def write(
        self,
        drafts: Sequence[DraftToFinish],
        late: Sequence[LateStep],
        stale: StaleFiles,
        passages: Sequence[PassageLine],
        actions: LateActions | None = None,
    ) -> None:
        rows: list[Callable[[], ListRow]] = [
            partial(self._draft, draft, first=number == 0) for number, draft in enumerate(drafts)
        ]
        rows += [partial(self._passage, passage) for passage in passages]
        rows += [partial(self._late, step) for step in late]
        if actions is not None and actions.count:
            opens = partial(self._show_actions, actions.cases)
            rows.append(partial(_icon_row, "clock-alert", actions.title, actions.detail, "Voir", opens))
        if stale.count:
            rows.append(
                partial(_icon_row, "folder-clock", stale.title, stale.detail, "Voir", self._show_stale)
            )  # fmt: skip
        self.write_rows(
            rows, "Rien n’attend : aucune saisie commencée, aucune étape en retard, aucun dossier sans nouvelles."
        )

    def _draft(self, draft: DraftToFinish, *, first: bool) -> ListRow:
        return _icon_row(
            "pencil-line", draft.title, draft.detail, "Reprendre", partial(self._resume, draft), primary=first
        )

    def _show_actions(self, cases: tuple[uuid.UUID, ...]) -> None:
        self.desk.shell.show_view("files", cases=cases, label="Actions en retard")

    def _late(self, step: LateStep) -> ListRow:
        words = f"en retard de {french.plural(step.days, 'jour')}"
        opens = partial(self.open_file, step.case_id, tab="journey", step=step.step_code)
        trailing: list[QWidget] = [
            Badge(words, "danger", icon="clock-alert"), _button("Ouvrir", f"{step.label}, {step.person}", opens)
        ]  # fmt: skip
        return ListRow(step.label, step.person, leading=Icon("route", tone="ink"), trailing=trailing, wrap=False)

    def _passage(self, passage: PassageLine) -> ListRow:
        about = " · ".join(part for part in (passage.channel, ", ".join(passage.needs)) if part)
        return _icon_row(
            "user-round-plus",
            "Passage anonyme d’aujourd’hui",
            about or "sans motif noté",
            "Compléter en dossier",
            partial(self._complete, passage.id),
        )

    def _resume(self, draft: DraftToFinish) -> None:
        if draft.form == "interview" and draft.subject_id is not None:
            self.open_file(draft.subject_id, tab="interviews", interview=True)
        elif draft.form == "diagnosis" and draft.subject_id is not None:
            self.open_file(draft.subject_id, tab="diagnosis", diagnosis=True)
        elif draft.form in _FORM_TABS and draft.subject_id is not None:
            self.open_file(draft.subject_id, tab=_FORM_TABS[draft.form])
        elif draft.form == "workshop_after":
            self.desk.shell.show_view("workshops", workshop_id=draft.subject_id)
        elif draft.form in _PLACES:
            view, page = _PLACES[draft.form]
            self.desk.shell.show_view(view, draft=draft.subject_id, **page)
        elif draft.form == "business_visit":
            self.desk.shell.show_view("visits", draft_id=draft.id, visit_id=draft.subject_id)
        elif draft.form == "partner":
            self.desk.shell.show_view("partner", partner_id=draft.subject_id, draft_id=draft.id)
        else:
            self.desk.shell.show_view("intake", draft_id=draft.id)

    def _complete(self, passage_id: uuid.UUID) -> None:
        self.desk.shell.show_view("intake", passage_id=passage_id)

    def _show_stale(self) -> None:
        self.desk.shell.show_view("files", filter="stale")


class RemindersCard(_ListCard):
    """Partners who have not answered; « Relancé » notes it, the row opens the file."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Orientations sans réponse", parent)

    def write(self, lines: Sequence[ReminderLine]) -> None:
        self.write_rows(
            [partial(self._row, line) for line in lines],
            "Aucune relance à faire. Une orientation remise sans réponse revient ici après quelques jours.",
        )

    def _row(self, line: ReminderLine) -> ListRow:
        tone: Tone = "danger" if line.tone == "danger" else "warning"
        days = Badge(f"{line.days} j", tone, minimum=_DAYS_WIDTH)
        days.setToolTip(f"Sans réponse depuis {line.days} jours")
        button = Button("Relancé", icon="phone", accessible=f"Relancé : {line.partner}, {line.person}")
        about = " · ".join(part for part in (line.person, line.subject) if part)
        row = ListRow(line.partner, about, leading=days, trailing=[button], clickable=True)
        row.setAccessibleName(f"{line.partner}, {about}, sans réponse depuis {line.days} jours")
        row.activated.connect(partial(self.open_file, line.case_id, tab="referrals"))
        button.clicked.connect(partial(self._ask_how, button, line))
        return row

    def _ask_how(self, button: Button, line: ReminderLine) -> None:
        menu = self.menu(line)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def menu(self, line: ReminderLine) -> QMenu:
        """How the partner was reminded; the number is there to be dialled."""
        made = QMenu(self)
        by_phone = f"Par téléphone\t{line.partner_phone}" if line.partner_phone else "Par téléphone"
        for icon, words, note in (
            ("phone", by_phone, "relancé par téléphone"),
            ("mail", "Par e-mail", "relancé par e-mail"),
        ):
            entry = made.addAction(icons.icon(icon, theme().tokens.muted), words)
            entry.triggered.connect(partial(self._reminded, line, note))
        return made

    def _reminded(self, line: ReminderLine, note: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        self.desk.write(f"{line.partner} : {note}", reminders.remind, line.referral_id, note)


class MonthCard(Card):
    """Three figures of the month, with what they are compared to."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Ce mois-ci", parent=parent)
        self._desk = desk
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self.add(self._row)
        self._cells: list[QWidget] = []

    def write(self, month: str, figures: Sequence[MonthFigure]) -> None:
        self.set_title(month)
        for cell in self._cells:
            self._row.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = [_figure(figure) for figure in figures]
        for cell in self._cells:
            self._row.addWidget(cell, 1)


def _figure(figure: MonthFigure) -> QWidget:
    made = QWidget()
    made.setAccessibleName(f"{figure.value} {figure.label}, {figure.note}")
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(Label(str(figure.value), role="display"))
    column.addWidget(Label(figure.label, role="small", tone="muted", wrap=True))
    column.addWidget(Label(figure.note, role="small", tone="muted", wrap=True))
    column.addStretch(1)
    return made


def _icon_row(
    icon: str, title: str, detail: str, action: str, do: Callable[[], None], *, primary: bool = False
) -> ListRow:  # fmt: skip
    return ListRow(
        title,
        detail,
        leading=Icon(icon, tone="ink"),
        trailing=[_button(action, title, do, primary=primary)],
        wrap=False,
    )


def _button(words: str, about: str, do: Callable[[], None], *, primary: bool = False) -> Button:
    made = Button(words, variant="primary" if primary else "secondary", accessible=f"{words} : {about}")
    made.clicked.connect(do)
    return made
