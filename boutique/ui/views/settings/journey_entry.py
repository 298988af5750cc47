"""Réglages › Parcours, right: the words of the phase or step chosen."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from boutique.core.text import clean
from boutique.models.choices import Phase
from boutique.rules.journey import LONGEST_LABEL, LONGEST_SHORT, LONGEST_TEXT, MOST_LINES, MOST_MINUTES
from boutique.rules.lists import load_interview_types
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.text_area import TextArea

_LINE = "Une par ligne."
_COUNTS = "Les bilans, les règles et les filtres comptent les dossiers de cette phase dans celle-ci."
_LONGEST_TYPED = 4_000
# Part, label, kind, explanation. « lines » is a list, one a line.
_STEP = (
    ("label", "Nom de l’étape", "line", ""),
    ("phase", "Phase", "phase", ""),
    ("questions", "Questions", "lines", _LINE),
    ("deliverable", "Livrable", "text", ""),
    ("exit_criterion", "Critère de sortie", "text", ""),
    ("vigilance", "Points de vigilance", "lines", _LINE),
    ("minutes", "Minutes usuelles", "number", ""),
    ("interview_type", "Type d’entretien", "type", ""),
)
_PHASE = (
    ("label", "Nom de la phase", "line", ""),
    ("short", "Nom court", "line", f"Sous le parcours du dossier : {LONGEST_SHORT} caractères au plus."),
    ("counts_as", "Compte comme", "standard", _COUNTS),
    ("objective", "Objectif", "text", ""),
    ("deliverables", "Livrables", "text", ""),
    ("exit_criterion", "Critère de sortie", "text", ""),
    ("vigilance", "Points de vigilance", "lines", _LINE),
)
_LIMITS = {"label": LONGEST_LABEL, "short": LONGEST_SHORT}


class EntryCard(Card):
    """`changed(part, value)` as it is typed; what cannot be accepted is said beside it. `shifted(±1)`, `archived`."""

    changed = Signal(str, object)
    shifted = Signal(int)
    archived = Signal(bool)

    def __init__(self, *, step: bool, parent: QWidget | None = None) -> None:
        super().__init__("Étape" if step else "Phase", parent=parent)
        self._parts = _STEP if step else _PHASE
        self._kinds = {part: kind for part, _, kind, _ in self._parts}
        self._filling = False
        self._is_archived = False
        self.fields = {
            part: Field(label, self._editor(part, kind), explanation=about) for part, label, kind, about in self._parts
        }
        name = "step" if step else "phase"
        self.up, self.down = (
            Button(icon="arrow-up", accessible="Monter"),
            Button(icon="arrow-down", accessible="Descendre"),
        )
        self.put_away = Button("Archiver", icon="archive")
        for key, button in {"up": self.up, "down": self.down, "archive": self.put_away}.items():
            button.setObjectName(f"{name}-{key}")
        for part, field in self.fields.items():
            field.editor.setObjectName(f"{name}-{part}")
        self.up.setToolTip("Monter (Alt ↑ dans la liste)")
        self.down.setToolTip("Descendre (Alt ↓ dans la liste)")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.up, self.down, self.put_away):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.add(*self.fields.values(), buttons)
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)
        self.put_away.clicked.connect(self._archive)

    def show_entry(self, entry: dict[str, Any], phases: list[tuple[str, str]], phase: str) -> None:
        """What is written is not told back as a change."""
        self._filling = True
        self._is_archived = bool(entry.get("archived"))
        for part, field in self.fields.items():
            editor = field.editor
            field.set_error("")
            if isinstance(editor, ComboBox):
                if part == "phase":
                    editor.set_options(phases)
                value = {"phase": phase, "counts_as": entry.get("counts_as") or entry["code"]}.get(
                    part, entry.get(part)
                )
                editor.write(value)
            elif isinstance(editor, TextArea):
                found = entry.get(part) or ""
                editor.write("\n".join(found) if isinstance(found, list | tuple) else str(found))
            elif isinstance(editor, QLineEdit):
                editor.setText(str(entry.get(part, "")))
        self.put_away.set_label("Remettre dans le parcours" if self._is_archived else "Archiver")
        self.put_away.set_icon("archive-restore" if self._is_archived else "archive")
        self._filling = False

    def take_focus(self) -> None:
        editor = self.fields["label"].editor
        editor.setFocus()
        if isinstance(editor, QLineEdit):
            editor.selectAll()

    def _editor(self, part: str, kind: str) -> QWidget:
        if kind in ("text", "lines"):
            area = TextArea(lines=2 if kind == "text" else 3)
            area.textChanged.connect(self._typed)
            area.setProperty("part", part)
            return area
        if kind in ("line", "number"):
            line = QLineEdit()
            line.setMaxLength(_LONGEST_TYPED)
            line.textEdited.connect(self._typed)
            line.setProperty("part", part)
            return line
        options = {
            "standard": [(phase.value, phase.label) for phase in Phase],
            "type": [(code, kind.label) for code, kind in load_interview_types().items()],
        }.get(kind, [])
        combo = ComboBox(options, empty=None)
        combo.currentIndexChanged.connect(self._typed)
        combo.setProperty("part", part)
        return combo

    def _typed(self) -> None:
        editor = self.sender()
        if self._filling or not isinstance(editor, QWidget):
            return
        part = str(editor.property("part"))
        if isinstance(editor, ComboBox):
            self.changed.emit(part, editor.read())
            return
        text = editor.read() if isinstance(editor, TextArea) else editor.text() if isinstance(editor, QLineEdit) else ""
        value, problem = _accepted(part, self._kinds[part], text)
        self.fields[part].set_error(problem)
        self.changed.emit(part, value)  # wrong or not: what is shown is what would be published, or refused

    def _up(self) -> None:
        self.shifted.emit(-1)

    def _down(self) -> None:
        self.shifted.emit(1)

    def _archive(self) -> None:
        self.archived.emit(not self._is_archived)


def _accepted(part: str, kind: str, text: str) -> tuple[Any, str]:
    """(value, what is wrong with it)."""
    if kind == "number":
        if text.isascii() and text.isdigit() and int(text) <= MOST_MINUTES:
            return int(text), ""
        return text, f"Écrivez un nombre de minutes, de 0 à {MOST_MINUTES}."
    if kind == "lines":
        lines = [line for raw in text.split("\n") if (line := clean(raw))]
        if len(lines) > MOST_LINES:
            return lines, f"{MOST_LINES} lignes au plus."
        return lines, _too_long(max(lines, key=len, default=""), LONGEST_TEXT)
    value = clean(text)
    if part in _LIMITS and not value:
        return value, "Donnez un nom."
    return value, _too_long(value, _LIMITS.get(part, LONGEST_TEXT))


def _too_long(text: str, most: int) -> str:
    return f"{len(text)} caractères : raccourcissez à {most}." if len(text) > most else ""
