"""The closed vocabulary of facts and the conditions written over it, for referral rules and schemes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from boutique.core.conditions import OPERATORS, Condition, Truth, Verdict, all_of, both
from boutique.rules.resources import build, known, label_of, only, read, refuse, tables, unique

FILE = "rules/fields.toml"

Group = tuple[Condition, ...]

_OPERATORS = {
    "bool": {"is_true", "is_false"},
    "enum": {"=", "!=", "in", "not_in"},
    "list": {"contains", "contains_any"},
    "int": {"=", "!=", "in", "not_in", ">", ">=", "<", "<="},
    "eur": {"=", "!=", ">", ">=", "<", "<="},
}
_SEVERAL = {"in", "not_in", "contains_any"}
_NUMBER_WORDS = {
    "=": "est de",
    "!=": "n’est pas de",
    ">": "dépasse",
    ">=": "est d’au moins",
    "<": "est inférieur à",
    "<=": "est d’au plus",
}


@dataclass(frozen=True, slots=True)
class FactField:
    """One fact the application may know: `place` says where it is asked."""

    name: str
    type: str
    label: str
    asked_in: str
    place: str
    values: Mapping[str, str]
    if_yes: str = ""
    if_no: str = ""
    range: tuple[int, ...] = ()
    unit: str = ""
    help: str = ""
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """An answer that would settle something: what to ask, and where."""

    field: str
    label: str
    asked_in: str
    place: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Criteria:
    """All of `all_of`, one group of `any_of`, no group of `none_of`; a group holds when all of it holds."""

    all_of: Group = ()
    any_of: tuple[Group, ...] = ()
    none_of: tuple[Group, ...] = ()

    def verdict(self, facts: Mapping[str, Any]) -> Verdict:
        """Requirements only; exclusions are asked for apart."""
        return both(all_of(self.all_of, facts), _one_of(self.any_of, facts) if self.any_of else Verdict(Truth.TRUE))

    def excluded(self, facts: Mapping[str, Any]) -> Verdict:
        return _one_of(self.none_of, facts)

    def conditions(self) -> tuple[Condition, ...]:
        groups = (self.all_of, *self.any_of, *self.none_of)
        return tuple(condition for group in groups for condition in group)


def _one_of(groups: Iterable[Group], facts: Mapping[str, Any]) -> Verdict:
    missing: list[str] = []
    for group in groups:
        verdict = all_of(group, facts)
        if verdict.truth is Truth.TRUE:
            return verdict
        missing.extend(verdict.missing)
    return Verdict(Truth.UNKNOWN, tuple(dict.fromkeys(missing))) if missing else Verdict(Truth.FALSE)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every known fact; turns raw conditions into checked ones and back into French."""

    fields: Mapping[str, FactField]

    def missing(self, names: Iterable[str]) -> tuple[Missing, ...]:
        found = (self.fields[name] for name in dict.fromkeys(names))
        return tuple(Missing(f.name, f.label, f.asked_in, f.place, f.sensitive) for f in found)

    def criteria(self, entry: Mapping[str, Any], where: str) -> Criteria:
        return Criteria(
            self.group(entry.get("all_of", []), where),
            self._groups(entry.get("any_of", []), where),
            self._groups(entry.get("none_of", []), where),
        )

    def group(self, raw: Any, where: str) -> Group:
        if not isinstance(raw, list):
            raise refuse(where, "les conditions s’écrivent entre crochets")
        return tuple(self.condition(item, where) for item in raw)

    def _groups(self, raw: Any, where: str) -> tuple[Group, ...]:
        if not isinstance(raw, list):
            raise refuse(where, "les conditions s’écrivent entre crochets")
        return tuple(self.group(item, where) if _is_group(item) else (self.condition(item, where),) for item in raw)

    def condition(self, raw: Any, where: str) -> Condition:
        """`[fact, operator, value]`, each of them checked against the vocabulary."""
        if not isinstance(raw, list) or len(raw) not in (2, 3) or not all(isinstance(x, str) for x in raw[:2]):
            raise refuse(where, f"condition mal écrite : {raw}")
        name, op = raw[0], raw[1]
        known(name, self.fields, where, "le fait")
        known(op, OPERATORS, where, "l’opérateur")
        kind = self.fields[name].type
        if op not in _OPERATORS[kind]:
            raise refuse(where, f"l’opérateur « {op} » ne s’applique pas à « {name} »")
        if (kind == "bool") != (len(raw) == 2):
            raise refuse(where, f"condition mal écrite : {raw}")
        if kind == "bool":
            return Condition(name, op)
        self._check_values(name, raw[2], op in _SEVERAL, where)
        return Condition(name, op, tuple(raw[2]) if op in _SEVERAL else raw[2])

    def check_facts(self, facts: Mapping[str, Any], where: str) -> None:
        """Refuse a test case whose facts the vocabulary does not know."""
        for name, value in facts.items():
            known(name, self.fields, where, "le fait")
            kind = self.fields[name].type
            if kind == "bool":
                if not isinstance(value, bool):
                    raise refuse(where, f"« {name} » vaut true ou false")
            else:
                self._check_values(name, value, kind == "list", where)

    def _check_values(self, name: str, value: Any, several: bool, where: str) -> None:  # noqa: FBT001
        if several != isinstance(value, list):
            raise refuse(where, f"la valeur de « {name} » n’a pas la forme attendue")
        field = self.fields[name]
        for item in value if several else [value]:
            if field.values:
                known(item, field.values, where, f"la valeur de « {name} »")
            elif type(item) is not int or not field.range[0] <= item <= field.range[1]:
                raise refuse(where, f"la valeur de « {name} » doit être comprise dans {list(field.range)}")

    def describe(self, condition: Condition) -> str:
        """A condition as the end of a French sentence that begins with « Si »."""
        field = self.fields[condition.field]
        if field.type == "bool":
            return field.if_yes if condition.op == "is_true" else field.if_no
        wanted = condition.wanted if condition.op in _SEVERAL else (condition.wanted,)
        name = f"«\u00a0{field.label}\u00a0»"
        if not field.values:
            return f"{name} {_numbers(condition.op, wanted, field.unit)}"
        names = [f"«\u00a0{field.values[value]}\u00a0»" for value in wanted]
        if condition.op in ("!=", "not_in"):
            return f"{name} n’est pas {' ni '.join(names)}"
        verb = "comprend" if field.type == "list" else "est"
        return f"{name} {verb} {' ou '.join(names)}"

    def state(self, name: str, value: Any) -> str:
        """What the file says of one fact, in a few French words."""
        field = self.fields[name]
        if field.type == "bool":
            return _capital(field.if_yes if value else field.if_no)
        if field.type == "list":
            return f"{field.label}\u00a0: {', '.join(field.values.get(v, str(v)) for v in value) or 'aucune'}"
        text = field.values.get(value, str(value)) if field.values else _amount(value, field.unit)
        return f"{field.label}\u00a0: {text}"

    def describe_group(self, group: Group) -> str:
        return " et ".join(self.describe(condition) for condition in group)


