"""Forms on screen: every field has its editor, what is typed comes back, what is wrong is said beside it."""

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from boutique.forms import values
from boutique.forms.catalogue import FILE, FORMS, INTAKE, INTERVIEW
from boutique.forms.spec import Form, Kind
from boutique.models.choices import Allowance, EmploymentStatus, Gender, ZoningState
from boutique.models.fields import Field
from boutique.ui.desk import Desk
from boutique.ui.forms.choice_editors import ChipsEditor
from boutique.ui.forms.lookup_editors import LookupEditor
from boutique.ui.forms.text_editors import DateEditor, LineEditor, LongTextEditor
from boutique.ui.forms.view import FormView
from boutique.ui.widgets.chip import Chip


def shown(form: Form, desk: Desk, qtbot: QtBot, **arguments: object) -> FormView:
    view = FormView(form, desk, **arguments)  # type: ignore[arg-type]
    qtbot.addWidget(view)
    view.resize(900, 900)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    return view


def line(view: FormView, key: str) -> LineEditor:
    editor = view.editor(key)
    assert isinstance(editor, LineEditor)
    return editor


def type_in(view: FormView, key: str, text: str) -> None:
    editor = line(view, key)
    editor.setFocus()
    editor.clear()
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(editor, letter)
        else:  # Qt's test keyboard only has ASCII keys
            editor.insert(letter)


def leave(view: FormView, key: str) -> str:
    """Go away from a field; what it then says."""
    QTest.keyClick(view.editor(key), Qt.Key.Key_Tab)
    return view.field(key).error()


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_every_declared_field_has_a_named_editor(form: Form, desk: Desk, qtbot: QtBot) -> None:
    view = shown(form, desk, qtbot)
    expected = {field.key for field in form.fields() if field.kind is not Kind.CODES}
    assert set(view.keys()) == expected
    for field in form.fields():
        if field.key in expected:
            editor = view.editor(field.key)
            assert editor.objectName() == field.key
            assert editor.accessibleName().startswith(field.label)
            assert ("(obligatoire)" in editor.accessibleName()) == field.required


SAMPLES = {
    Kind.TEXT: "Éloïse d’Œuf & <b>fils</b>",
    Kind.LONG_TEXT: "Une ligne.\n\nUne autre : « oui ».",
    Kind.PHONE: "+33612345678",
    Kind.EMAIL: "eloise.v@exemple.fr",
    Kind.DATE: date(1991, 3, 12),
    Kind.INTEGER: 3,
    Kind.EUROS: 6000,
    Kind.YES_NO: False,
    Kind.COMMUNE: "62361",
    Kind.NAF: "10.71C",
    Kind.SIREN: "732829320",
    Kind.SIRET: "73282932000074",
}


def _sample(field: Field) -> object:
    """What this very field accepts."""
    found = SAMPLES[field.kind]
    if field.kind is Kind.TEXT:
        return str(found)[: field.max_length]
    return max(field.minimum, 3) if field.kind is Kind.INTEGER else found


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_each_kind_of_value_comes_back_from_its_editor(form: Form, desk: Desk, qtbot: QtBot) -> None:
    codes = {f.key: [("UN", "Un"), ("DEUX", "Deux")] for f in form.fields() if f.kind is Kind.CODES}
    view = shown(form, desk, qtbot, options=codes)
    for field in form.fields():
        if field.kind is Kind.CODES:
            value: object = ("UN", "DEUX")
        elif field.choices is not None:
            some = list(field.choices)[1:3]
            value = tuple(some) if field.kind is Kind.CHOICES else some[0]
        else:
            value = _sample(field)
        view.write(field.key, value)
        assert values.read(field, view.answers()[field.key]) == value, field.key
        kept = view.draft()[field.key]
        view.load({field.key: list(kept) if isinstance(kept, tuple) else kept})
        assert values.read(field, view.answers()[field.key]) == value, f"{field.key} from a draft"


