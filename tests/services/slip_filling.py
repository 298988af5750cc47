"""Filling a return slip as the programs of partners do."""

import io
from collections.abc import Mapping

import pikepdf
import pypdfium2
from pypdf import PdfWriter

TICK = "/Yes"


def by_pypdf(sheet: bytes, answers: Mapping[str, str]) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(sheet))
    writer.update_page_form_field_values(writer.pages[0], dict(answers), auto_regenerate=False)
    return _written(writer)


def by_pikepdf(sheet: bytes, answers: Mapping[str, str]) -> bytes:
    """Values alone, without a picture of them: some programs leave that to who reads."""
    with pikepdf.open(io.BytesIO(sheet)) as document:
        for field in document.Root.AcroForm.Fields:
            if str(field.T) in answers:
                value = answers[str(field.T)]
                field.V = pikepdf.Name(value) if value == TICK else pikepdf.String(value)
        kept = io.BytesIO()
        document.save(kept, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return kept.getvalue()


def flattened(filled: bytes) -> bytes:
    """As « print to PDF » leaves it: what was typed is drawn, no field is left."""
    document = pypdfium2.PdfDocument(filled)
    document.init_forms()
    for page in document:
        page.flatten()
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def scanned(filled: bytes) -> bytes:
    """The picture of the page, in a PDF."""
    document = pypdfium2.PdfDocument(filled)
    kept = io.BytesIO()
    document[0].render(scale=1).to_pil().save(kept, "PDF")
    return kept.getvalue()


def _written(writer: PdfWriter) -> bytes:
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()
