"""The step being worked on: its questions with what was answered, kept as they are typed; middle of Parcours."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.models.choices import StepStatus
from boutique.services.journeys import StepView
from boutique.ui.autosave import Autosave
from boutique.ui.forms.reminder import Reminder
from boutique.ui.views.file.action_editor import ActionEditor
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.label import Label, breakable
from boutique.ui.widgets.text_area import TextArea

# What helps with a step of the shipped journey: (action, words, icon).
_MONEY = ("file.tab.money", "Ouvrir le financement", "calculator")
_AFTER = ("file.tab.after", "Création et suivi", "store")
_TOOLS: dict[str, tuple[str, str, str]] = {
    "ADE5": ("file.tab.diagnosis", "Ouvrir le diagnostic", "radar"),
    "JUR1": ("file.legal_form", "Aide au choix du statut", "scale"),
    **dict.fromkeys(("FIN1", "FIN2", "FIN3", "FIN4", "FIN5", "FIN6", "FNC1", "FNC4", "FNC5"), _MONEY),
    **dict.fromkeys(("IMM5", "POS1", "POS2", "POS3", "SUI1", "SUI2", "SUI3"), _AFTER),
}


class StepWork(Card):
    """`kept(code, answers)` when answers are to be saved; `finished`, `reopened` (code); `decided(answers)`."""

    kept = Signal(str, dict)
    finished = Signal(str)
    reopened = Signal(str)
    decided = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._step: StepView | None = None
        self._editors: dict[str, TextArea] = {}
        self._asked: list[tuple[QWidget, Label, TextArea]] = []
        self._filling = False
        self.autosave = Autosave(self)
        self.autosave.due.connect(self._keep)
        self.step_title = Label(role="heading", wrap=True)
        self.objective = Label(role="small", tone="muted", wrap=True)
        self.questions = QVBoxLayout()
        self.questions.setSpacing(0)
        self.reminder = Reminder(quiet=True)
        self.finish = PrimaryButton("Étape franchie", icon="check", size="normal")
        self.reopen = Button("Rouvrir l’étape", icon="rotate-ccw")
        self.act = Button("Ajouter une action", icon="list-plus")
        self.tool = Button("", icon="scale")
        self.tool.hide()
        self.editor = ActionEditor("step-action", stacked=True)
        self.editor.hide()
        for name, button in {
            "step-finish": self.finish,
            "step-reopen": self.reopen,
            "step-act": self.act,
            "step-tool": self.tool,
        }.items():
            button.setObjectName(name)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        for button in (self.finish, self.reopen, self.act, self.tool):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.add(self.step_title, self.objective, self.questions, self.reminder, buttons, self.editor)
        self.finish.clicked.connect(self._finish)
        self.reopen.clicked.connect(self._reopen)
        self.act.clicked.connect(self._decide)
        self.editor.submitted.connect(self.decided)
        self.editor.submitted.connect(self.editor.clear)
        self.editor.cancelled.connect(self.editor.hide)

    def show_step(self, step: StepView, objective: str) -> None:
        """The same step keeps its editors, and never loses what is being typed in them."""
        if self._step is None or self._step.code != step.code or list(self._editors) != [q[0] for q in step.questions]:
            self.autosave.flush()
            self._build(step)
        elif not self.autosave.pending:
            for key, _, answer in step.questions:
                self._editors[key].write(answer)
        self._step = step
        self.step_title.setText(breakable(step.title))
        self.objective.setText(breakable(objective))
        self.objective.setVisible(bool(objective))
        _, words, icon = _TOOLS.get(step.code, ("", "", ""))
        self.tool.setVisible(bool(words))
        if words:
            self.tool.set_label(words)
            self.tool.set_icon(icon)
        ended = step.status in (StepStatus.DONE, StepStatus.SKIPPED)
        self.finish.setVisible(not ended)
        self.reopen.setVisible(ended)

    def forget(self) -> None:
        """Another file: nothing of this one may be kept under it."""
        self._step = None

    def action(self) -> str:
        """The action behind what helps with this step."""
        return _TOOLS[self._step.code][0] if self._step is not None else ""

    def take_focus(self) -> bool:
        """The first question; never the button, which a stray key would press."""
        first = next(iter(self._editors.values()), None)
        if first is not None:
            first.show()
            first.setFocus()
        return first is not None

    def _build(self, step: StepView) -> None:
        """Editors are kept from one step, and from one file, to the next, without anything of the one before."""
        while len(self._asked) < len(step.questions):
            self._asked.append(self._question())
        self._filling = True
        self._editors = {}
        for (whole, label, editor), (key, question, answer) in zip(self._asked, step.questions, strict=False):
            label.setText(breakable(question))
            editor.setPlainText(answer)  # even the same: what could be undone was typed elsewhere
            editor.setObjectName(f"answer-{key}")
            editor.setAccessibleName(question)
            whole.show()
            self._editors[key] = editor
        for whole, _, editor in self._asked[len(step.questions) :]:
            whole.hide()
            editor.clear()
            editor.setObjectName("")
        self._filling = False
        self._look()

    def _question(self) -> tuple[QWidget, Label, TextArea]:
        whole, label, editor = QWidget(), Label(role="label", wrap=True), TextArea(lines=2)
        label.setBuddy(editor)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(editor)
        editor.textChanged.connect(self._typed)
        editor.left.connect(self.autosave.flush)
        self.questions.addWidget(whole)
        return whole, label, editor

    def _typed(self) -> None:
        if not self._filling:
            self.autosave.touch()
            self._look()

    def _keep(self) -> None:
        if self._step is not None:
            self.kept.emit(self._step.code, {key: editor.read() for key, editor in self._editors.items()})

    def _look(self) -> None:
        self.reminder.look_at("\n".join(editor.read() for editor in self._editors.values()))

    def _finish(self) -> None:
        self.autosave.flush()
        if self._step is not None:
            self.finished.emit(self._step.code)

    def _reopen(self) -> None:
        if self._step is not None:
            self.reopened.emit(self._step.code)

    def _decide(self) -> None:
        self.editor.clear()
        self.editor.show()
        self.editor.take_focus()