def test_conditional_questions_come_and_go_without_losing_their_answer(desk: Desk, qtbot: QtBot) -> None:
    view = shown(INTAKE, desk, qtbot)
    assert view.field("holder.allowances").isHidden()
    view.write("holder.employment_status", EmploymentStatus.JOBSEEKER_WITH_BENEFIT)
    assert not view.field("holder.allowances").isHidden()
    assert not view.field("holder.registration_duration").isHidden()
    view.write("holder.allowances", (Allowance.UNEMPLOYMENT_BENEFIT,))
    view.write("holder.employment_status", EmploymentStatus.RETIRED)
    assert view.field("holder.allowances").isHidden()
    assert view.answers()["holder.allowances"] == (Allowance.UNEMPLOYMENT_BENEFIT,)
    assert "holder.allowances" not in INTAKE.read(view.answers())[0]


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("holder.birth_date", "31/02/1990", "Il n’y a pas de 31"),
        ("holder.birth_date", "12/13/1990", "Il n’y a pas de mois 13"),
        ("holder.birth_date", "01/01/2090", "dans le futur"),
        ("holder.birth_date", "blabla", "n’est pas lisible"),
        ("holder.phone", "06 12", "n’existe pas"),
        ("holder.phone", "abc", "téléphone"),
        ("holder.email", "eloise@", "e-mail"),
        ("holder.email", "=cmd|'/C calc'!A0", "e-mail"),
        ("holder.commune_code", "99999", "pas reconnue"),
        ("holder.commune_code", "<img src=x>", "pas reconnue"),
        ("holder.last_name", "é" * 201, "rien n’a été coupé"),
    ],
)
def test_what_is_wrong_is_said_under_the_field_when_it_is_left(
    key: str, typed: str, said: str, desk: Desk, qtbot: QtBot
) -> None:
    view = shown(INTAKE, desk, qtbot)
    type_in(view, key, typed)
    assert said in leave(view, key)
    assert line(view, key).text() == typed  # nothing was lost
    assert said in line(view, key).accessibleDescription()
    line(view, key).setFocus()
    QTest.keyClicks(line(view, key), "1")
    assert view.field(key).error() == ""  # it goes as soon as one corrects


@pytest.mark.parametrize(
    "typed",
    ["Zoé 🙂", "מרים", "=cmd|'/C calc'!A0", "<img src=x onerror=alert(1)>", "Ng\x00uy\x07ễn", "a\u202eb", "-1+1"],
)
def test_any_text_is_only_text(typed: str, desk: Desk, qtbot: QtBot) -> None:
    view = shown(INTAKE, desk, qtbot)
    line(view, "holder.last_name").paste_text(typed)
    view.write("holder.first_name", "Zoé")
    view.write("passage.happened_on", date(2026, 11, 1))
    assert view.errors() == {}
    read, _ = INTAKE.read(view.answers())
    assert read["holder.last_name"] == typed.replace("\x00", "").replace("\x07", "").replace("\u202e", "")


