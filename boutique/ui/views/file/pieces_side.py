"""One document beside the list: what it is, its pages, what can be done with it."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.rules.pieces import load_pieces
from boutique.services.attachments import AttachmentLine, show_size
from boutique.services.reader import Look
from boutique.ui.drawing import image_of
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.theme.manager import theme
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.sheet import Sheet

WIDEST = 460
PAGES = 8
_LONGEST_TEXT = 4_000


class SideCard(Card):
    """`wanted(verb)`: open, save, delete, forget (the open copy), close; `described(dict)`: what was changed."""

    wanted = Signal(str)
    described = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.line: AttachmentLine | None = None
        self.about = Label(role="small", tone="muted", wrap=True)
        self.open_button = Button("Ouvrir", icon="external-link", accessible="Ouvrir dans le programme habituel")
        self.save_button = Button("Enregistrer sous…", icon="download")
        self.edit_button = GhostButton("Modifier", icon="pencil", accessible="Renommer, classer ou relier ce document")
        self.delete_button = GhostButton(icon="trash-2", accessible="Supprimer ce document")
        self.close_button = GhostButton(icon="x", accessible="Fermer l’aperçu")
        self.forget_button = Button("Effacer la copie ouverte", icon="eraser", size="small")
        self.copy_told = Label(
            "Une copie est ouverte dans un autre programme. Elle sera effacée au verrouillage ou à la fermeture.",
            role="small", tone="warning", wrap=True,
        )  # fmt: skip
        named = {
            "open": self.open_button, "save": self.save_button, "edit": self.edit_button,
            "delete": self.delete_button, "close": self.close_button, "forget": self.forget_button,
        }  # fmt: skip
        for name, button in named.items():
            button.setObjectName(f"side-{name}")
        self.state = Label(tone="muted", wrap=True)
        self.pages: list[Sheet] = []
        self._sheets = QVBoxLayout()
        self._sheets.setSpacing(10)
        self.text = Label(role="small", wrap=True, selectable=True)
        self.text.hide()
        self.form = DescriptionForm()
        self.form.hide()
        self._lay_out()
        self.open_button.clicked.connect(self._open)
        self.save_button.clicked.connect(self._save)
        self.edit_button.clicked.connect(self.edit)
        self.delete_button.clicked.connect(self._delete)
        self.close_button.clicked.connect(self._close)
        self.forget_button.clicked.connect(self._forget)
        self.form.submitted.connect(self.described)
        self.form.cancelled.connect(self.stop_editing)

    def show_line(self, line: AttachmentLine, steps: list[tuple[str, str]], *, opened: bool) -> None:
        """The document; its pages come later, unless it is the one that is shown already."""
        other = self.line is None or self.line.id != line.id or self.line.size != line.size
        self.line = line
        self.set_title(line.name)
        parts = [line.kind, line.type_label, show_size(line.size), f"ajouté le {french.show_date(line.added_on)}"]
        parts += [f"par {line.author}" if line.author else "", line.note]
        self.about.setText(" · ".join(part for part in parts if part))
        self.copy_told.setVisible(opened)
        self.forget_button.setVisible(opened)
        if other:
            self.stop_editing()
            self._clear_pages()
            self.state.setText("Lecture du document…")
            self.state.show()
        if self.form.isHidden():
            self.form.write(line, steps)

    def show_look(self, look: Look) -> None:
        """The first pages, or why there are none."""
        self._clear_pages()
        notes = [look.problem] if look.problem else []
        if look.active:
            notes.append("Ce PDF contient un programme ou un fichier caché : ouvrez-le avec prudence.")
        if look.pages > len(look.drawn) > 0:
            notes.append(f"{french.plural(len(look.drawn), 'page')} sur {french.show_number(look.pages)}.")
        for rank, page in enumerate(look.drawn, 1):
            sheet = Sheet(image_of(page), f"{self.title.text()}, page {rank} sur {look.pages}", widest=WIDEST)
            self.pages.append(sheet)
            self._sheets.addWidget(sheet)
        self.state.setText(" ".join(notes))
        self.state.setVisible(bool(notes))

    def show_text(self, content: bytes) -> None:
        """The beginning of a text, as text."""
        self._clear_pages()
        head = content[: _LONGEST_TEXT * 4]
        try:
            words = head.decode("utf-8")
        except UnicodeDecodeError:
            words = head.decode("cp1252", "replace")
        kept = "".join(sign for sign in words if sign.isprintable() or sign in "\n\t")[:_LONGEST_TEXT]
        self.text.setText(kept)
        self.text.show()
        self.state.setText("Le début du texte. Ouvrez-le pour lire la suite." if len(content) > len(kept) * 2 else "")
        self.state.setVisible(bool(self.state.text()))

    def edit(self) -> None:
        self.form.show()
        self.form.name.setFocus()

    def stop_editing(self) -> bool:
        """True when the description was being changed."""
        was_open = not self.form.isHidden()
        self.form.hide()
        return was_open

    def drawn_width(self) -> int:
        """In pixels of the screen."""
        return round(theme().px(WIDEST) * self.devicePixelRatioF())

    def _clear_pages(self) -> None:
        self.pages = []
        self.text.hide()
        self.text.setText("")
        empty(self._sheets)

    def _lay_out(self) -> None:
        self.set_action(self.close_button)
        row = QWidget()
        flow = FlowLayout(row)
        for button in (self.open_button, self.save_button, self.edit_button, self.delete_button):
            flow.addWidget(button)
        self.add(self.about, row, self.copy_told, self.forget_button, self.form, self.state, self.text, self._sheets)

    def _open(self) -> None:
        self.wanted.emit("open")

    def _save(self) -> None:
        self.wanted.emit("save")

    def _delete(self) -> None:
        self.wanted.emit("delete")

    def _close(self) -> None:
        self.wanted.emit("close")

    def _forget(self) -> None:
        self.wanted.emit("forget")


class DescriptionForm(QWidget):
    """Name, kind, what it belongs to; `submitted(dict)`."""

    submitted = Signal(dict)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        known = load_pieces()
        self.name, self.note = LineEditor("Nom du document"), LineEditor("Note")
        self.kind = ComboBox([(k.code, k.label) for k in known.kinds.values() if not k.archived], empty=None)
        self.step = ComboBox(empty="Aucune étape")
        self.piece = ComboBox([(p.code, p.label) for p in known.pieces if not p.archived], empty="Aucune pièce")
        self.name_field = Field("Nom", self.name, required=True)
        save, cancel = PrimaryButton("Enregistrer", icon="check", size="normal"), Button("Annuler")
        for part, widget in {
            "name": self.name, "kind": self.kind, "step": self.step, "piece": self.piece, "note": self.note,
            "save": save, "cancel": cancel,
        }.items():  # fmt: skip
            widget.setObjectName(f"describe-{part}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        fields = (
            self.name_field, Field("Nature", self.kind), Field("Étape du parcours", self.step),
            Field("Pièce de la liste", self.piece), Field("Note", self.note),
        )  # fmt: skip
        for one in fields:
            column.addWidget(one)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(save)
        column.addLayout(foot)
        save.clicked.connect(self.submit)
        cancel.clicked.connect(self.cancelled)
        for line in (self.name, self.note):
            line.returnPressed.connect(self.submit)

    def write(self, line: AttachmentLine, steps: list[tuple[str, str]]) -> None:
        self.step.set_options(steps)
        self.name.setText(line.name)
        self.note.setText(line.note)
        self.kind.write(line.kind_code)
        self.step.write(line.step_code or None)
        self.piece.write(line.piece_code or None)
        self.name_field.set_error("")

    def submit(self) -> None:
        if not self.name.text().strip():
            self.name_field.set_error("Donnez un nom au document.")
            self.name.setFocus()
            return
        self.submitted.emit(self.typed())

    def typed(self) -> dict[str, Any]:
        return {
            "name": self.name.text(), "note": self.note.text(), "kind_code": self.kind.read(),
            "step_code": self.step.read(), "piece_code": self.piece.read(),
        }  # fmt: skip
