"""Reading of the resource files, for this whole package: TOML in, frozen records out, nothing unknown."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin

from boutique.core.paths import resources_folder

T = TypeVar("T")

# People type ordinary spaces; screens and printed pages must not start a line with « ? » or cut « 45 000 € ».
_BEFORE_SIGN = re.compile(r" (?=[?!:;»%€])")
_AFTER_QUOTE = re.compile(r"(?<=«) ")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")


def refuse(where: str, problem: str) -> ValueError:
    """The error of a resource file: names the file and the entry, so that whoever edited it finds it."""
    return ValueError(f"{where} : {problem}")


def read(name: str, folder: Path | None = None) -> dict[str, Any]:
    """Content of one file of the resources folder (`rules/referral.toml`)."""
    return parse(((folder or resources_folder()) / name).read_text("utf-8"), name)


def parse(text: str, name: str) -> dict[str, Any]:
    """Content of a text written as the resource files are."""
    try:
        return tomllib.loads(_unbreakable(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise refuse(f"resources/{name}", f"fichier mal écrit ({error})") from error


def tables(content: Mapping[str, Any], key: str, name: str) -> list[dict[str, Any]]:
    """The `[[key]]` blocks of a file or of a block, which must hold at least one."""
    found = content.get(key)
    if not isinstance(found, list) or not found or not all(isinstance(item, dict) for item in found):
        raise refuse(f"resources/{name}", f"aucun bloc [[{key}]]")
    return found


def only(content: Mapping[str, Any], known: Iterable[str], name: str) -> None:
    """Refuse a file whose first level holds anything else than `known`."""
    if extra := [key for key in content if key not in set(known)]:
        raise refuse(f"resources/{name}", f"clé inconnue « {extra[0]} »")


def label_of(entry: Mapping[str, Any], name: str, key: str = "code") -> str:
    """How errors call an entry: file and code."""
    return f"resources/{name}, {entry.get(key, 'entrée sans ' + key)}"


def build(record: type[T], entry: Mapping[str, Any], where: str, **ready: Any) -> T:
    """One record from one block: unknown, missing and ill-typed keys are refused; `ready` values win."""
    specs = _specs(cast("Any", record))
    if extra := [key for key in entry if key not in specs]:
        raise refuse(where, f"clé inconnue « {extra[0]} »")
    values = {key: _frozen(value) for key, value in entry.items() if key not in ready}
    for key, value in values.items():
        if not _fits(value, specs[key].type):
            raise refuse(where, f"« {key} » n’a pas la forme attendue")
    if lacking := [key for key, spec in specs.items() if _required(spec) and key not in values | ready]:
        raise refuse(where, f"« {lacking[0]} » manque")
    return record(**values, **ready)


def known(value: str, names: Iterable[str], where: str, what: str) -> str:
    """`value`, when it is one of `names`."""
    if value not in names:
        raise refuse(where, f"{what} « {value} » n’existe pas")
    return value


def unique(codes: Iterable[str], name: str) -> None:
    """Refuse a code used twice."""
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise refuse(f"resources/{name}, {code}", "ce code est utilisé deux fois")
        seen.add(code)


def _unbreakable(text: str) -> str:
    text = _BEFORE_SIGN.sub("\u00a0", text)
    return _THOUSANDS.sub("\u00a0", _AFTER_QUOTE.sub("\u00a0", text))


@cache
def _specs(record: type[Any]) -> dict[str, Field[Any]]:
    return {spec.name: spec for spec in fields(record) if spec.init}


def _required(spec: Field[Any]) -> bool:
    return spec.default is MISSING and spec.default_factory is MISSING


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _fits(value: object, wanted: Any) -> bool:
    origin = get_origin(wanted)
    if origin is UnionType:
        return any(_fits(value, choice) for choice in get_args(wanted))
    if origin is tuple:
        return isinstance(value, tuple) and all(_fits(item, get_args(wanted)[0]) for item in value)
    if wanted is float:
        return type(value) in (int, float)
    if wanted in (str, int, bool, date):
        return type(value) is wanted
    return wanted is not type(None)
