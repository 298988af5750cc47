"""Whose figures are shown: the place, then counsellor, programme and territory as chips that are taken away."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from boutique.services.scopes import ALL, ScopeChoices, ScopeKeys
from boutique.ui.forms.tab_order import follow
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.chip import Chip
from boutique.ui.widgets.flow_layout import FlowLayout

EVERYWHERE = "Tous les lieux"
_MENUS = (
    ("counsellor_id", "counsellors", "Conseiller"),
    ("programme_id", "programmes", "Programme"),
    ("territory", "territories", "Territoire"),
)


class ScopeBar(QWidget):
    """`changed` after each choice; `keys()` is what to ask for."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = ScopeChoices((), (), (), ())
        self._keys = ALL
        self.place = Button(EVERYWHERE, size="small", trailing="chevron-down", accessible="Lieu")
        self.more = Button("Filtrer", icon="list-filter", size="small", trailing="chevron-down")
        self.more.setToolTip("Ne compter qu’un conseiller, un programme ou un territoire")
        self._line = FlowLayout(self, gap=6, middle=True)
        self.chips: list[Chip] = []
        self.place.clicked.connect(self._choose_place)
        self.more.clicked.connect(self._choose_more)
        self._show()

    def keys(self) -> ScopeKeys:
        return self._keys

    def words(self) -> str:
        """« Permanence de Frévent · Nadia Benali », nothing for everywhere."""
        return " · ".join(word for _, word in self._choices.words(self._keys))

    def write_choices(self, choices: ScopeChoices) -> None:
        if choices != self._choices:
            self._choices = choices
            self._show()

    def clear(self) -> None:
        self._take(ALL)

    def place_menu(self) -> QMenu:
        """Everywhere, or one place."""
        menu = QMenu(self)
        self._fill(menu, "site_id", ((None, EVERYWHERE), *self._choices.sites))
        return menu

    def more_menu(self) -> QMenu:
        """What else may narrow the figures; what has nothing to choose from is not offered."""
        menu = QMenu(self)
        for key, name, title in _MENUS:
            found = getattr(self._choices, name)
            if found:
                self._fill(menu.addMenu(title), key, found)
        if self._keys != ALL:
            menu.addSeparator()
            menu.addAction("Tout compter").triggered.connect(self.clear)
        return menu

    def _fill(self, menu: QMenu, key: str, choices: tuple[tuple[Any, str], ...]) -> None:
        for value, name in choices:
            entry = menu.addAction(name.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(value == getattr(self._keys, key))
            entry.triggered.connect(partial(self._narrow, key, value))

    def _choose_place(self) -> None:
        _open(self.place_menu(), self.place)

    def _choose_more(self) -> None:
        _open(self.more_menu(), self.more)

    def _narrow(self, key: str, value: Any, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        self._take(replace(self._keys, **{key: value}))

    def _drop(self, key: str) -> None:
        self._take(replace(self._keys, **{key: getattr(ALL, key)}))

    def _take(self, keys: ScopeKeys) -> None:
        if keys != self._keys:
            self._keys = keys
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        while self._line.count():
            self._line.takeAt(0)
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = [self._chip(key, title) for key, _, title in _MENUS if getattr(self._keys, key)]
        self.place.set_label(dict(self._choices.sites).get(self._keys.site_id, EVERYWHERE))  # type: ignore[arg-type]
        self.place.setVisible(len(self._choices.sites) > 1)
        self.more.setVisible(any(getattr(self._choices, name) for _, name, _ in _MENUS))
        for widget in (self.place, self.more, *self.chips):
            self._line.addWidget(widget)
        follow(self.more, self.chips)

    def _chip(self, key: str, title: str) -> Chip:
        words = dict(self._choices.words(self._keys))[title]
        chip = Chip(words, removable=True, parent=self)
        chip.setAccessibleName(f"{title} : {words}")
        chip.removed.connect(partial(self._drop, key))
        chip.clicked.connect(partial(self._drop, key))
        chip.show()
        return chip


def _open(menu: QMenu, under: QWidget) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(under.mapToGlobal(under.rect().bottomLeft()))
