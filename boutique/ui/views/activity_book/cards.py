"""Cards of the page « Classeur »: the comment of the month, its controls, the files, the names behind a reason."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from boutique.services.activity_files import SHORTEST_REASON, Control
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.text_area import TextArea

# End of the file name, words.
FORMATS = ((".xlsx", "Excel"), (".ods", "OpenDocument"), (".zip", "CSV"))
_WHOLE = ""
_WRITTEN = "Écrit dans la feuille Synthèse, en face de son indicateur."
_LEFT_OUT = (
    "Il parle du mois entier de ce lieu : un classeur filtré par conseiller, programme ou territoire s’en passe."
)
_MOST_CONTROLS = 12


class CommentCard(Card):
    """`saved(about, {figure: text})`: what was typed of each figure and of the month itself, once it is left."""

    saved = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Commentaire du mois", icon="message-square-text", parent=parent)
        self._kept: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self._month: object = None
        self._shown = _WHOLE
        self.about = ComboBox([(_WHOLE, "Le mois entier")], empty=None, accessible="Ce que l’on commente")
        self.text = TextArea(lines=4, placeholder="Des faits, sans nom de personne", accessible="Commentaire du mois")
        self.keep = Button("Enregistrer le commentaire", icon="save", size="normal")
        self.where = Label(_WRITTEN, role="small", tone="muted", wrap=True)
        self.body.addWidget(self.where)
        for part in (self.about, self.text, self.keep):
            self.body.addWidget(part)
        self.about.activated.connect(self._turn)
        self.keep.clicked.connect(self.flush)
        self.text.left.connect(self.flush)

    def set_aside(self, narrowed: bool) -> None:  # noqa: FBT001 - a state
        """What is said of a month is not said of a part of it."""
        self.where.setText(_LEFT_OUT if narrowed else _WRITTEN)

    def write_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Indicators that may be commented, after the month itself."""
        self.about.set_options([(_WHOLE, "Le mois entier"), *figures])

    def write(self, month: object, texts: Mapping[str, str]) -> None:
        """What is kept of a month; what is being typed of the same one stays."""
        if (month, texts) == (self._month, self._kept):
            return
        self._month, self._kept, self._typed = month, dict(texts), dict(texts)
        self.text.write(self._typed.get(self._shown, ""))

    def flush(self) -> None:
        """Keep what was typed, if anything was."""
        self._typed[self._shown] = self.text.read()
        if any(text.strip() != self._kept.get(figure, "") for figure, text in self._typed.items()):
            self._kept = {figure: text.strip() for figure, text in self._typed.items() if text.strip()}
            self.saved.emit(self._month, dict(self._typed))

    def _turn(self, _rank: int) -> None:
        self._typed[self._shown] = self.text.read()
        self._shown = self.about.read()
        self.text.write(self._typed.get(self._shown, ""))


class ControlsCard(Card):
    """What to look at before the workbook leaves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Contrôles avant envoi", icon="list-checks", parent=parent)
        self.verdict = Badge("", "neutral")
        self.set_action(self.verdict)

    def write(self, found: Sequence[Control]) -> None:
        """« Classeur prêt » when nothing blocks."""
        blocked = sum(one.blocking for one in found)
        if blocked:
            self.verdict.set_state("À revoir avant envoi", "danger", "circle-x")
        else:
            self.verdict.set_state("Classeur prêt", "success", "circle-check")
        empty(self.body)
        if not found:
            self.body.addWidget(Label("Tous les contrôles sont au vert.", tone="muted", wrap=True))
        for one in found[:_MOST_CONTROLS]:
            mark = Badge(str(one.count), "danger" if one.blocking else "warning")
            self.body.addWidget(ListRow(one.label, one.references, leading=mark))


class FilesCard(Card):
    """`asked(end of the file name)`: one button a format."""

    asked = Signal(str)

    def __init__(self, title: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(title, icon="file-spreadsheet", parent=parent)
        self.buttons: dict[str, Button] = {}
        self.body.addWidget(Label(about, role="small", tone="muted", wrap=True))
        line = FlowLayout(gap=8)
        for suffix, words in FORMATS:
            made = PrimaryButton if not self.buttons and title.startswith("Mois") else Button
            button = made(words, icon="download", size="normal")
            button.setAccessibleName(f"{title} en {words}")
            button.clicked.connect(partial(self._ask, suffix))
            self.buttons[suffix] = button
            line.addWidget(button)
        self.body.addLayout(line)

    def _ask(self, suffix: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        self.asked.emit(suffix)


class NamesCard(Card):
    """`asked(reason)`: names leave only with a reason, that is noted."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Avec les noms", icon="triangle-alert", tone="warning", tinted=True, parent=parent)
        self.body.addWidget(
            Label(
                "Réservé à qui est habilité à lire ces dossiers, à effacer après usage. L’export, son motif et votre "
                "nom sont notés au journal des accès.",
                role="small",
                wrap=True,
            )
        )
        self.reason = QLineEdit()
        self.field = Field("À quoi servent les noms", self.reason, required=True)
        self.save = Button(
            "Enregistrer le classeur nominatif", icon="file-spreadsheet", variant="danger", size="normal"
        )
        self.body.addWidget(self.field)
        self.body.addWidget(self.save)
        self.save.clicked.connect(self._ask)

    def _ask(self) -> None:
        words = self.reason.text().strip()
        short = len(words) < SHORTEST_REASON
        self.field.set_error("Dites en quelques mots à quoi ils servent : ce motif est noté." if short else "")
        if short:
            self.reason.setFocus()
        else:
            self.asked.emit(words)
