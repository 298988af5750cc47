"""What was filled in a PDF form, and the words it prints. Runs in the process apart, see exports.pictures."""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2
from pypdfium2 import raw

MOST_PAGES = 10  # a slip scanned or printed together with other papers
_MOST_FIELDS, _MOST_VALUE, _MOST_WORDS = 200, 4_000, 10_000
TICKED = "/Yes"


def read(document: pypdfium2.PdfDocument) -> dict[str, Any]:
    """`fields` (name to value, a ticked box says so) and `text` of the first pages."""
    document.init_forms()
    fields: dict[str, str] = {}
    words: list[str] = []
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        if document.formenv is not None:
            _collect(fields, document.formenv.raw, page)
        text = page.get_textpage()
        words.append(text.get_text_range(0, min(text.count_chars(), _MOST_WORDS), errors="ignore"))
    return {"fields": fields, "text": "\n".join(words)[:_MOST_WORDS]}


def _collect(fields: dict[str, str], form: Any, page: pypdfium2.PdfPage) -> None:
    for rank in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_FIELDS)):
        annotation = raw.FPDFPage_GetAnnot(page, rank)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
        if kind > raw.FPDF_FORMFIELD_UNKNOWN and len(fields) < _MOST_FIELDS:
            name = _words(raw.FPDFAnnot_GetFormFieldName, form, annotation)
            fields.setdefault(name, _value(form, annotation, kind))
        raw.FPDFPage_CloseAnnot(annotation)


def _value(form: Any, annotation: Any, kind: int) -> str:
    if kind != raw.FPDF_FORMFIELD_CHECKBOX:
        return _words(raw.FPDFAnnot_GetFormFieldValue, form, annotation)
    # Some programs write the value of a box, some only which of its two pictures shows.
    written = _words(raw.FPDFAnnot_GetStringValue, annotation, b"V")
    return TICKED if raw.FPDFAnnot_IsChecked(form, annotation) or written not in ("", "Off") else ""


def _words(ask: Callable[..., int], *of: Any) -> str:
    """A text, cut where it is beyond reason: pdfium says its length in bytes, then fills a buffer."""
    size = ask(*of, None, 0)
    if size < 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(*of, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace")[:_MOST_VALUE]
