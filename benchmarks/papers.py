"""200 attestations in one PDF: our time beside reportlab's alone on the same pages, and the window meanwhile."""

import io
import json
import os
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table
from sqlalchemy import select

from benchmarks import base
from benchmarks.measure import Line, processor, ratios
from boutique.exports.pdf import fonts
from boutique.exports.pdf.page import HAIRLINE, MARGIN, MUTED, RULE, Masthead, day, styles
from boutique.models.case import Case
from boutique.services.papers import batch, certificate
from boutique.services.workspace import Workspace

PEOPLE, PAGES = 1_000, 200
_ROUNDS, _BOUND, _STALL_MS = 7, 2.0, 50


def lines() -> list[Line]:
    opened = base.workspace(PEOPLE)
    try:
        with opened.database.reader() as session:
            cases = list(session.scalars(select(Case.id).order_by(Case.reference).limit(PAGES)))
        ratio = _ratio(opened, cases)
    finally:
        opened.close()
    return [ratio, *_in_window(cases)]


def _ratio(opened: Workspace, cases: list[uuid.UUID]) -> Line:
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "lot.pdf"

        def mine() -> None:
            batch.print_many(opened, "support", cases, target, _silent)

        mine()
        made = PdfReader(target)
        recipe = opened.read(_recipe, cases)
        alone = PdfReader(io.BytesIO(_alone(recipe)))
        for page, same in zip(made.pages, alone.pages, strict=True):
            assert _letters(page.extract_text()) == _letters(same.extract_text())
        ours, floor = [], []
        for _ in range(_ROUNDS):
            ours += processor(mine, 1)
            floor += processor(lambda: _alone(recipe), 1)
    ratio = ratios(ours, floor)
    what = f"{PAGES} attestations in one PDF, base read and accesses noted / the same pages by reportlab alone"
    figure = f"{ratio:.2f} × ({min(ours):.0f} ms)"
    return Line(what, figure, f"≤ {_BOUND:.0f} ×", ratio <= _BOUND)


def _silent(_done: int, _total: int) -> None:
    """Nobody looks."""


def _letters(text: str) -> list[str]:
    """What is written on a page, in whatever order it was drawn."""
    return sorted("".join(text.split()))


def _recipe(session: Any, cases: list[uuid.UUID]) -> list[tuple[Masthead, list[Any]]]:
    """The words of the pages and their styles, as ready as they can be."""
    return [(head, [_plain(part) for part in story]) for head, story in
            (certificate.support_story(session, case) for case in cases)]  # fmt: skip


def _plain(part: Any) -> Any:
    if isinstance(part, Paragraph):
        return part.text, part.style
    if isinstance(part, Spacer):
        return part.height
    (box,) = part._content  # noqa: SLF001 - the box to sign in, kept whole
    return [(one.text, one.style) for one in box._cellvalues[0][0]], box._argW, box._argH  # noqa: SLF001


def _alone(recipe: list[tuple[Masthead, list[Any]]]) -> bytes:
    """The same pages as the manual of reportlab shows it, with nothing of ours but the fonts."""
    buffer, look = io.BytesIO(), styles()
    document = BaseDocTemplate(buffer, pagesize=A4, invariant=1, pageCompression=1)
    heads = iter([head for head, _ in recipe])

    def decorate(canvas: Canvas, _document: Any) -> None:
        head = next(heads)
        canvas.setFont(fonts.STRONG, 9.6)
        canvas.drawString(MARGIN, 800, head.letterhead.name)
        canvas.setFont(fonts.TEXT, 9.6)
        canvas.setFillColor(MUTED)
        canvas.drawString(MARGIN, 786, head.letterhead.contact_line)
        canvas.drawRightString(556, 800, f"n° {head.reference}")
        canvas.drawRightString(556, 786, day(head.dated))
        canvas.setStrokeColor(HAIRLINE)
        canvas.line(MARGIN, 46, 556, 46)
        foot = Paragraph(head.foot, look["small"])
        foot.wrapOn(canvas, 430, 40)
        foot.drawOn(canvas, MARGIN, 20)
        canvas.setFont(fonts.TEXT, 8)
        canvas.drawString(500, 33, "Page 1 sur 1")

    document.addPageTemplates([PageTemplate("page", [Frame(MARGIN, 54, 517, 715, 0, 0, 0, 0)], onPage=decorate)])
    story: list[Any] = []
    for rank, (_, parts) in enumerate(recipe):
        if rank:
            story.append(PageBreak())
        story += [_made(part) for part in parts]
    document.build(story)
    return buffer.getvalue()


def _made(part: Any) -> Any:
    if isinstance(part, float | int):
        return Spacer(0, part)
    if isinstance(part[1], list | tuple):
        words, widths, heights = part
        return Table([[[Paragraph(text, style) for text, style in words]]], widths, heights,
                     style=[("BOX", (0, 0), (-1, -1), 0.7, RULE), ("VALIGN", (0, 0), (-1, -1), "TOP")],
                     hAlign="LEFT")  # fmt: skip
    return Paragraph(*part)


def _in_window(cases: list[uuid.UUID]) -> list[Line]:
    # Two runs, and the quieter: other programs of the machine show as stalls.
    found, left = min((_run(cases) for _ in range(2)), key=_stall)
    return [
        Line("longest stall of the window at rest, the same time without a batch", f"{found['idle']:.0f} ms", "", True),
        Line(f"longest stall of the window while {PAGES} attestations are made", f"{found['stall']:.0f} ms",
             f"≤ {_STALL_MS} ms", found["stall"] <= _STALL_MS),
        Line("key pressed → results painted, meanwhile, median", f"{found['key']:.0f} ms", "", True),
        Line("files left by a batch given up", f"{left}", "0", not left),
    ]  # fmt: skip


def _stall(run: tuple[dict[str, float], int]) -> float:
    return run[0]["stall"]


def _run(cases: list[uuid.UUID]) -> tuple[dict[str, float], int]:
    with tempfile.TemporaryDirectory() as place:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.papers_in_window", str(base.folder(PEOPLE).root),
             str(base.phrase_file(PEOPLE)), place, *map(str, cases)],
            capture_output=True, text=True, check=False, timeout=600,
            env={**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")},
        )  # fmt: skip
        left = list(Path(place).iterdir())
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found, len(left)
