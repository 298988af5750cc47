"""Draws the pages of a document in a process of its own: what a hostile file breaks, hangs or fills is not the window.

`boutique draw` reads the document on its standard input and writes one line of JSON, then the pixels of each page.
Nothing is written to the disk. The parent (services.reader, ui.drawing) gives it seconds, this process limits the rest.
"""

import io
import json
import sys
import warnings
from argparse import Namespace
from contextlib import closing, suppress
from typing import Any, BinaryIO

import pypdfium2
from PIL import ExifTags, Image, ImageOps

from boutique.exports import form_fields

MOST_PIXELS = 80_000_000  # a poster scanned at 600 dpi; more is a flood
MOST_PAGES, WIDEST = 20, 2400
_MEMORY, _CPU_SECONDS, _LARGEST = 1_500_000_000, 30, 64_000_000
_TALLEST = 4 * WIDEST
_POINTS_WIDE = 14_400  # the largest page that PDF readers accept
_ACTIVE = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia")


def run(options: Namespace) -> int:
    """Answer on the standard output, then end; killed by its parent when it takes too long."""
    _limit()
    warnings.simplefilter("ignore")
    content = sys.stdin.buffer.read(_LARGEST)
    if options.form:
        write(sys.stdout.buffer, form(content), [])
        return 0
    told, pages = look(content, width=min(options.width, WIDEST), first=options.first, pages=options.pages)
    write(sys.stdout.buffer, told, pages)
    return 0


def write(stream: BinaryIO, told: dict[str, Any], pages: list[Image.Image]) -> None:
    """One line that says what follows, then the pages, four bytes a pixel (blue, green, red, nothing)."""
    told["sizes"] = [page.size for page in pages]
    stream.write(json.dumps(told).encode() + b"\n")
    for page in pages:
        stream.write(page.convert("RGB").tobytes("raw", "BGRX"))
    stream.flush()


def look(content: bytes, *, width: int, first: int = 0, pages: int = 1) -> tuple[dict[str, Any], list[Image.Image]]:
    """What a PDF or a picture is, and some of its pages; `problem` says in one word why there are none."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        if b"%PDF-" in content[:1024]:
            return _paper(content, width, first, min(pages, MOST_PAGES))
        return _picture(content, width, drawn=pages > 0)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return {"problem": "large"}, []
    except Exception:  # noqa: BLE001 - whatever a parser says of a broken file, it is broken
        return {"problem": "broken"}, []


def form(content: bytes) -> dict[str, Any]:
    """What was filled in a PDF form; `problem` says in one word why nothing was read."""
    try:
        with closing(pypdfium2.PdfDocument(content)) as document:
            return form_fields.read(document)
    except pypdfium2.PdfiumError as error:
        return {"problem": _refusal(error)}
    except Exception:  # noqa: BLE001 - whatever a parser says of a broken file, it is broken
        return {"problem": "broken"}


def _refusal(error: pypdfium2.PdfiumError) -> str:
    return "password" if "password" in str(error).lower() else "broken"


def _paper(content: bytes, width: int, first: int, pages: int) -> tuple[dict[str, Any], list[Image.Image]]:
    told: dict[str, Any] = {"active": any(mark in content for mark in _ACTIVE)}
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return told | {"problem": _refusal(error)}, []
    told["pages"] = len(document)
    drawn = [_page(document[number], width) for number in range(first, min(first + pages, len(document)))]
    document.close()
    return told, drawn


def _page(page: pypdfium2.PdfPage, width: int) -> Image.Image:
    points_wide, points_high = (max(1.0, min(side, _POINTS_WIDE)) for side in page.get_size())
    scale = min(width / points_wide, _TALLEST / points_high)
    image: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    page.close()
    return image


def _picture(content: bytes, width: int, *, drawn: bool) -> tuple[dict[str, Any], list[Image.Image]]:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(content))
    told: dict[str, Any] = {"pages": 1, "width": image.width, "height": image.height, "gps": has_place(image)}
    if image.width * image.height > MOST_PIXELS:
        return told | {"problem": "large"}, []
    image.draft("RGB", (width, width))  # a JPEG is decoded at the size needed
    image.load()
    if not drawn:
        return told, []
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((width, _TALLEST))
    if upright.mode in ("RGBA", "LA", "PA", "P"):  # what is transparent is paper
        sheet = Image.new("RGBA", upright.size, "white")
        sheet.alpha_composite(upright.convert("RGBA"))
        upright = sheet
    return told, [upright.convert("RGB")]


def has_place(image: Image.Image) -> bool:
    """Whether the photo tells where it was taken."""
    with suppress(Exception):
        place = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        return any(tag in place for tag in (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude))
    return False


def _limit() -> None:
    """No more memory, time or crash dump than a picture needs, where the system can hold us to it."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
