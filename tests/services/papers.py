"""Documents to attach, made for the tests: scans, photos with and without a place, things that are no documents."""

import io
import random
import struct
import zipfile
import zlib
from pathlib import Path

from PIL import ExifTags, Image
from reportlab.pdfgen.canvas import Canvas

MARK = "Zorglubeville-Kxyzwvut"  # a text of the scan, to be found nowhere


def scan(megabytes: float, text: str = MARK) -> bytes:
    """A PDF of about that size with readable text outside any compression, as some scanners write it."""
    noise = random.Random(5).randbytes(round(megabytes * 1_000_000))
    made = io.BytesIO()
    canvas = Canvas(made, pageCompression=0)
    canvas.setTitle(text)
    canvas.drawString(80, 700, text)
    canvas.showPage()
    canvas.save()
    content = made.getvalue()
    # After the end, where PDF readers look no further than the last kilobyte: before it, as a comment.
    head, tail = content.split(b"\n", 1)
    return head + b"\n%" + text.encode() + noise.replace(b"\n", b" ").replace(b"\r", b" ") + b"\n" + tail


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **options: object) -> bytes:
    made = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(made, kind, **options)
    return made.getvalue()


def photo_with_place() -> bytes:
    """A photo that tells where it was taken, and that it must be turned."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "N"
    place[ExifTags.GPS.GPSLatitude] = (50.0, 23.0, 10.0)
    place[ExifTags.GPS.GPSLongitudeRef] = "E"
    place[ExifTags.GPS.GPSLongitude] = (2.0, 20.0, 4.0)
    return picture(exif=exif)


def flood() -> bytes:
    """A small PNG that says it is 60,000 pixels wide and high."""
    content = bytearray(picture("PNG", (8, 8)))
    content[16:24] = struct.pack(">II", 60_000, 60_000)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    return bytes(content)


def paper(pages: int = 1, text: str = "Devis du four à pain") -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made)
    for page in range(pages):
        canvas.drawString(80, 700, f"{text}, page {page + 1}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def archive(**members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, text in members.items():
            packed.writestr(name.replace("__", "/"), text)
    return made.getvalue()


def word(*, macros: bool = False) -> bytes:
    members = {"word__document.xml": "<w:document/>", **({"word__vbaProject.bin": "x"} if macros else {})}
    return archive(**members)


def file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def endless(pages: int = 100_000) -> bytes:
    """A small PDF that says it has a hundred thousand pages, all the same one."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b"3 0 R " * pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>",
    ]
    content, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    content += b"xref\n0 4\n0000000000 65535 f \n" + table
    return content + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
