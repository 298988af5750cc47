"""Looking at a document in a process apart, so that a hostile one cannot hurt the window; see exports.pictures."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import boutique

SECONDS = 20
_MOST_HEADER, _MOST_FORM = 20_000, 2_000_000
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_PROBLEMS = {
    "large": "Cette image est trop grande pour être affichée ici. Elle est gardée telle quelle.",
    "broken": "Ce fichier est abîmé ou incomplet : il ne peut pas être affiché. Demandez-en un autre exemplaire.",
    "password": "Ce PDF est protégé par un mot de passe : il ne peut pas être affiché ici.",
    "slow": "Ce document est trop long ou trop lourd à afficher ici. Ouvrez-le dans votre programme habituel.",
}


@dataclass(frozen=True, slots=True)
class Page:
    """Pixels of a page, four bytes each: blue, green, red, nothing."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Look:
    """What a document is; `problem` is a sentence when it cannot be shown."""

    pages: int = 0
    gps: bool = False
    active: bool = False
    problem: str = ""
    drawn: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a PDF (a ticked box is « /Yes ») and its words; `problem` is a sentence when it cannot be read."""

    fields: dict[str, str] = field(default_factory=dict)
    text: str = ""
    problem: str = ""


def command(*, width: int, first: int = 0, pages: int) -> tuple[str, list[str]]:
    """Program and arguments that draw the document given on the standard input."""
    own = [] if getattr(sys, "frozen", False) else ["-m", "boutique"]
    asked = {"--width": width, "--first": first, "--pages": pages}
    return sys.executable, [*own, "draw", *(str(part) for pair in asked.items() for part in pair)]


def read_form(content: bytes) -> Form:
    """What was filled in a PDF form; waits for the other process, never more than some seconds."""
    program, arguments = command(width=0, pages=0)
    try:
        done = subprocess.run(  # noqa: S603 - this very program
            [program, *arguments, "--form"], input=content, capture_output=True, timeout=SECONDS, check=False,
            env=environment(), creationflags=_NO_WINDOW,
        )  # fmt: skip
        told: dict[str, Any] = json.loads(done.stdout[:_MOST_FORM])
        fields = {str(name): str(value) for name, value in told.get("fields", {}).items()}
        return Form(fields, str(told.get("text", "")), _PROBLEMS.get(str(told.get("problem", "")), ""))
    except subprocess.TimeoutExpired:
        return Form(problem=_PROBLEMS["slow"])
    except (ValueError, AttributeError):
        return Form(problem=_PROBLEMS["broken"])


def environment() -> dict[str, str]:
    """That of this process, from where the program is found whatever the working folder."""
    home = str(Path(boutique.__file__).resolve().parent.parent)
    paths = [home, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def inspect(stream: BinaryIO) -> Look:
    """What a document is, without drawing it; waits for the other process, never more than some seconds."""
    program, arguments = command(width=400, pages=0)
    try:
        done = subprocess.run(  # noqa: S603 - this very program
            [program, *arguments], stdin=stream, capture_output=True, timeout=SECONDS, check=False, env=environment(),
            creationflags=_NO_WINDOW,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return too_slow()
    return read(done.stdout)


def read(answer: bytes) -> Look:
    """The answer of the other process; one that died in the middle says that the document is broken."""
    header, _, pixels = answer.partition(b"\n")
    try:
        told: dict[str, Any] = json.loads(header[:_MOST_HEADER])
        drawn, start = [], 0
        for width, high in told["sizes"]:
            part = pixels[start : start + width * high * 4]
            if len(part) != width * high * 4:
                return Look(problem=_PROBLEMS["broken"])
            drawn.append(Page(width, high, part))
            start += len(part)
    except (ValueError, KeyError, TypeError):
        return Look(problem=_PROBLEMS["slow"])
    return Look(
        pages=int(told.get("pages", 0)),
        gps=bool(told.get("gps")),
        active=bool(told.get("active")),
        problem=_PROBLEMS.get(str(told.get("problem", "")), ""),
        drawn=tuple(drawn),
    )


def too_slow() -> Look:
    """When the other process had to be stopped."""
    return Look(problem=_PROBLEMS["slow"])
