"""The editor of each kind of field; to support a new kind, add a line here. Used by every form."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from PySide6.QtWidgets import QWidget

from boutique.forms.spec import Field, Kind
from boutique.ui.desk import Desk
from boutique.ui.forms.choice_editors import ChipsEditor, ChoiceEditor, Options, SegmentsEditor
from boutique.ui.forms.lookup_editors import ActivityEditor, CommuneEditor
from boutique.ui.forms.text_editors import DateEditor, LineEditor, LongTextEditor
from boutique.ui.widgets.segmented import Segmented

Editor: TypeAlias = LineEditor | LongTextEditor | ChoiceEditor | SegmentsEditor | ChipsEditor
_SIDE_BY_SIDE, _SHORT_WORDS = 4, 30  # answers all visible: how many, how many letters together
_YES_NO = ((True, "Oui"), (False, "Non"))


def make_editor(field: Field, desk: Desk, options: Options = ()) -> Editor:
    """The editor of a field, named after its key. `options` are the codes of an editable list."""
    made = _segments(field) if field.kind is Kind.YES_NO else _MAKERS[field.kind](field, desk, options)
    made.setObjectName(field.key)
    made.setAccessibleName(field.label)
    return made


def _line(field: Field, _desk: Desk, options: Options) -> Editor:
    if options:  # a text whose values come from a list: the type of a partner
        return ChoiceEditor(options, label=field.label, required=field.required)
    return LineEditor(field.label)


def _long(field: Field, _desk: Desk, _options: Options) -> Editor:
    return LongTextEditor(field.label, field.max_length)


def _date(field: Field, _desk: Desk, _options: Options) -> Editor:
    return DateEditor(field.label, past=field.past)


def _choice(field: Field, _desk: Desk, _options: Options) -> Editor:
    options = _choices(field)
    if len(options) <= _SIDE_BY_SIDE and sum(len(text) for _, text in options) <= _SHORT_WORDS:
        return _segments(field)
    return ChoiceEditor(options, label=field.label, required=field.required)


def _segments(field: Field) -> SegmentsEditor:
    options = _YES_NO if field.kind is Kind.YES_NO else _choices(field)
    return SegmentsEditor(options, accessible=field.label, optional=not field.required)


def _chips(field: Field, _desk: Desk, options: Options) -> Editor:
    offered = _choices(field) if field.choices else options
    alone = getattr(field.choices, "NONE", None)
    return ChipsEditor(offered, label=field.label, alone=alone)


def _choices(field: Field) -> Options:
    assert field.choices is not None
    return [(choice, choice.label) for choice in field.choices]


def _commune(field: Field, desk: Desk, _options: Options) -> Editor:
    return CommuneEditor(desk, label=field.label)


def _activity(field: Field, desk: Desk, _options: Options) -> Editor:
    return ActivityEditor(desk, label=field.label)


_MAKERS: Mapping[Kind, Callable[[Field, Desk, Options], Editor]] = {
    Kind.TEXT: _line,
    Kind.PHONE: _line,
    Kind.EMAIL: _line,
    Kind.INTEGER: _line,
    Kind.EUROS: _line,
    Kind.SIREN: _line,
    Kind.SIRET: _line,
    Kind.LONG_TEXT: _long,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _chips,
    Kind.CODES: _chips,
    Kind.COMMUNE: _commune,
    Kind.NAF: _activity,
}


def is_compact(editor: QWidget) -> bool:
    """As wide as its words: it follows its neighbours instead of sharing the line with them."""
    return isinstance(editor, Segmented | ChipsEditor)
