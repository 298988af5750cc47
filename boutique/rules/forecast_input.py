"""From what is typed to the assumptions of a forecast, and back: one reader for typed, kept and stored texts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from boutique.core import french
from boutique.core.errors import UserError
from boutique.core.text import clean
from boutique.models.choices import Choice
from boutique.rules.forecast_terms import GENERAL, LINES, LOANS, MOST_LINES, SEASON, Assumptions, Kind, Term

Typed = dict[str, Any]  # texts by name; lists of such for the lines; twelve texts for the season
Errors = dict[str, str]  # « resources.0.rate » → sentence
_TWO = Decimal("0.01")
_LISTS = {"needs": "Lignes de besoins", "resources": "Lignes de ressources", "sales": "Lignes de ventes",
          "charges": "Lignes de charges fixes", "season": "Saisons"}  # fmt: skip


def blank(start: date) -> Typed:
    """An empty forecast that starts the month after `start`."""
    following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    typed: Typed = {name: _plain(term, term.default) for name, term in GENERAL.items()}
    typed |= {"start_month": str(following.month), "start_year": str(following.year)}
    return typed | {name: [] for name in LINES} | {"season": ["100"] * 12}


def read(typed: Mapping[str, Any]) -> tuple[Assumptions, Errors]:
    """The assumptions, defaults in place of what cannot be read; one French sentence for each of these."""
    errors: Errors = {}
    values: dict[str, Any] = {name: _value(term, typed.get(name), name, errors) for name, term in GENERAL.items()}
    season = [*(typed.get("season") or ()), *([""] * 12)][:12]
    values["season"] = tuple(_value(SEASON, text, f"season.{rank}", errors) for rank, text in enumerate(season))
    for name, (kind, terms) in LINES.items():
        values[name] = tuple(_lines(name, kind, terms, typed.get(name) or (), errors))
    return Assumptions(**values), errors


def accept(typed: Mapping[str, Any]) -> Assumptions:
    """The assumptions, or one UserError that holds every sentence."""
    assumptions, errors = read(typed)
    if errors:
        raise UserError(" ".join(dict.fromkeys(errors.values())))
    return assumptions


def stored(assumptions: Assumptions) -> Typed:
    """Assumptions as texts that do not depend on how they are shown: what the base keeps."""
    return _texts(assumptions, _plain)


def shown(assumptions: Assumptions) -> Typed:
    """Assumptions as one reads and types them."""
    return _texts(assumptions, _french)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """What changed between two stored forecasts, in words, for the history."""
    told = [
        f"{term.label} : {_worded(term, before.get(name))} → {_worded(term, after.get(name))}"
        for name, term in GENERAL.items()
        if before.get(name) != after.get(name)
    ]
    for name, label in _LISTS.items():
        old, new = before.get(name) or [], after.get(name) or []
        if old != new:
            counts = f"{french.plural(len(old), 'ligne')} → {french.plural(len(new), 'ligne')}"
            told.append(f"{label} : {'modifiées' if len(old) == len(new) else counts}")
    return tuple(told)


def _worded(term: Term, text: Any) -> str:
    value = _value(term, text, "", {})
    return value.label if isinstance(value, Choice) else _french(term, value)


def is_blank(terms: Mapping[str, Term], line: Mapping[str, Any]) -> bool:
    """A line where nothing was typed beside its choice and its usual values."""
    return not any(
        str(line.get(name) or "").strip()
        for name, term in terms.items()
        if term.kind in (Kind.TEXT, Kind.MONEY, Kind.NUMBER)
    )


def _lines(
    name: str, kind: type, terms: Mapping[str, Term], lines: Sequence[Mapping[str, Any]], errors: Errors
) -> list[Any]:
    made = []
    if len(lines) > MOST_LINES:
        errors[name] = f"Il y a plus de {MOST_LINES} lignes. Regroupez les plus petites."
    for rank, line in enumerate(lines[:MOST_LINES]):
        if is_blank(terms, line):
            continue
        path = f"{name}.{rank}"
        values = {key: _value(term, line.get(key), f"{path}.{key}", errors) for key, term in terms.items()}
        _together(name, values, path, errors)
        made.append(kind(**values))
    return made


def _together(name: str, values: dict[str, Any], path: str, errors: Errors) -> None:
    """What two answers of a line must not be together."""
    if name == "resources" and values["kind"] in LOANS and values["deferral"] >= values["months"]:
        errors[f"{path}.deferral"] = "Le différé doit être plus court que la durée du prêt."
        values["deferral"] = 0
    if name == "sales":
        if values["amount"] is not None and (values["units"] is not None or values["price"] is not None):
            errors[f"{path}.amount"] = "Donnez des ventes et un prix, ou un montant : pas les deux."
            values["amount"] = None
        if values["amount"] is None:
            values["units"], values["price"] = values["units"] or Decimal(0), values["price"] or Decimal(0)


def _value(term: Term, typed: Any, path: str, errors: Errors) -> Any:
    text = clean(str(typed if typed is not None else ""))
    if not text:
        return term.default
    try:
        return _checked(term, _READERS[term.kind](term, text))
    except UserError as error:
        errors[path] = str(error)
        return term.default


def _checked(term: Term, value: Any) -> Any:
    if term.kind in (Kind.TEXT, Kind.CHOICE):
        return value
    if value < 0 <= term.least:
        raise UserError(f"« {term.label} » ne peut pas être négatif.")
    if not term.least <= value <= term.most:
        low, high = (french.show_number(int(limit)) for limit in (term.least, term.most))
        raise UserError(f"« {term.label} » va de {low} à {high}.")
    return value


def _text(term: Term, text: str) -> str:
    if len(text) > term.limit:
        raise UserError(f"« {term.label} » accepte {term.limit} caractères ; il y en a {len(text)}. Raccourcissez.")
    return text


def _money(_term: Term, text: str) -> Decimal:
    return french.parse_money(text)


def _number(_term: Term, text: str) -> Decimal:
    value = french.parse_decimal(text)
    if value != value.quantize(_TWO):
        raise UserError("Deux chiffres après la virgule suffisent.")
    return value.quantize(_TWO)


def _count(term: Term, text: str) -> int:
    value = french.parse_decimal(text)
    if value != int(value):
        raise UserError(f"« {term.label} » attend un nombre entier.")
    return int(value)


def _choice(term: Term, text: str) -> Choice:
    for choice in term.choices:
        if text in (choice.value, choice.label):
            return choice
    raise UserError(f"« {text[:60]} » n’est pas dans la liste de « {term.label} ».")


_READERS = {
    Kind.TEXT: _text,
    Kind.MONEY: _money,
    Kind.NUMBER: _number,
    Kind.RATE: _number,
    Kind.COUNT: _count,
    Kind.CHOICE: _choice,
}


def _texts(assumptions: Assumptions, write: Callable[[Term, Any], str]) -> Typed:
    typed: Typed = {name: write(term, getattr(assumptions, name)) for name, term in GENERAL.items()}
    typed["season"] = [write(SEASON, share) for share in assumptions.season]
    for name, (_, terms) in LINES.items():
        lines = getattr(assumptions, name)
        typed[name] = [{key: write(term, getattr(line, key)) for key, term in terms.items()} for line in lines]
    return typed


def _plain(_term: Term, value: Any) -> str:
    if isinstance(value, Choice):
        return value.value
    return "" if value is None else str(value)


def _french(term: Term, value: Any) -> str:
    if not isinstance(value, Decimal):
        return _plain(term, value)
    if value == value.to_integral_value():
        return french.show_number(int(value))
    text = french.show_number(value, 2)
    return text if term.kind is Kind.MONEY else text.rstrip("0")
