"""Reading documents back as their readers do."""

import io
import re
from typing import Any

from pypdf import PageObject, PdfReader

from boutique.exports.letterhead import Letterhead

LETTERHEAD = Letterhead(
    "Boutique de l’initiative du Ternois",
    legal_name="Association Ternois Initiative",
    address="12 place de la Mairie, 62130 Saint-Pol-sur-Ternoise",
    phone="03 00 00 00 00",
    email="contact@exemple.fr",
)
HOSTILE = (
    "<b>gras</b> & <dupont@mail.fr>",
    '<img src="/etc/hostname.png"/>',
    '<font color="[].__class__">x</font>',
    '<a href="javascript:alert(1)">lien</a>',
    "<para>oups",
    "&lol; R&D a < b",
    "%s %n {0} ${x} {{7*7}}",
    "</para></font>",
)


def reader(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def text_of(data: bytes) -> str:
    """All the text of a PDF, blanks made single."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader(data).pages))


def flat(text: str) -> str:
    """The same without any blank: where lines break does not matter."""
    return re.sub(r"\s+", "", text)


def font_names(page: PageObject) -> set[str]:
    """Names of the faces a page declares, without the mark of the subset."""
    resources: Any = page["/Resources"]
    return {font.get_object()["/BaseFont"].split("+")[-1].lstrip("/") for font in resources["/Font"].values()}
