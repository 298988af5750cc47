"""Documents about to be attached: name and kind of each, what to know about it, what is refused and why."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.rules.pieces import load_pieces
from boutique.services import photo_places
from boutique.services.attaching import Candidate, Chosen
from boutique.services.attachments import show_size
from boutique.ui.forms.tab_order import put_before
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.theme.manager import theme
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label

_KIND_WIDTH, _SIZE_WIDTH = 250, 62


@dataclass(slots=True)
class _Line:
    candidate: Candidate
    name: LineEditor
    kind: ComboBox
    wanted: CheckBox
    without_place: CheckBox | None
    warning: Label


class AddCard(Card):
    """`confirmed(list of Chosen)`, or `cancelled`; hidden when nothing waits."""

    confirmed = Signal(list)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("À joindre", icon="file-plus", tone="primary", parent=parent)
        self._lines: list[_Line] = []
        self._piece = ""
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self.error = Label(role="small", tone="danger", wrap=True)
        self.error.hide()
        self.button = PrimaryButton("Joindre", icon="check", size="normal")
        self.cancel = Button("Annuler")
        self.button.setObjectName("adding-confirm")
        self.cancel.setObjectName("adding-cancel")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.button)
        self.add(self._column, self.error, foot)
        self.button.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.cancelled)
        self.hide()

    def show_candidates(self, candidates: tuple[Candidate, ...], *, piece_code: str = "", kind_code: str = "") -> None:
        """`piece_code`: they are this piece of the checklist."""
        self.clear()
        self._piece = piece_code
        for rank, one in enumerate(candidates):
            if one.refusal:
                self._column.addWidget(_refused(one))
            else:
                self._add_line(rank, one, kind_code or one.kind_code)
        self.set_title("À joindre" if self._lines else "Rien ne peut être joint")
        self._count()
        self.button.setVisible(bool(self._lines))
        self.cancel.set_label("Annuler" if self._lines else "Fermer")
        self.show()

    def clear(self) -> None:
        self._lines = []
        self.error.hide()
        empty(self._column)

    def take_focus(self) -> None:
        if len(self._lines) == 1 and self._lines[0].candidate.source.path is None:
            line = self._lines[0].name  # pasted: it has no name of its own yet
            line.setFocus()
            line.setSelection(0, line.text().rfind("."))
        else:
            (self.button if self._lines else self.cancel).setFocus()

    def submit(self) -> None:
        wanted = [line for line in self._lines if line.wanted.isChecked()]
        nameless = next((line for line in wanted if not line.name.text().strip()), None)
        self.error.setVisible(nameless is not None or not wanted)
        if nameless is not None:
            self.error.setText("Donnez un nom à chaque document.")
            nameless.name.setFocus()
            return
        if not wanted:
            self.error.setText("Cochez au moins un document à joindre, ou annulez.")
            return
        self.confirmed.emit([self._chosen(line) for line in wanted])

    def _chosen(self, line: _Line) -> Chosen:
        bare = line.without_place is not None and line.without_place.isChecked()
        return Chosen(line.candidate, line.name.text(), line.kind.read(), self._piece, without_place=bare)

    def _add_line(self, rank: int, one: Candidate, kind_code: str) -> None:
        kinds = load_pieces().kinds.values()
        name = LineEditor("Nom du document")
        name.setAccessibleName(f"Nom de « {one.name} »")
        name.setText(one.name)
        kind = ComboBox(
            [(kind.code, kind.label) for kind in kinds if not kind.archived],
            empty=None,
            accessible=f"Nature de « {one.name} »",
        )
        kind.write(kind_code)
        kind.setFixedWidth(theme().px(_KIND_WIDTH))
        wanted = CheckBox(
            checked=not one.doubtful and not load_pieces().kind(kind_code).warning, accessible=f"Joindre « {one.name} »"
        )
        warning = Label(role="small", tone="warning", wrap=True)
        bare = None
        if one.gps and photo_places.can_remove(one.type.media):
            bare = CheckBox("Joindre une copie sans le lieu (l’image ne change pas)", checked=True)
            bare.setObjectName(f"adding-{rank}-bare")
        line = _Line(one, name, kind, wanted, bare, warning)
        for part, widget in {"name": name, "kind": kind, "wanted": wanted}.items():
            widget.setObjectName(f"adding-{rank}-{part}")
        self._lines.append(line)
        self._column.addWidget(_laid_out(line))
        for control in filter(None, (wanted, name, kind, bare)):
            put_before(control, self.cancel)
        kind.currentIndexChanged.connect(self._warn)
        wanted.toggled.connect(self._count)
        name.returnPressed.connect(self.submit)
        self._warn()

    def _warn(self, _index: int = 0) -> None:
        known = load_pieces()
        told = {kind.warning for kind in known.kinds.values() if kind.warning}
        for line in self._lines:
            notes = [note for note in line.candidate.notes if note not in told]
            of_kind = known.kind(line.kind.read() or "").warning
            if (line.candidate.doubtful or of_kind) and not line.wanted.isChecked():
                notes.append("Cochez la case pour le joindre quand même.")
            text = "\n".join(filter(None, (of_kind, *notes)))
            line.warning.setText(text)
            line.warning.setVisible(bool(text))

    def _count(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        number = sum(line.wanted.isChecked() for line in self._lines)
        self._warn()
        self.button.set_label(f"Joindre {french.plural(number, 'document')}" if number else "Joindre")


def _laid_out(line: _Line) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(3)
    size = Label(show_size(line.candidate.size), role="small", tone="muted")
    size.setMinimumWidth(theme().px(_SIZE_WIDTH))
    for column, part in enumerate((line.wanted, line.name, line.kind, size)):
        grid.addWidget(part, 0, column)
    grid.addWidget(line.warning, 1, 1, 1, 3)
    if line.without_place is not None:
        grid.addWidget(line.without_place, 2, 1, 1, 3)
    grid.setColumnStretch(1, 1)
    return holder


def _refused(one: Candidate) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Icon("circle-x", tone="danger"))
    row.addWidget(Label(f"{one.name} : {one.refusal}", tone="danger", wrap=True), 1)
    return holder
