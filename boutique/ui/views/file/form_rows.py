"""How the fields of the file share the lines of a narrow column; generated, so that a new field finds its place."""

from collections.abc import Sequence

from boutique.forms.spec import Field, Form, Kind
from boutique.ui.forms.layout import Row

_ALONE = (Kind.LONG_TEXT, Kind.CHOICES, Kind.NAF)
_LONG_LABEL, _FEW = 24, 4


def narrow_rows(form: Form) -> dict[str, list[Row]]:
    """Rows of each section: yes-or-no questions run on together, others go by two, long labels have the line."""
    return {section.code: _rows(section.fields) for section in form.sections}


def _rows(fields: Sequence[Field]) -> list[Row]:
    rows: list[list[str]] = []
    before = ""
    for field in fields:
        kind = _shape(field)
        together = (kind == before == "flow") or (kind == before == "pair" and len(rows[-1]) == 1)
        if together:
            rows[-1].append(field.key)
        else:
            rows.append([field.key])
        before = kind
    return list(rows)


def _shape(field: Field) -> str:
    if field.kind is Kind.YES_NO:
        return "flow"
    few = field.choices is not None and len(field.choices) <= _FEW
    return "alone" if field.kind in _ALONE or few or len(field.label) > _LONG_LABEL else "pair"
