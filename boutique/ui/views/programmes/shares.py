"""What each financer brings to an agreement, added and changed in place."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import french
from boutique.forms.catalogue import CO_FINANCING
from boutique.services import programmes
from boutique.services.programmes import ShareLine, Sheet
from boutique.ui.desk import Desk
from boutique.ui.forms.tab_order import follow
from boutique.ui.forms.view import FormView
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_NONE = "Les financeurs de la convention et ce que chacun apporte : la part de droit commun s’en déduit."
_ROWS = {
    "share": (("co_financing.financer", "co_financing.amount_eur"), ("co_financing.common_law", "co_financing.year"))
}


class SharesCard(Card):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.add_button = Button("Ajouter", icon="plus", size="small", accessible="Ajouter un cofinancement")
        super().__init__("Cofinancements", action=self.add_button, parent=parent)
        self._desk = desk
        self._programme: uuid.UUID | None = None
        self._id: uuid.UUID | None = None
        self.none = Label(_NONE, role="small", tone="muted", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.form = FormView(CO_FINANCING, desk, framed=False, rows=_ROWS)
        self.trouble = Label(role="small", tone="danger", wrap=True)
        self.save_button = PrimaryButton("Enregistrer", icon="check", size="normal")
        self.cancel_button = Button("Annuler", hint="Échap")
        self._edit = QWidget()
        buttons, edit = QHBoxLayout(), QVBoxLayout(self._edit)
        buttons.setSpacing(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        edit.setContentsMargins(0, 0, 0, 0)
        edit.addWidget(self.form)
        edit.addWidget(self.trouble)
        edit.addLayout(buttons)
        self._edit.hide()
        self.add(self.none, self._lines, self._edit)
        self.add_button.setObjectName("share-add")
        self.save_button.setObjectName("share-save")
        self.add_button.clicked.connect(self.new)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.go_back)

    def write(self, found: Sheet) -> None:
        if found.line.id != self._programme:
            self.go_back()
        self._programme = found.line.id
        empty(self._lines)
        rows = [self._row(line) for line in found.shares]
        for row in rows:
            self._lines.addWidget(row)
        follow(self.add_button, rows)
        self.none.setVisible(not found.shares)

    def new(self) -> None:
        self._id = None
        self._open({})

    def save(self) -> None:
        if self._programme is None or self.form.show_errors(self.form.errors()):
            return
        self._desk.write(
            "Cofinancement enregistré", programmes.save_share, self._programme, self._id, self.form.answers(),
            then=self._saved, failed=self._say,
        )  # fmt: skip

    def go_back(self) -> bool:
        was_open = not self._edit.isHidden()
        self.form.set_clean()
        self._edit.hide()
        return was_open

    def _row(self, line: ShareLine) -> ListRow:
        about = " · ".join([french.show_amount(line.amount_eur), str(line.year or "toute la convention")])
        cross = GhostButton(icon="trash-2", accessible=f"Retirer {line.financer}", size="small")
        cross.clicked.connect(partial(self._remove, line.id))
        row = ListRow(line.financer, about, trailing=[*_badge(line), cross], clickable=True)
        row.activated.connect(partial(self._change, line.id))
        return row

    def _change(self, share_id: uuid.UUID) -> None:
        self._id = share_id
        self._desk.read(programmes.share, share_id, then=self._open)

    def _open(self, answers: dict[str, Any]) -> None:
        self._say("")
        self.form.load(answers)
        self._edit.show()
        self.form.focus(self.form.keys()[0])

    def _remove(self, share_id: uuid.UUID) -> None:
        self._desk.write("Cofinancement retiré", programmes.remove_share, share_id)

    def _saved(self, _share_id: uuid.UUID) -> None:
        self.go_back()
        self.add_button.setFocus()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))


def _badge(line: ShareLine) -> list[QWidget]:
    if line.common_law is None:
        return [Badge("nature à préciser", "warning")]
    return [Badge("droit commun", "info") if line.common_law else Badge("politique de la ville", "neutral")]
