"""Every screen of the real window on a base of extreme texts: nothing cut, everything named, Tab in the eye's order."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import time_machine
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from boutique.core.paths import DataFolder
from boutique.models.case import Case
from boutique.models.choices import ReferralStatus
from boutique.models.referral import Partner
from boutique.services.attaching import Source
from boutique.services.reader import Look, Page
from boutique.services.slip_answers import Proposed
from boutique.services.slips import Answer
from boutique.services.workspace import Workspace, open_workspace
from boutique.ui.loading import load
from boutique.ui.main_window import MainWindow
from boutique.ui.preferences import Preferences
from boutique.ui.search_popup import SearchPopup
from boutique.ui.tasks import InlineTasks
from boutique.ui.theme.manager import Mode, theme
from boutique.ui.views.agenda import AgendaView
from boutique.ui.views.file.actions_tab import ActionsTab
from boutique.ui.views.file.after_tab import AfterTab
from boutique.ui.views.file.form_tab import FormTab
from boutique.ui.views.file.money_tab import MoneyTab
from boutique.ui.views.file.pieces_tab import PiecesTab
from boutique.ui.views.file.view import FileView
from boutique.ui.views.intake import IntakeView
from boutique.ui.views.partner_import import PartnerImportView
from boutique.ui.views.partners import PartnersView
from boutique.ui.views.settings import SettingsView
from boutique.ui.views.settings.counsellors import CounsellorsPage
from boutique.ui.views.settings.entries import EntriesPage
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.label import Label
from boutique.ui.workday import VIEWS, Workday
from tests import extreme
from tests.services import papers
from tests.services.conftest import LAST_DAY, MemoryKeychain, new_workspace
from tests.ui import sight, tours

_SIZES = {"1366 × 768": (1366, 768), "1920 × 1080 at 200 %": (960, 540)}
_TABS = ("journey", "interviews", "actions", "referrals", "diagnosis", "money", "pieces", "after", "form", "history")
_PAGES = ("structure", "sites", "counsellors", "territories", "journey", "protection", "reference", "look", "about")
_LIST = (
    "nom;type;code_insee;telephone;courriel;Une colonne dont personne ne sait à quoi elle sert ici\n"
    f"Chambre de métiers et de l’artisanat {'des Hauts-de-France ' * 6};cma;62041;12;a@exemple.fr;x\n"
    "Le bon pain;boulangerie;62041;;;\n"
    "Chambre de métiers et de l’artisanat de la région Hauts-de-France, antenne de Saint-Pol n° 1;Adie;62041;;;\n"
)
Goes = Callable[[], None]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """The morning of the last day of the base."""
    with time_machine.travel(datetime(2026, 11, 24, 9, 30).astimezone()):
        yield


@pytest.fixture(scope="session")
def extreme_base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MemoryKeychain]:
    root, keychain = tmp_path_factory.mktemp("extreme") / "base", MemoryKeychain()
    built = new_workspace(root, keychain)
    extreme.fill(built, LAST_DAY)
    built.close()
    return root, keychain


@pytest.fixture
def workday(
    window: MainWindow,
    tasks: InlineTasks,
    preferences: Preferences,
    tmp_path: Path,
    extreme_base: tuple[Path, MemoryKeychain],
) -> Iterator[Workday]:
    root, keychain = extreme_base
    shutil.copytree(root, tmp_path / "base")
    opened = open_workspace(DataFolder(tmp_path / "base"), keychain=keychain)
    made = Workday(opened, window, tasks, preferences, SearchPopup(window, window.top.search))
    for name, path in VIEWS.items():
        module, _, kind = path.partition(":")
        window.register(name, partial(getattr(load(module), kind), made.desk))
    window.show()
    window.start("today")
    yield made
    made.end()()


class Tour:
    """Every screen by its name, and how to go there."""

    def __init__(self, window: MainWindow, workspace: Workspace, lists: Path) -> None:
        self.window, self.lists = window, lists
        self.case: uuid.UUID = workspace.read(_richest)
        self.closed: uuid.UUID = workspace.read(_closed)
        self.partner = workspace.read(_first_partner)
        plain = ("today", "files", "calls", "partners", "activity")
        self.screens: dict[str, Goes] = {name: self._to(name) for name in plain}
        self.screens |= {f"file, {tab}": self._to("file", case_id=self.case, tab=tab) for tab in _TABS}
        self.screens |= {
            "file, new interview": self._to("file", case_id=self.case, interview=True),
            "file, new diagnosis": self._new_diagnosis,
            "file, closed": self._to("file", case_id=self.closed, tab="journey"),
            "file, referral": self._referral,
            "file, return slip": self._slip,
            "file, money, one scheme": self._money("schemes"),
            "file, money, request": self._money("requests"),
            "file, money, plan": self._money("plan"),
            "file, money, forecast": self._money("forecast"),
            "file, one document": self._document,
            "file, documents to attach": self._adding,
            "file, creation": self._creation,
            "file, holders": self._holders,
            "file, handover": self._handover,
            "file, ending": self._ending,
            "settings, files of a counsellor": self._give,
            "intake": self._to("intake", text="Marie-Antoinette de La Rochefoucauld"),
            "intake, errors": self._wrong_intake,
            "file, action edited": self._edited_action,
            "file, goal": self._goal,
            "legal form": self._to("legal_form", case_id=self.case),
            "partner": self._to("partner", partner_id=self.partner),
            "partner, form": self._partner_form,
            "partners, import": self._partner_import,
            "figures behind": self._figures_behind,
            "help": self._to("help"),
        }
        self.screens |= {
            "agenda": self._to("agenda"),
            "agenda, day": self._to("agenda", day=LAST_DAY, days=1),
            "agenda, appointment": self._appointment,
            "agenda, new": self._new_appointment,
            "agenda, to conclude": self._to("agenda", waiting=True),
            "agenda, permanence": self._permanence,
            "agenda, export": self._agenda("agenda.export"),
            "agenda, import": self._agenda("agenda.import"),
        }
        self.screens |= {f"settings, {page}": self._to("settings", page=page) for page in _PAGES}
        self.screens |= {f"settings, one of {page}": self._entry(page) for page in ("sites", "counsellors")}
        self.screens |= tours.screens(window, workspace)

    def go(self, screen: str) -> QWidget:
        """Show a screen and let it settle."""
        self.screens[screen]()
        settle()
        self.window.notices.dismiss()  # what the screen before had to say (a draft kept)
        settle()
        shown = self.window.stack.current_view()
        assert shown is not None
        return shown

    def _to(self, name: str, **arguments: Any) -> Goes:
        return lambda: self.window.show_view(name, **arguments)

    def _view(self) -> Any:
        return self.window.stack.current_view()

    def _referral(self) -> None:
        self.window.show_view("file", case_id=self.case, tab="referrals")
        settle()
        for box in self.window.findChildren(QWidget, "proposal-box-1"):
            box.click()  # type: ignore[attr-defined]

    def _slip(self) -> None:
        doubt = Proposed(LAST_DAY, ReferralStatus.REFUSED, remarks=("Choisissez le motif du refus.",))
        slip = Answer(Source("scan.pdf", content=b"%PDF-"), self.case, doubt, by_hand=True)
        self.window.show_view("file", case_id=self.case, tab="referrals", slip=slip)

    def _money(self, part: str) -> Goes:
        def go() -> None:
            self.window.show_view("file", case_id=self.case, tab="money")
            view = self._view()
            assert isinstance(view, FileView)
            page = view.page("money")
            assert isinstance(page, MoneyTab)
            page.open_part(part)
            settle()
            if part == "schemes":
                next(one for one in page.schemes.findChildren(QPushButton) if one.isVisible()).click()
            if part == "requests":
                page.requests.add()

        return go

    def _edited_action(self) -> None:
        page = self._plan()
        page._edit(page._lines[0].id)

    def _goal(self) -> None:
        self._plan().edit_goal()

    def _plan(self) -> ActionsTab:
        self._to("file", case_id=self.case, tab="actions")()
        file = self.window.stack.view("file")
        assert isinstance(file, FileView)
        page = file.page("actions")
        assert isinstance(page, ActionsTab)
        return page

    def _new_diagnosis(self) -> None:
        self.window.show_view("file", case_id=self.case, tab="diagnosis")
        view = self._view()
        assert isinstance(view, FileView)
        view._new_diagnosis()

    def _pieces(self) -> PiecesTab:
        self.window.show_view("file", case_id=self.case, tab="pieces")
        page = self._view().page("pieces")
        assert isinstance(page, PiecesTab)
        return page

    def _document(self) -> None:
        page = self._pieces()
        page.documents.rows[0].activated.emit()
        page.drawing.stop()
        page.side.show_look(Look(pages=1, drawn=(Page(40, 60, bytes(40 * 60 * 4)),)))
        page.side.edit()

    def _adding(self) -> None:
        name = f"{'Un nom de document qui n’en finit pas ' * 3}.exe"
        passport = papers.paper(1, "Passeport")
        self._pieces().bring([Source("Passeport.pdf", content=passport), Source(name, content=b"MZ" + bytes(99))])

    def _file(self, tab: str) -> FileView:
        self.window.show_view("file", case_id=self.case, tab=tab)
        settle()
        view = self._view()
        assert isinstance(view, FileView)
        return view

    def _creation(self) -> None:
        page = self._file("after").page("after")
        assert isinstance(page, AfterTab)
        page.business.begin()
        page.business.form.write("business.siren", "000123456")
        page.business.save()

    def _holders(self) -> None:
        view = self._file("journey")
        view.people.open_holders()
        view.people.holders.search.write("ma")

    def _handover(self) -> None:
        self._file("journey").people.open_handover()

    def _ending(self) -> None:
        page = self._file("form").page("form")
        assert isinstance(page, FormTab)
        page.ask_ending()

    def _give(self) -> None:
        self._entry("counsellors")()
        settle()
        page = self._view().page("counsellors")
        assert isinstance(page, CounsellorsPage)
        page.give_button.click()

    def _wrong_intake(self) -> None:
        self.window.show_view("intake", text="Marie-Antoinette de La Rochefoucauld")
        view = self._view()
        assert isinstance(view, IntakeView)
        for key, text in {"holder.birth_date": "32/13/1991", "holder.phone": "12", "holder.email": "x@"}.items():
            editor = view.form.fields.editor(key)
            assert isinstance(editor, QLineEdit)
            editor.setText(text)
        view.save()

    def _partner_import(self) -> None:
        path = self.lists / f"liste{'-de-partenaires' * 5}.csv"
        path.write_text(_LIST, "utf-8")
        self.window.show_view("partner_import", path=path)
        view = self.window.stack.view("partner_import")
        assert isinstance(view, PartnerImportView)
        view.columns.fold(away=False)

    def _partner_form(self) -> None:
        self.window.show_view("partners", partner_id=self.partner)
        view = self._view()
        assert isinstance(view, PartnersView)
        view.panel.edit()

    def _figures_behind(self) -> None:
        self.window.show_view("activity")
        view = self._view()
        cells = (view.figures.table.cell(row, column) for row in range(3) for column in range(1, 5))
        view.figures.table.opened.emit(next(cell for cell in cells if cell is not None))

    def _agenda(self, action: str) -> Goes:
        def go() -> None:
            self.window.show_view("agenda", day=LAST_DAY, days=7)
            self.window.commands.run(action)

        return go

    def _new_appointment(self) -> None:
        self._agenda("agenda.new")()
        view = self._view()
        assert isinstance(view, AgendaView)
        view.panel.hour.setText("midi")
        view.panel.save()

    def _appointment(self) -> None:
        self.window.show_view("agenda", day=LAST_DAY, days=7)
        view = self._view()
        assert isinstance(view, AgendaView)
        view.bar.who.write("everybody")
        view.refresh()
        view.hours.opened.emit(next(piece.item.id for piece in view.hours.drawn()))

    def _permanence(self) -> None:
        self._agenda("agenda.sessions")()
        view = self._view()
        assert isinstance(view, AgendaView)
        view.permanences.rows[0].activated.emit()

    def _entry(self, page: str) -> Goes:
        def go() -> None:
            self.window.show_view("settings", page=page)
            view = self._view()
            assert isinstance(view, SettingsView)
            shown = view.page(page)
            assert isinstance(shown, EntriesPage)
            shown.rows[0].activated.emit()

        return go


@pytest.fixture
def tour(qtbot: QtBot, window: MainWindow, workday: Workday, tmp_path: Path) -> Tour:
    qtbot.waitExposed(window)
    window.activateWindow()
    return Tour(window, workday.desk.workspace, tmp_path)


def _richest(base: Any) -> Any:
    from_rich = select(Case.id).where(Case.closed_on.is_(None)).order_by(Case.opened_on.desc(), Case.reference.desc())
    return base.scalar(from_rich)


def _first_partner(base: Any) -> Any:
    return base.scalar(select(Partner.id).order_by(Partner.name))


def _closed(base: Any) -> Any:
    return base.scalar(select(Case.id).where(Case.closed_on.is_not(None)).order_by(Case.reference))


def settle() -> None:
    """Layouts, hidden rows and dropped widgets are done."""
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("size", list(_SIZES))
def test_nothing_is_cut_or_lies_on_something_else(tour: Tour, size: str, mode: Mode) -> None:
    theme().set_mode(mode)
    tour.window.resize(*_SIZES[size])
    wrong = {}
    for screen in tour.screens:
        tour.go(screen)
        if found := [*sight.cut(tour.window), *sight.overlapping(tour.window)]:
            wrong[screen] = found
    assert not wrong


def test_nothing_is_cut_when_the_text_is_larger(tour: Tour) -> None:
    theme().set_scale(1.3)
    tour.window.resize(1366, 768)
    wrong = {}
    for screen in tour.screens:
        tour.go(screen)
        if found := [*sight.cut(tour.window), *sight.overlapping(tour.window)]:
            wrong[screen] = found
    assert not wrong


@pytest.mark.parametrize("size", list(_SIZES))
def test_every_control_has_a_name_for_screen_readers(tour: Tour, size: str) -> None:
    tour.window.resize(*_SIZES[size])
    wrong = {}
    for screen in tour.screens:
        tour.go(screen)
        if found := sight.nameless(tour.window):
            wrong[screen] = found
    assert not wrong


def test_the_eye_of_these_tests_sees_what_is_cut_what_overlaps_and_what_has_no_name(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    line = QHBoxLayout(holder)
    cut, button = Label("Une phrase bien trop longue pour la place qu’elle a"), QPushButton()
    cut.setFixedWidth(40)
    line.addWidget(cut)
    line.addWidget(button)
    holder.show()
    button.move(cut.pos())
    assert "Une phrase bien trop longue" in sight.cut(holder)[0]
    assert "overlaps" in sight.overlapping(holder)[0]
    assert "QPushButton" in sight.nameless(holder)[0]


def test_every_badge_says_its_state_in_words(tour: Tour) -> None:
    for screen in tour.screens:
        for badge in tour.go(screen).findChildren(Badge):
            assert not badge.isVisible() or any(sign.isalnum() for sign in badge.text()), screen


def test_a_count_of_the_folded_rail_is_said_by_its_button(tour: Tour) -> None:
    tour.window.resize(960, 540)
    tour.window.set_badge("today", 3)
    settle()
    assert any("3" in one.accessibleName() for one in sight.controls(tour.window.rail))


def test_tab_reaches_every_control_in_the_order_of_the_eye_and_shows_where_it_is(tour: Tour) -> None:
    tour.window.resize(1366, 768)
    missed, backwards, unseen = {}, {}, {}
    for screen in tour.screens:
        view = tour.go(screen)
        wanted = [one for one in sight.controls(view) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        places = {one: one.mapTo(tour.window, QPoint(0, 0)) for one in wanted}
        walk = _walk(tour.window, view, wanted)
        if lost := [sight.told(one) for one in wanted if one not in walk and _expected(one)]:
            missed[screen] = lost
        steps = [(here, there) for here, there in pairwise(walk) if {here, there} <= set(places)]
        if jumps := [
            f"{sight.told(here)} → {sight.told(there)}"
            for here, there in steps
            if places[there].y() + there.height() <= places[here].y() and places[there].x() <= places[here].x()
        ]:
            backwards[screen] = jumps
        if dim := [sight.told(one) for one in walk if one in places and not _shows_focus(one)]:
            unseen[screen] = dim
    assert not missed
    assert not backwards
    assert not unseen


def _walk(window: QWidget, view: QWidget, wanted: list[QWidget]) -> list[QWidget]:
    """What Tab goes through from the first control of the view, until it leaves it or comes back."""
    if not wanted:
        return []
    _first(view, wanted).setFocus(Qt.FocusReason.TabFocusReason)
    walk: list[QWidget] = []
    for _ in range(3 * len(wanted) + 10):
        here = QApplication.focusWidget()
        if here is None or here in walk or not view.isAncestorOf(here):
            break
        walk.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return walk


def _first(view: QWidget, wanted: list[QWidget]) -> QWidget:
    """The control that the focus chain meets first after the view itself."""
    here = view.nextInFocusChain()
    while here is not None and here is not view:
        if here in wanted:
            return here
        here = here.nextInFocusChain()
    return wanted[0]


def _expected(one: QWidget) -> bool:
    """One choice among several takes one stop of Tab, the arrows do the rest; a page that scrolls is no control."""
    parent = one.parentWidget()
    return not isinstance(one, QScrollArea) and type(parent).__name__ not in ("Segmented", "Tabs", "Stepper")


def _shows_focus(one: QWidget) -> bool:
    if isinstance(one, QAbstractItemView | QScrollArea):
        return True  # the current line shows it
    one.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    holder = one.parentWidget() or one  # a search field draws the frame around its line
    lit = holder.grab().toImage()
    one.clearFocus()
    settle()
    return bool(lit != holder.grab().toImage())
