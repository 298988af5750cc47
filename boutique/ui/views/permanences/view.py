"""Permanences one by one: the list on the left, the one chosen on the right. Reached from Agenda and the palette."""

import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.models.outreach_choices import CancelReason, OutreachState
from boutique.services import outreach_days, outreach_summary, settings
from boutique.services.documents import Document
from boutique.services.outreach import Ref
from boutique.services.outreach_days import DayLine, DaySheet
from boutique.services.outreach_summary import Summary
from boutique.services.papers import outreach as papers
from boutique.services.papers.outreach import Nominative
from boutique.services.settings import Staff
from boutique.ui.actions import Action
from boutique.ui.desk import Desk
from boutique.ui.preview import Preview
from boutique.ui.theme.manager import theme
from boutique.ui.theme.tokens import Tone
from boutique.ui.view import View
from boutique.ui.views.permanences.form import DayForm
from boutique.ui.views.permanences.panel import DayPanel
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.one_of import OneOf
from boutique.ui.widgets.scroll_column import ScrollColumn

_SECTION = "Permanences"
_AHEAD, _BEHIND, _FURTHER = 35, outreach_days.TO_CONFIRM_DAYS, 180
_MARGINS = 44
_BESIDE = 900  # under this width the session stands below the list
_MOST = 150  # lines of the list: a year of several places
_EMPTY = (
    "Dites d’abord quand une permanence revient (chaque jeudi à Frévent…) : ses séances viendront ici, à préparer, "
    "puis à confirmer. Une tournée s’ajoute séance par séance."
)


