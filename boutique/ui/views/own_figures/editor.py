"""An indicator being drawn up: its name, what is counted, under which conditions; its value is shown meanwhile."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core import clock
from boutique.rules import own_figures as rules
from boutique.rules.figure_rules import Count, Kind
from boutique.rules.own_figures import Share
from boutique.services import own_figures
from boutique.services.own_figures import OwnSheet, OwnValue
from boutique.ui.desk import Desk
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.views.kept import KeptEditor
from boutique.ui.views.own_figures.criteria import CriteriaEditor
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label

_LONGEST = 80
_NEW = "Nouvel indicateur"
_SHARE = "Ce qui fait la part : une réponse inconnue n’est ni d’un côté ni de l’autre"
_NOT_WHOLE = "Complétez les critères pour voir ce que cela donne."


class FigureEditor(KeptEditor):
    """`gone` once it is archived."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_NEW, desk, parent)
        self.name = LineEditor("Nom de l’indicateur")
        self.name.setMaxLength(_LONGEST)
        self.event_of = ComboBox([(kind.value, words) for kind, words in rules.EVENTS.items()], empty=None)
        self.counted = ComboBox(empty=None)
        self.name_field = Field("Nom de l’indicateur", self.name, required=True)
        self.criteria = CriteriaEditor(self.counted)
        self.share = CriteriaEditor(self.criteria.add_button, start="dont", either=False)
        self.share.add_button.setObjectName("figure-add-share")
        self.share_head = Label(_SHARE, role="label", wrap=True)
        self.words = Label(tone="muted", wrap=True)
        self.value = Label(role="strong", wrap=True)
        self.save_button = PrimaryButton("Enregistrer", icon="check", size="normal")
        self.archive_button = Button("Archiver", icon="archive", variant="ghost")
        self.restore_button = Button("Reprendre", icon="rotate-ccw", variant="ghost")
        self._lay_out()
        self._connect()

    def open(self, found: OwnSheet) -> None:
        self._start = None
        self.set_title(found.name or _NEW)
        self.name_field.set_error("")
        self.name.write(found.name)
        self.event_of.write(found.event.value)
        self._offer_counts()
        self.counted.write(rules.write_way(found.counted, found.share.of if found.share else None))
        facts = rules.facts_of(found.event)
        self.criteria.write(found.groups, facts)
        self.share.write((found.share.true,) if found.share else (), facts)
        self._show_share()
        self.archive_button.setVisible(found.id is not None and not found.archived)
        self.restore_button.setVisible(found.archived)
        self._start = found
        self.show()
        self._count()
        if found.id is None:
            self.name.setFocus()

    def read(self) -> OwnSheet:
        """The indicator as it is on screen."""
        start = self._start or own_figures.blank()
        event, (counted, of) = Kind(self.event_of.read()), self._way()
        true = tuple(one for group in self.share.read() for one in group)
        return OwnSheet(
            start.id, self.name.text().strip(), counted, event, self.criteria.read(), start.archived,
            Share(of, true) if of else None,
        )  # fmt: skip

    def is_dirty(self) -> bool:
        is_open = not self.isHidden() and self._start is not None
        return super().is_dirty() or (is_open and not self._is_whole())

    def save(self) -> None:
        if self._is_share() and not self.share.rows:
            self.share.add()
        troubled = [editor.show_troubles() for editor in self._editors()]
        if any(troubled):
            return
        told = "Indicateur modifié" if self.kept_id() else "Indicateur gardé"
        self._desk.write(told, own_figures.save, self.read(), then=self._kept, failed=self._refused)

    def refresh(self) -> None:
        self._count()

    def _lay_out(self) -> None:
        what, buttons = QHBoxLayout(), FlowLayout(gap=8)
        what.setSpacing(10)
        what.addWidget(Field("À chaque", self.event_of), 1)
        what.addWidget(Field("On compte", self.counted), 1)
        for name, button in (
            ("save", self.save_button),
            ("archive", self.archive_button),
            ("restore", self.restore_button),
        ):
            button.setObjectName(f"figure-{name}")
            buttons.addWidget(button)
        self.name.setObjectName("figure-name")
        self.add(self.name_field, what, Label("Critères", role="label"), self.criteria)
        self.add(self.share_head, self.share)
        self.add(self.words, self.value, buttons)

    def _connect(self) -> None:
        self.event_of.currentIndexChanged.connect(self._other_event)
        self.counted.currentIndexChanged.connect(self._other_way)
        self.criteria.changed.connect(self._count)
        self.share.changed.connect(self._count)
        self.name.changed.connect(self._named)
        self.save_button.clicked.connect(self.save)
        self.archive_button.clicked.connect(self._archive)
        self.restore_button.clicked.connect(self._restore)

    def _offer_counts(self) -> None:
        event = Kind(self.event_of.read())
        self.counted.set_options(rules.ways_of(event))

    def _other_event(self, _index: int) -> None:
        self._offer_counts()
        for editor in (self.criteria, self.share):
            editor.set_facts(rules.facts_of(Kind(self.event_of.read())))
        self._other_way()

    def _other_way(self, _index: int = 0) -> None:
        self._show_share()
        self._count()

    def _show_share(self) -> None:
        for widget in (self.share_head, self.share):
            widget.setVisible(self._is_share())

    def _way(self) -> tuple[Count, Count | None]:
        return rules.read_way(self.counted.read() or Count.PEOPLE.value)

    def _is_share(self) -> bool:
        return self._way()[1] is not None

    def _editors(self) -> tuple[CriteriaEditor, ...]:
        return (self.criteria, self.share) if self._is_share() else (self.criteria,)

    def _is_whole(self) -> bool:
        return all(editor.is_whole() for editor in self._editors()) and not (self._is_share() and not self.share.rows)

    def _named(self) -> None:
        self.name_field.set_error("")

    def _count(self, _index: int = 0) -> None:
        if self._start is None or self.isHidden():
            return
        if not self._is_whole():
            self.words.setText(_NOT_WHOLE)
            self.value.setText("")
            return
        self._desk.read_latest("own figure", own_figures.value, self.read(), clock.today(), then=self._counted)

    def _counted(self, found: OwnValue) -> None:
        self.words.setText(found.words)
        value = f"{found.value} {found.unit}".strip()
        self.value.setText(f"{found.month} : {value} · cumul {found.year} : {found.so_far}")

    def _refused(self, sentence: str) -> None:
        self.name_field.set_error(sentence)
        self.name.setFocus()

    def _archive(self) -> None:
        self._desk.write("Indicateur archivé", own_figures.archive, self.kept_id(), then=self._gone)

    def _restore(self) -> None:
        self._desk.write("Indicateur repris", own_figures.restore, self.kept_id(), then=self._restored)

    def _restored(self, _nothing: None) -> None:
        self.kept.emit(self.kept_id())
