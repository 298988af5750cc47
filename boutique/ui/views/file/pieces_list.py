"""The documents of a file as a list, and the bin under it."""

import uuid
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from boutique.core import french
from boutique.services.attachments import AttachmentLine, Shelf, show_size
from boutique.ui.forms.tab_order import put_before
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.empty_state import EmptyState
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_ICONS = {"picture": "image", "paper": "file-text", "writing": "file-text", "office": "file"}
_DROP = (
    "Glissez des fichiers n’importe où dans la fenêtre, ou collez une image avec Ctrl V. 25 Mo au plus par document."
)


class DocumentsCard(Card):
    """`add_asked`, `chosen(id)`; what is asked of one document: `wanted(verb, id)`."""

    add_asked = Signal()
    paste_asked = Signal()
    chosen = Signal(object)
    wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.add_button = PrimaryButton("Ajouter…", icon="plus", hint="Ctrl J", size="normal")
        self.paste_button = Button("Coller", icon="clipboard-paste", hint="Ctrl V", accessible="Coller une image")
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.paste_button)
        row.addWidget(self.add_button)
        super().__init__("Documents joints", action=buttons, icon="paperclip", parent=parent)
        self.add_button.setObjectName("pieces-add")
        self.paste_button.setObjectName("pieces-paste")
        self.hint = Label(_DROP, role="small", tone="muted", wrap=True)
        self.warning = Label(role="small", tone="warning", wrap=True)
        self.warning.hide()
        self.empty = EmptyState(
            "paperclip",
            "Aucun document dans ce dossier",
            "Les documents sont gardés chiffrés dans la base. " + _DROP,
            "Ajouter un document…",
        )
        self.empty.button.setObjectName("pieces-first")
        self.rows: list[ListRow] = []
        self._list, self._bin_list = QVBoxLayout(), QVBoxLayout()
        for column in (self._list, self._bin_list):
            column.setSpacing(0)
        self.bin_button = GhostButton(icon="trash-2", accessible="")
        self.bin_button.setObjectName("pieces-bin")
        self.bin_holder = QWidget()
        self.bin_holder.setLayout(self._bin_list)
        self._bin_list.setContentsMargins(0, 0, 0, 0)
        self.bin_holder.hide()
        self.add(self.warning, self.hint, self.empty, self._list, self.bin_button, self.bin_holder)
        self.add_button.clicked.connect(self.add_asked)
        self.empty.acted.connect(self.add_asked)
        self.paste_button.clicked.connect(self.paste_asked)
        self.bin_button.clicked.connect(self._toggle_bin)

    def show_shelf(self, shelf: Shelf, selected: uuid.UUID | None) -> None:
        self.set_title(_title(shelf))
        self.warning.setText(shelf.warning)
        self.warning.setVisible(bool(shelf.warning))
        self.empty.setVisible(not shelf.lines)
        self.hint.setVisible(bool(shelf.lines))
        self.add_button.setVisible(bool(shelf.lines))
        empty(self._list)
        empty(self._bin_list)
        self.rows = [self._row(rank, line) for rank, line in enumerate(shelf.lines)]
        for row, line in zip(self.rows, shelf.lines, strict=True):
            row.set_selected(line.id == selected)
            self._list.addWidget(row)
            for control in (row, *row.findChildren(Button)):
                put_before(control, self.bin_button)
        if self.rows:
            self.rows[-1].set_last()
        last: QWidget = self.bin_button
        for rank, line in enumerate(shelf.bin):
            thrown = self._thrown(rank, line)
            self._bin_list.addWidget(thrown)
            for control in thrown.findChildren(Button):
                QWidget.setTabOrder(last, control)
                last = control
        words = f"Corbeille : {french.plural(len(shelf.bin), 'document')}"
        self.bin_button.set_label(words)
        self.bin_button.setAccessibleName(words)
        self.bin_button.setVisible(bool(shelf.bin))
        if not shelf.bin:
            self.bin_holder.hide()

    def close_bin(self) -> bool:
        """True when it was open."""
        was_open = self.bin_holder.isVisibleTo(self)
        self.bin_holder.hide()
        return was_open

    def _row(self, rank: int, line: AttachmentLine) -> ListRow:
        more = GhostButton(icon="ellipsis-vertical", accessible=f"Actions sur « {line.name} »")
        more.setObjectName(f"piece-{rank}-more")
        more.clicked.connect(partial(self._open_menu, more, line))
        row = ListRow(
            line.name,
            _about(line),
            leading=Icon(_ICONS[line.shown], size=20),
            trailing=[more],
            under=_links(line),
            clickable=True,
        )
        row.setObjectName(f"piece-{rank}")
        row.activated.connect(partial(self.chosen.emit, line.id))
        return row

    def _thrown(self, rank: int, line: AttachmentLine) -> ListRow:
        back = Button("Restaurer", icon="undo-2", size="small", accessible=f"Restaurer « {line.name} »")
        erase = GhostButton("Effacer…", icon="trash-2", accessible=f"Effacer définitivement « {line.name} »")
        back.setObjectName(f"thrown-{rank}-restore")
        erase.setObjectName(f"thrown-{rank}-erase")
        back.clicked.connect(partial(self.wanted.emit, "restore", line.id))
        erase.clicked.connect(partial(self.wanted.emit, "erase", line.id))
        kept = f"gardé au moins jusqu’au {french.show_date(line.kept_until)}" if line.kept_until else ""
        return ListRow(line.name, f"{line.kind} · {show_size(line.size)} · {kept}", trailing=[back, erase])

    def _open_menu(self, button: QWidget, line: AttachmentLine) -> None:
        menu = self.menu(line)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def menu(self, line: AttachmentLine) -> QMenu:
        """What can be done with a document."""
        menu = QMenu(self)
        for verb, words in (
            ("open", "Ouvrir dans le programme habituel"),
            ("save", "Enregistrer sous…"),
            ("edit", "Renommer, classer, relier…"),
            ("delete", "Supprimer"),
        ):
            entry = menu.addAction(words)
            entry.triggered.connect(partial(self._asked, verb, line.id))
        return menu

    def _asked(self, verb: str, attachment_id: uuid.UUID, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        self.wanted.emit(verb, attachment_id)

    def _toggle_bin(self) -> None:
        self.bin_holder.setVisible(not self.bin_holder.isVisibleTo(self))


def _links(line: AttachmentLine) -> QWidget | None:
    """What the document belongs to, in words."""
    if not (line.piece or line.step):
        return None
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    if line.piece:
        row.addWidget(Badge(line.piece, "success", icon="list-checks", shortens=True))
    if line.step:
        row.addWidget(Badge(line.step, "info", icon="route", shortens=True))
    return holder


def _title(shelf: Shelf) -> str:
    if not shelf.lines:
        return "Documents joints"
    return f"{french.plural(len(shelf.lines), 'document joint', 'documents joints')} · {show_size(shelf.size)}"


def _about(line: AttachmentLine) -> str:
    parts = [line.kind, line.type_label, show_size(line.size), french.show_date(line.added_on), line.author, line.note]
    return " · ".join(part for part in parts if part)
