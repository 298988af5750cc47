"""Notice d’information on personal data: the ten contents that the law asks for, filled for this structure."""

from dataclasses import dataclass
from datetime import date

from boutique.core.french import show_date
from boutique.core.paths import resources_folder
from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf.markdown import laid_out
from boutique.exports.pdf.page import Masthead, build, styles
from boutique.models.choices import LegalBasis

_BASES = {
    LegalBasis.PUBLIC_INTEREST: "Mission d’intérêt public (article 6.1.e du RGPD)",
    LegalBasis.CONTRACT: "Accompagnement que vous demandez (article 6.1.b du RGPD)",
    LegalBasis.LEGITIMATE: "Intérêt légitime de la structure à vous accompagner (article 6.1.f du RGPD)",
}
_UNKNOWN = "à préciser par la structure"
_BLANK = "…………………………"


@dataclass(frozen=True, slots=True)
class Notice:
    """Who informs, which version of the text, and to whom it was handed."""

    letterhead: Letterhead
    version: str = "1"
    dated: date | None = None
    person: str = ""
    given_on: date | None = None
    reference: str = ""


def render(data: Notice) -> bytes:
    """The notice as a PDF."""
    styles()
    text = (resources_folder() / "texts" / "notice.md").read_text("utf-8")
    head = Masthead(data.letterhead, "Notice d’information", data.reference, data.dated, f"Version {data.version}.")
    return build(head, laid_out(text, _values(data)))


def _values(data: Notice) -> dict[str, str]:
    sender = data.letterhead
    return {
        "structure": sender.name,
        "responsable": sender.legal_name or sender.name,
        "adresse": sender.address or _UNKNOWN,
        "telephone": sender.phone or _UNKNOWN,
        "email": sender.email or _UNKNOWN,
        "dpo": sender.rights_contact,
        "base_legale": _BASES[sender.legal_basis] if sender.legal_basis else _UNKNOWN,
        "conservation": sender.retention,
        "version": data.version,
        "du": f" du {show_date(data.dated)}" if data.dated else "",
        "personne": f" à {data.person}" if data.person else "",
        "remise": show_date(data.given_on) if data.given_on else _BLANK,
        "reference": data.reference or _BLANK,
    }
