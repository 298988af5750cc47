"""A copy of a photo that no longer says where it was taken; every other byte of the picture stays as it was."""

import io
import struct

from PIL import ExifTags, Image

_START, _SCAN, _APP1 = b"\xff\xd8", 0xDA, 0xE1
_LONE = {0x01, *range(0xD0, 0xD9)}


def can_remove(media: str) -> bool:
    """Only JPEG, which is what telephones make."""
    return media == "image/jpeg"


def without_place(content: bytes) -> bytes:
    """The same picture without its Exif and XMP notes but how it must be turned."""
    if not content.startswith(_START):
        return content
    kept = bytearray(_START) + _orientation(content)
    here = 2
    while here + 4 <= len(content) and content[here] == 0xFF:
        marker = content[here + 1]
        if marker == 0xFF:
            here += 1
            continue
        if marker == _SCAN:
            break
        length = 0 if marker in _LONE else struct.unpack(">H", content[here + 2 : here + 4])[0]
        if marker != _APP1:
            kept += content[here : here + 2 + length]
        here += 2 + length
    return bytes(kept + content[here:])


def _orientation(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        turned = image.getexif().get(ExifTags.Base.Orientation)
    if not isinstance(turned, int) or turned == 1:
        return b""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turned
    notes = exif.tobytes()
    return bytes((0xFF, _APP1)) + struct.pack(">H", len(notes) + 2) + notes
