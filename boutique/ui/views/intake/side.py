"""Beside the intake: who it may already be, what it opens, how complete the file is."""

import uuid
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from boutique.core import french
from boutique.rules.schemes import Eligibility
from boutique.services.duplicates import Duplicate
from boutique.services.intakes import Panel, SchemeLine
from boutique.ui.forms.tab_order import put_before
from boutique.ui.theme.manager import set_look
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label, LabelTone
from boutique.ui.widgets.progress_bar import ProgressBar
from boutique.ui.widgets.tips import plain_tip

_STATES: dict[Eligibility, tuple[str, Tone, str]] = {
    Eligibility.YES: ("oui", "success", "circle-check"),
    Eligibility.TO_CHECK: ("à vérifier", "warning", "triangle-alert"),
    Eligibility.TO_COMPLETE: ("à compléter", "warning", "circle-help"),
    Eligibility.NO: ("non", "neutral", "circle-x"),
}
_SHOWN = 4


class DuplicatesCard(Card):
    """`opened(case)`: look at their file; `joined(case)`: this visit is theirs."""

    opened = Signal(object)
    joined = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Peut-être déjà connue", icon="users", tone="warning", parent=parent)
        self.body.setSpacing(0)
        self.followed_by: QWidget | None = None  # where Tab goes after these buttons
        self._shown: tuple[Duplicate, ...] = ()
        self._seen: set[uuid.UUID] = set()
        self._rows: list[_Row] = []
        self.hide()

    def forget(self) -> None:
        """Another person is at the counter."""
        self._seen.clear()
        self.write(())

    def write(self, found: tuple[Duplicate, ...]) -> None:
        kept = tuple(one for one in found if one.case_id not in self._seen)
        if kept == self._shown:
            return
        self._shown = kept
        _drop(self._rows)
        self._rows = [self._row(one) for one in kept]
        if self._rows:
            set_look(self._rows[-1], last=True)
        self.add(*self._rows)
        if self.followed_by is not None:
            for button in (button for row in self._rows for button in row.findChildren(Button)):
                put_before(button, self.followed_by)
        self.setVisible(bool(kept))

    def shown(self) -> tuple[Duplicate, ...]:
        return self._shown

    def _row(self, one: Duplicate) -> "_Row":
        if one.household:
            buttons = [self._button("Vu", "seen", one, f"{one.name} : vu, autre personne", self._see)]
        else:
            buttons = [
                self._button("Ouvrir", "open", one, f"Ouvrir le dossier de {one.name}", self._open),
                self._button("Lier", "join", one, f"Ajouter ce passage au dossier de {one.name}", self._join),
            ]
        end = QVBoxLayout()
        end.setSpacing(6)
        end.addStretch(1)
        for button in buttons:
            end.addWidget(button)
        end.addStretch(1)
        where = " · ".join(part for part in (one.commune, f"dossier {one.reference}") if part)
        why: tuple[str, LabelTone] = (", ".join(one.reasons), "muted" if one.household else "warning")
        return _Row(one.name, ((where, "muted"), why), end)

    def _button(self, words: str, verb: str, one: Duplicate, meaning: str, slot: Callable[[], None]) -> Button:
        button = Button(words, accessible=meaning)
        button.setToolTip(plain_tip(meaning))
        button.setObjectName(f"{verb}-{one.reference}")
        button.setProperty("case", str(one.case_id))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(slot)
        return button

    def _case(self) -> uuid.UUID:
        return uuid.UUID(str(self.sender().property("case")))

    def _open(self) -> None:
        self.opened.emit(self._case())

    def _join(self) -> None:
        self.joined.emit(self._case())

    def _see(self) -> None:
        self._seen.add(self._case())
        self.write(self._shown)


class _Row(QFrame):
    """Name, lines under it, and what stands at their right; nothing is cut."""

    def __init__(
        self, name: str, lines: Sequence[tuple[str, LabelTone]], end: QWidget | QLayout, leading: Icon | None = None
    ) -> None:
        super().__init__()
        set_look(self, surface="row", last=False)
        self.setAccessibleName(", ".join([name, *(text for text, _ in lines)]))
        texts, line = QVBoxLayout(), QHBoxLayout(self)
        texts.setSpacing(1)
        texts.addWidget(Label(name, role="strong", wrap=True))
        for text, tone in lines:
            texts.addWidget(Label(_tight(text), role="small", tone=tone, wrap=True))
        line.setContentsMargins(0, 8, 0, 8)
        line.setSpacing(12)
        if leading is not None:
            line.addWidget(leading)
        line.addLayout(texts, 1)
        if isinstance(end, QWidget):
            line.addWidget(end)
        else:
            line.addLayout(end)


class OpensCard(Card):
    """Schemes with their state in words, colour and icon, and what is missing to decide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Ce que cela ouvre", parent=parent)
        self._lines: tuple[SchemeLine, ...] = ()
        self._rows: list[_Row] = []
        self._all = False
        self._nothing = Label(
            "Commune, emploi et projet suffisent pour voir les aides possibles.", role="small", tone="muted", wrap=True
        )
        self.more = GhostButton("", size="small")
        self.more.clicked.connect(self._unfold)
        self._places = Label(role="small", tone="muted", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.add(self._nothing, self._list, self.more, self._places)
        self.write(None)

    def write(self, panel: Panel | None) -> None:
        lines = panel.schemes if panel else ()
        places = "\n".join(panel.zoning) if panel else ""
        self._places.setText(places)
        self._places.setVisible(bool(places))
        self._nothing.setVisible(not lines)
        if lines != self._lines or not lines:
            self._lines = lines
            self._show()

    def _show(self) -> None:
        _drop(self._rows)
        shown = self._lines if self._all else self._lines[:_SHOWN]
        names = [line.label.partition(" — ")[0] for line in shown]
        self._rows = [_scheme_row(line, precise=names.count(name) > 1) for line, name in zip(shown, names, strict=True)]
        for row in self._rows:
            self._list.addWidget(row)
        if self._rows:
            set_look(self._rows[-1], last=True)
        hidden = len(self._lines) - len(shown)
        self.more.set_label("Replier" if self._all else f"+ {french.plural(hidden, 'autre')}")
        self.more.setVisible(hidden > 0 or (self._all and len(self._lines) > _SHOWN))

    def _unfold(self) -> None:
        self._all = not self._all
        self._show()


class CompletenessCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words = Label(role="small_strong", tone="muted")
        self._bar = ProgressBar(accessible="Dossier complet à")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._words)
        line.addStretch(1)
        line.addWidget(self._bar, 2)
        self.add(line)
        self.write(0.0)

    def write(self, share: float) -> None:
        self._words.setText(f"Dossier complet à {french.show_percent(share)}")
        self._bar.write(share)


def _scheme_row(line: SchemeLine, *, precise: bool) -> _Row:
    """`precise`: another scheme of the same name is beside it."""
    words, tone, icon = _STATES[line.state]
    name, _, precision = line.label.partition(" — ")
    detail = f"{precision} · {line.detail}" if precise and precision else line.detail
    row = _Row(name, ((detail, "muted"),), Badge(words, tone), Icon(icon, tone="ink", size=18))
    row.setAccessibleName(f"{line.label} : {words}. {line.detail}")
    row.setToolTip(plain_tip(line.label))
    return row


def _tight(text: str) -> str:
    """No line may begin with a question mark or a colon."""
    return text.replace(" ?", "\u00a0?").replace(" :", "\u00a0:")


def _drop(rows: Sequence[QWidget]) -> None:
    for row in rows:
        row.hide()
        row.setParent(None)
        row.deleteLater()
