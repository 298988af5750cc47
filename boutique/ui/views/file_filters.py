"""The filters of the list of files: which ones, phase, place and programme, and those kept as chips. For Dossiers."""

import json
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boutique.models.choices import Phase
from boutique.services.files import FileFilter, FileQuery
from boutique.ui.preferences import Preferences
from boutique.ui.theme.manager import theme
from boutique.ui.widgets.chip import AddChip, Chip
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.segmented import Segmented

_KEPT = "files.filters"
_MOST_KEPT = 12
_FIRST = FileQuery()


class FileFilters(QWidget):
    """`changed` after each choice. What is searched for is never kept: it may be somebody's name."""

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._chosen = self._before = _FIRST
        self._cases_label = ""
        self._sites: dict[uuid.UUID, str] = {}
        self._programmes: dict[uuid.UUID, str] = {}
        self.kinds = Segmented([(kind, kind.label) for kind in FileFilter], accessible="Dossiers", optional=False)
        self.phase = ComboBox([(phase, phase.label) for phase in Phase], empty="Toutes les phases", accessible="Phase")
        self.site = ComboBox(empty="Tous les lieux", accessible="Lieu")
        self.programme = ComboBox(empty="Tous programmes", accessible="Programme")
        self.programme.hide()
        self.add_chip = AddChip("garder ce filtre")
        self.chips: list[Chip] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        choices = FlowLayout(gap=8)
        for widget in (self.kinds, self.phase, self.site, self.programme):
            choices.addWidget(widget)
        self._kept_line = QWidget()
        self._line = FlowLayout(self._kept_line, gap=6)
        whole.addLayout(choices)
        whole.addWidget(self._kept_line)
        self.kinds.changed.connect(self._kind_changed)
        self.phase.activated.connect(self._combo_changed)
        self.site.activated.connect(self._combo_changed)
        self.programme.activated.connect(self._combo_changed)
        self.add_chip.clicked.connect(self.keep)
        theme().changed.connect(self._fit)
        self._fit()
        self._show()

    def query(self, text: str) -> FileQuery:
        """What to ask for; a search sorts by itself until a column is chosen."""
        return replace(self._chosen, text=text)

    def choose(self, kind: FileFilter) -> None:
        self._apply(FileQuery(filter=kind))

    def show_cases(self, cases: tuple[uuid.UUID, ...], label: str) -> None:
        """The files behind a figure, under its name."""
        self._cases_label = label
        self._chosen = FileQuery(filter=FileFilter.ALL, cases=cases)
        self._show()

    def drop_cases(self) -> bool:
        if self._chosen.cases is None:
            return False
        self._apply(_FIRST)
        return True

    def sort_by(self, key: str) -> None:
        """The same column again turns the order round; dates begin with the latest."""
        descending = not self._chosen.descending if self._chosen.sort == key else key in ("last_contact", "opened")
        self._apply(replace(self._chosen, sort=key, descending=descending))

    def set_sites(self, sites: Sequence[tuple[uuid.UUID, str]]) -> None:
        self._sites = dict(sites)
        self.site.set_options(sites)
        self.site.write(self._chosen.site_id)
        self.site.setVisible(len(sites) > 1)
        self._show()

    def set_programmes(self, programmes: Sequence[tuple[uuid.UUID, str]]) -> None:
        self._programmes = dict(programmes)
        self.programme.set_options(programmes)
        self.programme.setVisible(bool(programmes))
        self._show()

    def words(self, text: str = "") -> str:
        """The filter as a sentence, for the chip and for the export."""
        query = self._chosen
        which = query.filter.label if query.cases is None else self._cases_label
        return " · ".join([which, *self._narrowed(query), *([f"« {text.strip()} »"] if text.strip() else [])])

    def _narrowed(self, query: FileQuery) -> list[str]:
        parts = (
            query.phase.label if query.phase else "",
            self._sites.get(query.site_id, "") if query.site_id else "",
            self._programmes.get(query.programme_id, "") if query.programme_id else "",
        )
        return [part for part in parts if part]

    def keep(self) -> None:
        """Make a chip of the filter in place."""
        if self._chosen.cases is not None:
            return
        kept = [one for one in self._kept() if _same(one, self._chosen) is False]
        self._preferences.put(_KEPT, [_written(one) for one in [*kept, self._chosen]][-_MOST_KEPT:])
        self._show()

    def _kept(self) -> list[FileQuery]:
        return [query for query in map(_read, self._preferences.texts(_KEPT)) if query is not None]

    def _apply(self, query: FileQuery) -> None:
        self._chosen = query
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.kinds.write(self._chosen.filter if self._chosen.cases is None else None)
        self.phase.write(self._chosen.phase)
        self.site.write(self._chosen.site_id)
        self.programme.write(self._chosen.programme_id)
        for chip in self.chips:
            chip.hide()
            self._line.removeWidget(chip)
            chip.deleteLater()
        self.chips = [self._kept_chip(query) for query in self._kept()]
        if self._chosen.cases is not None:
            chip = Chip(self._cases_label, value=None, removable=True)
            chip.removed.connect(self.drop_cases)
            self.chips.insert(0, chip)
        for chip in self.chips:
            self._line.addWidget(chip)
        plain = replace(self._chosen, sort=_FIRST.sort, descending=_FIRST.descending)
        worth = plain != replace(_FIRST, filter=plain.filter) or self._chosen.sort != _FIRST.sort
        known = any(_same(one, self._chosen) for one in self._kept())
        keepable = worth and not known and self._chosen.cases is None
        self._line.removeWidget(self.add_chip)
        self._line.addWidget(self.add_chip)
        self.add_chip.setVisible(keepable)
        self._kept_line.setVisible(bool(self.chips) or keepable)

    def _kept_chip(self, query: FileQuery) -> Chip:
        chip = Chip(" · ".join([query.filter.label, *self._narrowed(query)]), value=query, removable=True)
        chip.setAccessibleName(f"Filtre gardé : {chip.label()}")
        chip.clicked.connect(self._chip_pressed)
        chip.removed.connect(self._chip_removed)
        return chip

    def _chip_pressed(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip) and isinstance(chip.value, FileQuery):
            self._before = self._chosen
            self._apply(chip.value)

    def _chip_removed(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip) and isinstance(chip.value, FileQuery):
            # The press on the cross has also chosen the filter: go back to the one that was in place.
            self._apply(self._before)
            left = [one for one in self._kept() if not _same(one, chip.value)]
            self._preferences.put(_KEPT, [_written(one) for one in left])
            self._show()

    def _kind_changed(self, kind: Any) -> None:
        self._apply(replace(self._chosen, filter=FileFilter(kind), cases=None))

    def _combo_changed(self, _line: int) -> None:
        phase = self.phase.read()  # Qt gives the bare code back
        chosen = replace(self._chosen, phase=Phase(phase) if phase else None, site_id=self.site.read())
        self._apply(replace(chosen, programme_id=self.programme.read()))

    def _fit(self) -> None:
        for combo, width in ((self.phase, 186), (self.site, 166), (self.programme, 166)):  # one line at 1366 pixels
            combo.setFixedWidth(theme().px(width))


def _same(one: FileQuery, other: FileQuery) -> bool:
    return replace(one, text="") == replace(other, text="")


def _written(query: FileQuery) -> str:
    return json.dumps(
        {
            "filter": query.filter.value,
            "phase": query.phase.value if query.phase else None,
            "site": str(query.site_id) if query.site_id else None,
            "programme": str(query.programme_id) if query.programme_id else None,
            "sort": query.sort,
            "descending": query.descending,
        }
    )


def _read(text: str) -> FileQuery | None:
    """A filter kept by this or another version; one that cannot be read is forgotten."""
    with suppress(ValueError, KeyError, TypeError):
        kept = json.loads(text)
        return FileQuery(
            filter=FileFilter(kept["filter"]),
            phase=Phase(kept["phase"]) if kept["phase"] else None,
            site_id=uuid.UUID(kept["site"]) if kept["site"] else None,
            programme_id=uuid.UUID(kept["programme"]) if kept.get("programme") else None,
            sort=str(kept["sort"]),
            descending=bool(kept["descending"]),
        )
    return None
