"""One criterion of the diagnosis: its question, its five levels, the fact that shows it. For the diagnosis form."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boutique.rules.diagnosis import blocks
from boutique.rules.lists import Criterion
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.level_scale import LevelScale

_LONGEST_FACT = 1_000  # more than is accepted: what is pasted is refused with a sentence, never cut


class CriterionRow(QWidget):
    """`changed(code)` at each choice or keystroke, `moved(code, ±1)` by the arrows, `entered(code)` with the focus."""

    changed = Signal(str)
    moved = Signal(str, int)
    entered = Signal(str)

    def __init__(self, criterion: Criterion, level: int | None, fact: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.criterion = criterion
        self.title = Label(criterion.label, role="strong", wrap=True)
        self.question = Label(criterion.question, role="small", tone="muted", wrap=True)
        self.blocking = Badge("bloquant", "danger", icon="octagon-alert")
        keep = self.blocking.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.blocking.setSizePolicy(keep)
        self.scale = LevelScale(criterion.levels, accessible=criterion.label)
        self.fact = QLineEdit(fact)
        self.fact.setMaxLength(_LONGEST_FACT)
        self.fact.setPlaceholderText("Fait constaté, en quelques mots")
        self.fact.setAccessibleName(f"{criterion.label} : fait constaté")
        self.scale.setObjectName(f"level-{criterion.code}")
        self.fact.setObjectName(f"fact-{criterion.code}")
        self._lay_out()
        self.scale.write(level)
        self._judge()
        self.scale.changed.connect(self._chosen)
        self.scale.moved.connect(self._move)
        self.scale.entered.connect(self._enter)
        self.fact.installEventFilter(self)
        self.fact.textEdited.connect(self._typed)
        self.fact.returnPressed.connect(self._next)

    def take_focus(self) -> None:
        self.scale.take_focus()

    def explain(self, on: bool) -> None:  # noqa: FBT001 - a setter of one state
        """With the focus: what shows the level, and what to be careful about."""
        told = [self.criterion.question]
        if on and self.criterion.evidence:
            told.append(f"Ce qui le montre : {self.criterion.evidence}.")
        if on and self.criterion.caution:
            told.append(f"Vigilance : {self.criterion.caution}.")
        if on and self.criterion.blocking_level is not None:
            told.append(f"Au niveau {self.criterion.blocking_level}, l’axe passe en rouge.")
        self.question.setText(" ".join(told))
        self.question.set_tone("ink" if on else "muted")

    def eventFilter(self, _watched: object, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self.entered.emit(self.criterion.code)
        return False

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.question)
        head.addLayout(texts, 1)
        head.addWidget(self.blocking, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.scale)
        column.addWidget(self.fact)

    def _judge(self) -> None:
        level = self.scale.read()
        self.blocking.setVisible(level is not None and blocks(self.criterion, level))

    def _chosen(self, _level: object) -> None:
        self._judge()
        self.changed.emit(self.criterion.code)

    def _typed(self) -> None:
        self.changed.emit(self.criterion.code)

    def _move(self, step: int) -> None:
        self.moved.emit(self.criterion.code, step)

    def _next(self) -> None:
        self.moved.emit(self.criterion.code, 1)

    def _enter(self) -> None:
        self.entered.emit(self.criterion.code)