def _is_group(item: Any) -> bool:
    return isinstance(item, list) and bool(item) and isinstance(item[0], list)


def _amount(value: int, unit: str) -> str:
    return f"{value:,}".replace(",", "\u00a0") + (f"\u00a0{unit}" if unit else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _numbers(op: str, wanted: tuple[int, ...], unit: str) -> str:
    texts = [_amount(value, unit) for value in wanted]
    if op in _SEVERAL:
        following = list(wanted) == list(range(wanted[0], wanted[0] + len(wanted)))
        inside = f"compris entre {texts[0]} et {texts[-1]}" if following else f"parmi {', '.join(texts)}"
        return f"est {inside}" if op == "in" else f"n’est pas {inside}"
    return f"{_NUMBER_WORDS[op]} {texts[0]}"


@cache
def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """The facts of `rules/fields.toml`."""
    content = read(FILE, folder)
    only(content, ("places", "field"), FILE)
    places: dict[str, str] = content.get("places", {})
    found: dict[str, FactField] = {}
    entries = tables(content, "field", FILE)
    unique((entry.get("name", "") for entry in entries), FILE)
    for entry in entries:
        where = label_of(entry, FILE, "name")
        place = places[known(entry.get("asked_in", ""), places, where, "le lieu de la question")]
        field = build(FactField, entry, where, values=entry.get("values", {}), place=place)
        known(field.type, _OPERATORS, where, "le type")
        if (field.type in ("enum", "list")) != bool(field.values):
            raise refuse(where, "une liste de valeurs est attendue pour enum et list, et pour eux seuls")
        if (field.type in ("int", "eur")) != (len(field.range) == 2):
            raise refuse(where, "« range » (deux nombres) est attendu pour int et eur, et pour eux seuls")
        if (field.type == "bool") != bool(field.if_yes and field.if_no):
            raise refuse(where, "« if_yes » et « if_no » sont attendus pour bool, et pour lui seul")
        found[field.name] = field
    return Vocabulary(found)
