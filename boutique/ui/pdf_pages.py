"""The pages of a PDF as pictures. For the preview, which loads it with the first document."""

import pypdfium2
from PySide6.QtGui import QImage


def draw_all(contents: tuple[bytes, ...], scale: float) -> list[QImage]:
    """The pages of several PDF, one after the other."""
    return [image for content in contents for image in draw_pages(content, scale)]


def draw_pages(content: bytes, scale: float) -> list[QImage]:
    """The pages of a PDF as pictures; `scale` is 1 for 72 points an inch. Slow: for the worker."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [_picture(document[number], scale) for number in range(len(document))]
    finally:
        document.close()


def _picture(page: pypdfium2.PdfPage, scale: float) -> QImage:
    bitmap = page.render(scale=scale, prefer_bgrx=True)
    image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
    return image.copy()  # the buffer is the bitmap's own and goes with it