def test_a_paste_of_a_megabyte_is_refused_whole_and_said(desk: Desk, qtbot: QtBot) -> None:
    view = shown(INTERVIEW, desk, qtbot)
    long = view.editor("interview.summary")
    assert isinstance(long, LongTextEditor)
    long.write("Déjà écrit.")
    pasted = QMimeData()
    pasted.setText("x" * 1_000_000)
    long.insertFromMimeData(pasted)
    assert long.read() == "Déjà écrit."
    assert "rien n’a été collé" in view.field("interview.summary").error()

    who = shown(INTAKE, desk, qtbot)
    QGuiApplication.clipboard().setText("x" * 1_000_000)
    line(who, "holder.last_name").setFocus()
    QTest.keyClick(line(who, "holder.last_name"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert line(who, "holder.last_name").text() == ""
    assert "1\u202f000\u202f000 caractères" in who.field("holder.last_name").error()


def test_rich_text_is_pasted_as_plain_text(desk: Desk, qtbot: QtBot) -> None:
    view = shown(INTERVIEW, desk, qtbot)
    long = view.editor("interview.summary")
    assert isinstance(long, LongTextEditor)
    pasted = QMimeData()
    pasted.setHtml("<b>gras</b>")
    pasted.setText("gras")
    long.insertFromMimeData(pasted)
    assert long.read() == "gras"


@pytest.mark.parametrize(
    ("key", "typed", "tidied"),
    [
        ("holder.phone", "0612345678", "06 12 34 56 78"),
        ("holder.phone", "+33 6.12.34.56.78", "06 12 34 56 78"),
        ("holder.birth_date", "12.3.91", "12/03/1991"),
        ("holder.birth_date", "12 mars 1991", "12/03/1991"),
    ],
)
def test_what_is_right_is_tidied_when_the_field_is_left(
    key: str, typed: str, tidied: str, desk: Desk, qtbot: QtBot
) -> None:
    view = shown(INTAKE, desk, qtbot)
    type_in(view, key, typed)
    assert leave(view, key) == ""
    assert line(view, key).text() == tidied


def test_a_commune_is_chosen_with_the_keyboard_and_read_as_its_code(desk: Desk, qtbot: QtBot) -> None:
    view = shown(INTAKE, desk, qtbot)
    editor = view.editor("holder.commune_code")
    assert isinstance(editor, LookupEditor)
    editor.near = "62361"  # type: ignore[attr-defined]
    type_in(view, "holder.commune_code", "frev")
    qtbot.waitUntil(editor._list.isVisible)
    QTest.keyClick(editor._list, Qt.Key.Key_Return)
    assert editor.text() == "Frévent (62270)"
    assert view.answers()["holder.commune_code"] == "62361"
    QTest.keyClicks(editor, "x")
    assert view.answers()["holder.commune_code"] is None


def test_a_commune_typed_in_full_counts_as_chosen(desk: Desk, qtbot: QtBot) -> None:
    view = shown(INTAKE, desk, qtbot)
    line(view, "holder.commune_code").setText("saint pol sur ternoise")
    line(view, "project.naf_code").setText("10.71C")
    view.settle()
    assert view.answers()["holder.commune_code"] == "62767"
    assert view.answers()["project.naf_code"] == "10.71C"


def test_enter_goes_on_to_the_next_field(desk: Desk, qtbot: QtBot) -> None:
    view = shown(INTAKE, desk, qtbot)
    view.focus("holder.first_name")
    QTest.keyClick(view.editor("holder.first_name"), Qt.Key.Key_Return)
    assert view.editor("holder.last_name").hasFocus()


def test_only_the_two_names_are_required_at_the_counter(desk: Desk, qtbot: QtBot) -> None:
    view = shown(INTAKE, desk, qtbot)
    view.load({"passage.happened_on": date(2026, 11, 1)})
    errors = view.errors()
    assert set(errors) == {"holder.first_name", "holder.last_name"}
    assert view.show_errors(errors)
    assert view.editor("holder.first_name").hasFocus()
    assert "obligatoire" in view.field("holder.last_name").error()


def test_rows_laid_out_by_hand_keep_the_fields_that_nobody_placed(desk: Desk, qtbot: QtBot) -> None:
    rows = {"who": ((("holder.last_name", 7), "holder.first_name"),)}
    view = shown(INTAKE, desk, qtbot, rows=rows, sections=("who",))
    assert view.keys()[:2] == ("holder.last_name", "holder.first_name")
    assert set(view.keys()) == {field.key for field in INTAKE.sections[0].fields}


def test_chips_are_added_from_the_menu_and_taken_away_with_a_key(desk: Desk, qtbot: QtBot) -> None:
    view = shown(FILE, desk, qtbot, sections=("situation",))
    view.write("holder.employment_status", EmploymentStatus.JOBSEEKER_WITHOUT_BENEFIT)
    chips = view.editor("holder.allowances")
    assert isinstance(chips, ChipsEditor)
    rsa = next(a for a in chips.menu().actions() if a.text() == "RSA")
    chips._picked(rsa)
    assert view.answers()["holder.allowances"] == (Allowance.ACTIVE_SOLIDARITY_INCOME,)
    assert "RSA" not in [a.text() for a in chips.menu().actions()]
    chips.choose(Allowance.NONE)
    assert chips.read() == (Allowance.NONE,)
    chips.choose(Allowance.DISABLED_ADULT_ALLOWANCE)
    assert chips.read() == (Allowance.DISABLED_ADULT_ALLOWANCE,)
    chip = next(chip for chip in chips.findChildren(Chip) if not chip.isHidden())
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert chips.read() == ()


def test_a_form_is_dirty_only_after_an_edit(desk: Desk, qtbot: QtBot) -> None:
    view = shown(INTAKE, desk, qtbot)
    view.load({"holder.first_name": "Éloïse", "holder.gender": Gender.FEMALE, "holder.lives_in_qpv": ZoningState.NO})
    assert not view.is_dirty()
    with qtbot.waitSignal(view.changed) as told:
        view.write("holder.last_name", "Vandenbroucke")
    assert told.args == ["holder.last_name"]
    assert view.is_dirty()


def test_the_calendar_writes_the_day_chosen(desk: Desk, qtbot: QtBot) -> None:
    view = shown(INTAKE, desk, qtbot)
    editor = view.editor("holder.birth_date")
    assert isinstance(editor, DateEditor)
    type_in(view, "holder.birth_date", "12/03/1991")
    QTest.keyClick(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert editor._popup is not None
    editor._popup._pick(editor._popup._month.selectedDate().addDays(1))
    assert editor.text() == "13/03/1991"


def test_no_editor_cuts_what_is_typed(desk: Desk, qtbot: QtBot) -> None:
    view = shown(INTAKE, desk, qtbot)
    for editor in view.findChildren(QLineEdit):
        assert editor.maxLength() > 1_000_000 or editor.isReadOnly() or "." not in editor.objectName()
