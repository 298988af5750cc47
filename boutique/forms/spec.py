"""Qt-free form: what to show, in which order, what is wrong. Used by screens, services and documents."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from boutique.core.conditions import Truth, all_of
from boutique.core.errors import UserError
from boutique.forms import values
from boutique.models.fields import Field as Field
from boutique.models.fields import Kind as Kind  # the window knows fields and kinds through the forms
from boutique.models.fields import Privacy as Privacy
from boutique.models.fields import fields_of

Answers = dict[str, Any]  # field key → typed value; a missing key and None both mean « not known »


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    title: str
    fields: tuple[Field, ...]


# What no field can see alone (an end before a beginning): one sentence for the key it is shown beside.
Check = Callable[[Mapping[str, Any]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Form:
    """An ordered set of declared fields; `name` identifies its drafts, `checks` compare the answers."""

    name: str
    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()

    def fields(self) -> tuple[Field, ...]:
        return tuple(field for section in self.sections for field in section.fields)

    def field(self, key: str) -> Field:
        return next(field for field in self.fields() if field.key == key)

    def visible(self, answers: Mapping[str, Any]) -> frozenset[str]:
        """Keys of the fields to show; a conditional question waits until its condition is known to hold."""
        own = self.fields()
        shown = frozenset(field.key for field in own)
        while True:
            # What was answered to a question that is hidden by now no longer opens any other.
            silent = {field.key for field in own} - shown
            heard = {key: value for key, value in answers.items() if key not in silent}
            kept = frozenset(field.key for field in own if all_of(field.visible_if, heard).truth is Truth.TRUE)
            if kept == shown:
                return shown
            shown = kept

    def read(self, typed: Mapping[str, Any]) -> tuple[Answers, dict[str, str]]:
        """(typed values of the visible fields, one French sentence per field that cannot be accepted)."""
        answers: Answers = {}
        errors: dict[str, str] = {}
        for field in self.fields():
            try:
                answers[field.key] = values.read(field, typed.get(field.key))
            except UserError as error:
                errors[field.key] = str(error)
        shown = self.visible(answers)
        for field in self.fields():
            if field.key not in shown:
                answers.pop(field.key, None)
                errors.pop(field.key, None)
            elif field.required and field.key not in errors and answers.get(field.key) is None:
                errors[field.key] = f"« {field.label} » est obligatoire."
        for check in self.checks:
            told = check({key: answer for key, answer in answers.items() if key not in errors and answer is not None})
            errors |= {key: sentence for key, sentence in told.items() if key not in errors}
        return answers, errors

    def accept(self, typed: Mapping[str, Any]) -> Answers:
        """Typed values, or one UserError that holds every sentence."""
        answers, errors = self.read(typed)
        if errors:
            raise UserError(" ".join(dict.fromkeys(errors.values())))
        return answers

    def completeness(self, answers: Mapping[str, Any]) -> float:
        """Share (0 to 1) of the fields that count in a complete file and are answered, among those shown."""
        shown = self.visible(answers)
        asked = [field for field in self.fields() if field.counts and field.key in shown]
        return sum(answers.get(field.key) is not None for field in asked) / len(asked) if asked else 1.0


def form_for(name: str, titles: Mapping[str, str], *models: type) -> Form:
    """One form from the fields of one or several entities; `titles` gives the sections and their order."""
    by_section: dict[str, list[Field]] = {code: [] for code in titles}
    for model in models:
        for field in fields_of(model):
            if field.section in by_section:
                by_section[field.section].append(field)
    return Form(name, tuple(Section(code, titles[code], tuple(group)) for code, group in by_section.items()))
