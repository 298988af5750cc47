"""What a file really is, from its first bytes and never from its name alone. Used before a document is kept."""

import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

import filetype

from boutique.core.errors import UserError

HEAD = 8192
PICTURE, PAPER, WRITING, OFFICE = "picture", "paper", "writing", "office"

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_LINK = bytes.fromhex("4c0000000114020000000000c000000000000046")
_PROGRAM_STARTS = (
    b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!", _LINK,
    b"dex\n", b"\0asm", b"!<arch>\ndebian",
)  # fmt: skip
_MARKUP = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<hta:", b"<?xml")
# Names that a system runs, whatever their content.
_RUN_NAMES = (
    "exe com scr pif msi msp bat cmd ps1 psm1 vbs vbe js jse mjs ws wsf wsh hta cpl jar lnk url reg inf scf sh bash "
    "zsh csh command app dmg pkg deb rpm apk appimage desktop py pyw pl rb php iso img vhd vhdx chm dll so sys drv "
    "ocx gadget msc html htm xhtml mht mhtml svg xll xlam ppam dotm xltm settingcontent-ms appref-ms"
)
_RUN = frozenset(_RUN_NAMES.split())
_PACKED = frozenset(("zip", "rar", "7z", "gz", "bz2", "xz", "tar", "tgz", "cab"))


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that may be kept: `shown` says how it can be looked at; `macros` when it can carry a program."""

    label: str
    media: str
    extension: str
    shown: str
    macros: bool = False


_TYPES = {
    "pdf": FileType("PDF", "application/pdf", "pdf", PAPER),
    "jpg": FileType("Photo JPEG", "image/jpeg", "jpg", PICTURE),
    "png": FileType("Image PNG", "image/png", "png", PICTURE),
    "gif": FileType("Image GIF", "image/gif", "gif", PICTURE),
    "webp": FileType("Image WebP", "image/webp", "webp", PICTURE),
    "tif": FileType("Image TIFF", "image/tiff", "tif", PICTURE),
    "bmp": FileType("Image BMP", "image/bmp", "bmp", PICTURE),
    "heic": FileType("Photo HEIC", "image/heic", "heic", OFFICE),
    "rtf": FileType("Texte RTF", "application/rtf", "rtf", OFFICE),
}
_WORD = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_ZIPPED = {
    "word/": FileType("Document Word", _WORD + "wordprocessingml.document", "docx", OFFICE),
    "xl/": FileType("Classeur Excel", _WORD + "spreadsheetml.sheet", "xlsx", OFFICE),
    "ppt/": FileType("Présentation PowerPoint", _WORD + "presentationml.presentation", "pptx", OFFICE),
}
_WITH_MACROS = {"docx": "docm", "xlsx": "xlsm", "pptx": "pptm"}
_OPEN_DOCUMENTS = {
    _OPEN + "text": FileType("Document OpenDocument", _OPEN + "text", "odt", OFFICE),
    _OPEN + "spreadsheet": FileType("Classeur OpenDocument", _OPEN + "spreadsheet", "ods", OFFICE),
    _OPEN + "presentation": FileType("Présentation OpenDocument", _OPEN + "presentation", "odp", OFFICE),
}
_OLD_OFFICE = {
    "doc": FileType("Ancien document Word", "application/msword", "doc", OFFICE, macros=True),
    "xls": FileType("Ancien classeur Excel", "application/vnd.ms-excel", "xls", OFFICE, macros=True),
    "ppt": FileType("Ancienne présentation", "application/vnd.ms-powerpoint", "ppt", OFFICE, macros=True),
}
_TEXT = {
    "csv": FileType("Tableau texte", "text/csv", "csv", WRITING),
    "txt": FileType("Texte", "text/plain", "txt", WRITING),
}
UNREADABLE = FileType("Fichier illisible", "application/octet-stream", "", OFFICE)
ACCEPTED = "PDF, photos et images, Word, Excel, PowerPoint, OpenDocument et texte"

_PROGRAM = (
    "C’est un programme ou un script : il n’est pas accepté, il pourrait abîmer l’ordinateur qui l’ouvre. "
    "Demandez le document lui-même (PDF, photo, Word)."
)
_ARCHIVE = "C’est une archive : ouvrez-la, puis ajoutez les documents qu’elle contient."
_UNKNOWN = f"Ce type de fichier n’est pas accepté. Sont acceptés : {ACCEPTED}."


def recognise(name: str, stream: BinaryIO) -> FileType:
    """The type of a file, or why it cannot be kept; UNREADABLE when the content breaks the promise of the name."""
    head = stream.read(HEAD)
    stream.seek(0)
    extension = PurePath(name.lower()).suffix.lstrip(".")
    if extension in _RUN or head.startswith(_PROGRAM_STARTS):
        raise UserError(_PROGRAM)
    found = _by_start(head, extension, stream)
    if found is not None:
        return found
    if extension in _PACKED:
        raise UserError(_ARCHIVE)
    if _promised(extension):
        return UNREADABLE
    raise UserError(_UNKNOWN)


def by_media(media: str) -> FileType:
    """The type as it was recognised when the document was added."""
    known = (*_TYPES.values(), *_ZIPPED.values(), *_OPEN_DOCUMENTS.values(), *_OLD_OFFICE.values(), *_TEXT.values())
    return next((one for one in known if one.media == media), UNREADABLE)


def _by_start(head: bytes, extension: str, stream: BinaryIO) -> FileType | None:
    if head.startswith(b"PK\x03\x04"):
        return _zipped(stream)
    if head.startswith(_OLE):
        return _OLD_OFFICE.get(extension)
    guessed = filetype.guess(head)
    if guessed is not None:
        if guessed.extension in ("heic", "avif"):
            return _TYPES["heic"]
        if guessed.extension in _PACKED:
            raise UserError(_ARCHIVE)
        return _TYPES.get(guessed.extension)
    if b"%PDF-" in head[:1024]:
        return _TYPES["pdf"]
    return _text(head, extension)


def _zipped(stream: BinaryIO) -> FileType:
    """An office document is an archive that says what it is; any other archive is refused."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                known = _OPEN_DOCUMENTS.get(archive.read("mimetype").decode("ascii", "replace").strip())
                if known is not None:
                    return _macros(known, any(name.startswith("Basic/") for name in names))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        return UNREADABLE
    finally:
        stream.seek(0)
    for folder, kind in _ZIPPED.items():
        if any(name.startswith(folder) for name in names):
            return _macros(kind, any(name.endswith("vbaProject.bin") for name in names))
    raise UserError(_ARCHIVE)


def _macros(kind: FileType, present: bool) -> FileType:  # noqa: FBT001 - what was found
    if not present:
        return kind
    return FileType(kind.label, kind.media, _WITH_MACROS.get(kind.extension, kind.extension), kind.shown, macros=True)


def _text(head: bytes, extension: str) -> FileType | None:
    if not head or b"\0" in head or head.lstrip().lower().startswith(_MARKUP):
        return None
    if sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in head):
        return None
    if _promised(extension) and extension not in _TEXT:
        return None
    return _TEXT["csv" if extension == "csv" else "txt"]


def _promised(extension: str) -> bool:
    """The name announces a type that is accepted."""
    also = {"jpeg", "jpe", "jfif", "tiff", "heif", "docm", "xlsm", "pptm"}
    known = {*_TYPES, *_OLD_OFFICE, *_TEXT, *also}
    return extension in known | {kind.extension for kind in (*_ZIPPED.values(), *_OPEN_DOCUMENTS.values())}