class PermanencesView(View):
    """`enter(ref=…)` opens one permanence."""

    title = "Permanences"
    rail = "agenda"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._chosen: Ref | None = None
        self._lines: tuple[DayLine, ...] = ()
        self._staff: Staff | None = None
        self._behind, self._opened = _BEHIND, False
        self.rows: dict[Any, ListRow] = {}
        self.count = ElidedLabel(tone="muted")
        self.rules_button = Button("Rythme des permanences", icon="repeat")
        self.back_button = Button("Liste", icon="chevron-left", hint="Échap")
        self.new_button = PrimaryButton("Nouvelle séance", icon="plus", hint="Ctrl Maj N", size="normal")
        self.older_button = Button("Plus anciennes", icon="history", variant="ghost")
        self.panel, self.form = DayPanel(), DayForm(desk)
        self.nothing = EmptyState("repeat", "Aucune permanence", _EMPTY, "Nouvelle permanence")
        self.hint = EmptyState("mouse-pointer-click", "Choisissez une séance", "Elle s’affiche ici.")
        self._lay_out()
        self._connect()
        self._declare()

    def enter(self, **arguments: Any) -> None:
        if "ref" in arguments:
            self._chosen = arguments["ref"]
            on = self._chosen.expected_on if self._chosen is not None else None
            if on is not None:
                self._behind = max(self._behind, (clock.today() - on).days + 1)
            self._open()
        self.desk.read(settings.staff, then=self._write_staff)
        self.refresh()
        if "draft" in arguments:
            self.form.typed.seek(arguments["draft"], partial(self._take_up, arguments["draft"]))

    def leave(self) -> bool:
        """What is typed is not thrown away without a word."""
        if self._editing() and self.form.is_dirty():
            self.desk.shell.notify("Séance non enregistrée.", "info", [("Reprendre", self._resume)])
        return True

    def go_back(self) -> bool:
        if not self._editing():
            was, self._opened = not self.back_button.isHidden(), False
            self._give_room()
            return was
        if self.form.is_dirty() and not self.desk.ask.confirm(
            "Abandonner la saisie ?", "Ce qui vient d’être tapé pour cette séance sera perdu.", yes="Abandonner"
        ):
            return True
        self._close_form()
        return True

    def take_focus(self) -> None:
        if self._editing():
            self.form.take_focus()
        elif self._right.shown is self.panel:
            self.panel.take_focus()
        else:
            self.new_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        today = clock.today()
        first, last = today - timedelta(self._behind), today + timedelta(_AHEAD)
        self.desk.read_latest("permanences", outreach_days.listing, first, last, then=self._show)

    def new(self) -> None:
        """A permanence that no rule foresees."""
        if not (self._editing() and self.form.is_dirty()):
            self.desk.read(outreach_days.blank, clock.today(), then=self._edit)

    # What the base answers

    def _write_staff(self, staff: Staff) -> None:
        self._staff = staff

    def _show(self, lines: tuple[DayLine, ...]) -> None:
        self._lines = lines
        waiting = [line for line in reversed(lines) if line.to_confirm]
        coming = [line for line in lines if line.state is OutreachState.PLANNED and not line.to_confirm]
        past = [line for line in reversed(lines) if line.state is not OutreachState.PLANNED]
        self.count.setText(_counted(lines, len(waiting)))
        self._fill((("À confirmer", waiting), ("À venir", coming), ("Tenues ou annulées", past)))
        self.columns.setVisible(bool(lines) or self._editing())
        self.nothing.setVisible(not lines and not self._editing())
        if self._editing():
            return
        known = [line.ref for line in lines]
        if self._chosen is None or self._chosen.id not in {ref.id for ref in known}:
            first = next(iter([*waiting, *coming, *past]), None)
            self._chosen = first.ref if first is not None else None
        self._read_chosen()

    def _read_chosen(self) -> None:
        for key, row in self.rows.items():
            row.set_selected(self._chosen is not None and key == self._chosen.id)
        if self._chosen is None:
            self._right.show_part(self.hint)
            return
        self.desk.read_latest(
            "permanence", outreach_summary.summary, self._chosen, then=self._show_day, failed=self._gone
        )  # fmt: skip

    def _show_day(self, told: Summary) -> None:
        self.panel.show_day(told)
        if self._editing():
            return
        self._right.show_part(self.panel)
        if self._left.isHidden() and self.isVisible():  # the line that had the focus is out of sight
            self.panel.take_focus()

    def _gone(self, _sentence: str) -> None:
        """An undo took it back."""
        self._chosen = None
        self._right.show_part(self.hint)

    # What is asked

    def _choose(self, ref: Ref) -> None:
        if self._editing() and not self.go_back_to_list():
            return
        self._chosen = ref
        self._read_chosen()
        self._open()

    def _open(self) -> None:
        """The one chosen is looked at: it takes the place of the list where there is not room for both."""
        self._opened = True
        if not self._editing():
            self._right.show_part(self.panel)
        self._give_room()

    def _leave_day(self) -> None:
        self.go_back()
        if self.rows and not self._editing():
            next(iter(self.rows.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back_to_list(self) -> bool:
        """False while somebody keeps on typing in the form."""
        self.go_back()
        return not self._editing()

    def _edit_chosen(self) -> None:
        if self._chosen is not None:
            self.desk.read(outreach_days.sheet, self._chosen, then=self._edit, failed=self._gone)

    def _take_up(self, day_id: uuid.UUID | None) -> None:
        """The form that was left unfinished: of a new permanence, or of one of the list."""
        if day_id is None:
            self.new()
        elif (ref := next((line.ref for line in self._lines if line.ref.id == day_id), None)) is not None:
            self._chosen = ref
            self._edit_chosen()

    def _edit(self, sheet: DaySheet) -> None:
        if self._staff is None:
            return
        self.form.show_day(sheet, self._staff)
        self.columns.show()
        self.nothing.hide()
        self._right.show_part(self.form)
        self.form.take_focus()

    def _resume(self) -> None:
        self.desk.shell.show_view("permanences")

    def _saved(self, ref: Ref) -> None:
        self._chosen, self._opened = ref, True
        self._close_form()
        self.refresh()

    def _close_form(self) -> None:
        self.form.give_up()
        self._right.show_part(self.panel if self.panel.line is not None else self.hint)
        self._read_chosen()

    def _confirm(self) -> None:
        self._change("Permanence tenue", outreach_days.confirm)

    def _cancel(self, reason: CancelReason) -> None:
        self._change("Permanence annulée", outreach_days.cancel, reason)

    def _reopen(self) -> None:
        self._change("Permanence remise à confirmer", outreach_days.reopen)

    def _remove(self) -> None:
        self._change("Séance effacée", outreach_days.remove)

    def _change(self, label: str, use_case: Callable[..., Any], *more: object) -> None:
        if self._chosen is not None:
            self.desk.write(label, use_case, self._chosen, *more, failed=self._refused)

    def _refused(self, sentence: str) -> None:
        self.desk.shell.notify(sentence, "warning")

    def _prepare(self) -> None:
        if self._chosen is not None:
            self.desk.read(papers.day_sheet, self._chosen, then=self._preview_named, failed=self._refused)

    def _sum_up(self) -> None:
        if self._chosen is not None:
            self.desk.read(papers.summary, self._chosen, then=self._preview, failed=self._refused)

    def _preview_named(self, made: Nominative) -> None:
        Preview.open_documents(self.desk, made.document, people=made.people)

    def _preview(self, document: Document) -> None:
        Preview.open_documents(self.desk, document)

    def _go(self, view: str) -> None:
        more = {"waiting": True} if view == "agenda" else {}
        self.desk.shell.show_view(view, **more)

    def _show_rules(self) -> None:
        self.desk.shell.show_view("agenda", sessions=True)

    def _show_older(self) -> None:
        self._behind += _FURTHER
        self.refresh()

    def _base_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _editing(self) -> bool:
        return self._right.shown is self.form

    def _may_confirm(self) -> bool:
        return not self._editing() and not self.panel.held_button.isHidden()

    def _may_prepare(self) -> bool:
        return not self._editing() and self.panel.line is not None

    def _save(self) -> None:
        if self._editing():
            self.form.save()

    # The list

    def _fill(self, groups: Sequence[tuple[str, Sequence[DayLine]]]) -> None:
        empty(self._list.body)
        self.rows = {}
        for title, lines in groups:
            if not lines:
                continue
            head = Label(title, role="small_strong", tone="muted")
            head.setContentsMargins(0, 12 if self.rows else 0, 0, 4)
            self._list.add(head)
            for line in lines[:_MOST]:
                self.rows[line.ref.id] = row = self._row(line)
                self._list.add(row)

    def _row(self, line: DayLine) -> ListRow:
        when = f"{french.DAYS[line.held_on.weekday()][:3]}. {french.show_date(line.held_on)}"
        about = " · ".join(part for part in (line.hours, line.counsellor) if part)
        badges = [Badge(words, tone) for words, tone in _badges(line)]
        row = ListRow(f"{when} · {line.site}", about, trailing=badges, clickable=True, wrap=False)
        told = "à confirmer" if line.to_confirm else line.state.label
        row.setAccessibleName(f"Permanence du {french.long_date(line.held_on)}, {line.site}, {about}, {told}")
        row.activated.connect(partial(self._choose, line.ref))
        return row

    def _connect(self) -> None:
        for signal, slot in (
            (self.new_button.clicked, self.new), (self.back_button.clicked, self._leave_day),
            (self.nothing.acted, self._show_rules),
            (self.rules_button.clicked, self._show_rules), (self.older_button.clicked, self._show_older),
            (self.panel.confirmed, self._confirm), (self.panel.cancelled, self._cancel),
            (self.panel.reopened, self._reopen), (self.panel.removed, self._remove),
            (self.panel.edited, self._edit_chosen), (self.panel.prepared, self._prepare),
            (self.panel.summed, self._sum_up), (self.panel.wanted, self._go), (self.form.saved, self._saved),
            (self.form.closed, self.go_back), (self.desk.changed, self._base_changed),
            (self._right.turned, self._give_room), (theme().changed, self._give_room),
        ):  # fmt: skip
            signal.connect(slot)

    def _declare(self) -> None:
        for action in (
            Action("permanences.new", "Nouvelle séance de permanence", self.new, "plus", "Ctrl+Shift+N",
                   ("tournée", "bus"), _SECTION),
            Action("permanences.save", "Enregistrer la séance", self._save, "check", "Ctrl+Return", (), _SECTION),
            Action("permanences.held", "Séance tenue", self._confirm, "circle-check", "Alt+T", ("confirmer",), _SECTION,
                   self._may_confirm),
            Action("permanences.prepare", "Préparer la permanence", self._prepare, "printer", "Ctrl+P",
                   ("feuille", "imprimer"), _SECTION, self._may_prepare),
            Action("permanences.summary", "Bilan de la permanence", self._sum_up, "file-text", "", (), _SECTION,
                   self._may_prepare),
        ):  # fmt: skip
            self.desk.shell.commands.add(action, self)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label("Permanences", role="title"))
        head.addWidget(self.count, 1)
        head.addWidget(self.back_button)
        head.addWidget(self.rules_button)
        head.addWidget(self.new_button)
        self._list = Card("Séances")
        self._list.body.setSpacing(0)
        self._left = ScrollColumn()
        self._left.add(self._list)
        self._left.body.addWidget(self.older_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._right = OneOf(self.hint, self.panel, self.form)
        self.columns = Columns(self._left, self._right, shares=(5, 6), enough=_BESIDE)
        self.columns.hide()
        self.nothing.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.setSpacing(14)
        whole.addLayout(head)
        whole.addWidget(self.columns, 1)
        whole.addWidget(self.nothing, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self, _page: int = 0) -> None:
        """Where both have no room side by side, the one that is looked at takes it all."""
        beside = self.width() - theme().px(_MARGINS) >= theme().px(_BESIDE)
        alone = self._opened or self._editing()
        self._left.setVisible(beside or not alone)
        self._right.setVisible(beside or alone)
        self.back_button.setVisible(not beside and alone)
        for widget in (self.rules_button, self.count):
            widget.setVisible(beside or not alone)


def _badges(line: DayLine) -> list[tuple[str, Tone]]:
    if line.to_confirm:
        return [("à confirmer", "warning")]
    if line.state is OutreachState.CANCELLED:
        return [("annulée", "neutral")]
    if line.state is OutreachState.HELD:
        return [(french.plural(line.reception.received, "reçue", "reçues"), "success")]
    return []


def _counted(lines: Sequence[DayLine], waiting: int) -> str:
    """« 1 à confirmer · 10 tenues depuis le 25/09/2026 »."""
    if not lines:
        return ""
    held = french.plural(sum(line.state is OutreachState.HELD for line in lines), "tenue")
    told = [french.plural(waiting, "à confirmer", "à confirmer")] if waiting else []
    return " · ".join([*told, f"{held} depuis le {french.show_date(lines[0].held_on)}"])
