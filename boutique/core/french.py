"""French dates, phones and amounts: read tolerantly, shown in one form. Used by forms and documents."""

import importlib
import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from boutique.core.errors import UserError

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_THIN = "\u202f"
_NUMERIC = re.compile(r"^(\d{1,2})[\s/.\-]+(\d{1,2})[\s/.\-]+(\d{2}|\d{4})$|^(\d{2})(\d{2})(\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_LAST_MONTH, _OLDEST_YEAR = 12, 1880
_LONGEST_DATE = 40
_FARTHEST_PLAN = 20  # years ahead that a date may mean


def parse_date(text: str, *, today: date, past: bool = False) -> date:
    """A date as people type it (12/03/1991, 12.3.91, 1991-03-12, 12 mars 1991, demain); UserError names what is wrong.

    `past` places two-digit years at or before today, and refuses later dates.
    """
    text = text.strip()
    if len(text) > _LONGEST_DATE:
        raise UserError("Cette date n’est pas lisible. Écrivez-la par exemple 12/03/1991.")
    found = _NUMERIC.match(text)
    if found:
        day, month, year = (int(part) for part in found.groups() if part is not None)
        written = next(part for part in (found.group(3), found.group(6)) if part is not None)
        value = _calendar(day, month, _century(year, today, past=past) if len(written) == 2 else year)
    elif iso := _ISO.match(text):
        value = _calendar(int(iso.group(3)), int(iso.group(2)), int(iso.group(1)))
    else:
        value = _worded(text, today)
    if value.year < _OLDEST_YEAR:
        raise UserError(f"L’année {value.year} est trop ancienne. Vérifiez la date.")
    if not past and value.year > today.year + _FARTHEST_PLAN:
        raise UserError(f"L’année {value.year} est trop lointaine. Vérifiez la date.")
    if past and value > today:
        raise UserError(f"Le {show_date(value)} est dans le futur. Vérifiez la date.")
    return value


def _calendar(day: int, month: int, year: int) -> date:
    if not 1 <= month <= _LAST_MONTH:
        hint = f" Vouliez-vous dire le {month:02d}/{day:02d}/{year} ?" if 1 <= day <= _LAST_MONTH else ""
        raise UserError(f"Il n’y a pas de mois {month}.{hint}")
    try:
        return date(year, month, day)
    except ValueError:
        name = MONTHS[month - 1]
        joined = f"d’{name}" if name[0] in "ao" else f"de {name}"
        raise UserError(f"Il n’y a pas de {day} au mois {joined} {year}. Vérifiez le jour.") from None


def _century(year: int, today: date, *, past: bool) -> int:
    value = today.year // 100 * 100 + year
    latest = today.year if past else today.year + _FARTHEST_PLAN
    return value - 100 if value > latest else value


def _worded(text: str, today: date) -> date:
    settings = {
        "DATE_ORDER": "DMY",
        "STRICT_PARSING": False,
        "REQUIRE_PARTS": ["day", "month"],
        "RELATIVE_BASE": datetime(today.year, today.month, today.day),  # noqa: DTZ001 - a calendar day
        "PREFER_DATES_FROM": "current_period",
    }
    # By name: long to import, and few dates are typed in words.
    reader = importlib.import_module("dateparser")
    found = reader.parse(text, languages=["fr"], settings=settings) if re.search(r"[^\W\d_]", text) else None
    if found is None:
        raise UserError("Cette date n’est pas lisible. Écrivez-la par exemple 12/03/1991.")
    day: date = found.date()
    return day


def parse_time(text: str) -> time:
    """An hour as people type it (14:30, 14h30, 14 h, 9.15); UserError otherwise."""
    compact = re.sub(r"[h.]", ":", re.sub(r"\s", "", text.lower())).rstrip(":")
    found = re.fullmatch(r"([0-9]{1,2})(?::([0-9]{2}))?", compact) or re.fullmatch(r"([0-9]{2})([0-9]{2})", compact)
    hours, minutes = (int(found.group(1)), int(found.group(2) or 0)) if found else (99, 0)
    if hours > 23 or minutes > 59:
        raise UserError("Cette heure n’est pas lisible. Écrivez-la par exemple 14:30 ou 14h.")
    return time(hours, minutes)


def show_date(value: date) -> str:
    """12/03/1991. Written without `strftime`, which is slow and cuts years before 1000 on some systems."""
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def day_month(value: date) -> str:
    """« 24 nov. », for headers where the year is obvious."""
    return f"{value.day} {SHORT_MONTHS[value.month - 1]}"


def long_date(value: date) -> str:
    """« mardi 24 novembre 2026 »; the first day of a month is « 1er »."""
    return f"{DAYS[value.weekday()]} {_day_of_month(value)} {value.year}"


def whole_day(value: date, *, today: date) -> str:
    """« 3 décembre », the year said when it is another than this one."""
    day = _day_of_month(value)
    return day if value.year == today.year else f"{day} {value.year}"


def _day_of_month(value: date) -> str:
    return f"{'1er' if value.day == 1 else value.day} {MONTHS[value.month - 1]}"


def month_name(value: date) -> str:
    """« novembre 2026 »."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def parse_phone(text: str) -> str:
    """The number in E.164 when it is a possible one; UserError with what to check otherwise."""
    compact = re.sub(r"\(0\)|^t[ée]l\.?\s*:", "", text.strip(), flags=re.IGNORECASE)
    if re.search(r"[;,]|/| ou ", compact) and len(re.sub(r"\D", "", compact)) > 15:
        raise UserError("Il y a deux numéros ici. Gardez celui que la personne préfère.")
    library = _phone_library()
    try:
        number = library.parse(compact, "FR")
    except library.NumberParseException:
        raise UserError("Ce numéro de téléphone n’est pas lisible. Écrivez-le par exemple 06 12 34 56 78.") from None
    if re.search(r"[^\W\d_]", compact) or not _dialable(number):
        count = len(re.sub(r"\D", "", compact))
        raise UserError(f"Ce numéro de téléphone n’existe pas ({count} chiffres). Vérifiez-le avec la personne.")
    return str(library.format_number(number, library.PhoneNumberFormat.E164))


_FICTION = re.compile("63998[0-9]{4}")  # kept for films and examples: nobody answers, but we must be able to show them
# Stored as the library writes them, and shown as it shows them: its answer for nearly all, a hundred times faster.
_USUAL_PHONE = re.compile(r"\+33([1-79])([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})")
_OVERSEAS = ("GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF")


def _phone_library() -> Any:
    # By name: long to import, and most numbers are shown without it.
    return importlib.import_module("phonenumbers")


def _dialable(number: Any) -> bool:
    library = _phone_library()
    if library.is_possible_number(number) and (number.country_code != 33 or library.is_valid_number(number)):
        return True
    if number.country_code == 33 and _FICTION.fullmatch(str(number.national_number)):
        return True
    # A number typed as at home (0692…) belongs to an overseas region: it is valid there.
    national = f"0{number.national_number}"
    return any(library.is_valid_number(library.parse(national, region)) for region in _OVERSEAS)


def show_phone(stored: str | None) -> str:
    """« 06 12 34 56 78 » for a French number, the international form for another, anything else as it is."""
    if not stored:
        return ""
    if usual := _USUAL_PHONE.fullmatch(stored):
        return "0" + " ".join(usual.groups())
    library = _phone_library()
    try:
        number = library.parse(stored, "FR")
    except library.NumberParseException:
        return stored
    home = number.country_code == 33
    style = library.PhoneNumberFormat.NATIONAL if home else library.PhoneNumberFormat.INTERNATIONAL
    return str(library.format_number(number, style))


def parse_amount(text: str) -> int:
    """Whole euros from « 1 234,56 », « 12k€ », « 6 000 € »; UserError otherwise."""
    return int(parse_money(text).quantize(Decimal(1), ROUND_HALF_UP))


def parse_money(text: str) -> Decimal:
    """Euros and cents from « 1 234,56 », « 12k€ », « 6 000 € »; UserError otherwise."""
    compact = re.sub(r"[\s\u00a0\u202f]|€|euros?$", "", text.strip().lower())
    thousands = compact.endswith("k")
    compact = compact.removesuffix("k")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d{1,2})?", compact):
        compact = compact.replace(".", "")
    if not re.fullmatch(r"-?\d{1,12}([.,]\d{1,2})?", compact):
        raise UserError("Ce montant n’est pas lisible. Écrivez-le par exemple 6 000.")
    return (Decimal(compact.replace(",", ".")) * (1000 if thousands else 1)).quantize(Decimal("0.01"))


def parse_decimal(text: str) -> Decimal:
    """A number from « 12 », « 12,5 », « 12,5 % »; UserError otherwise."""
    compact = re.sub(r"[\s\u00a0\u202f%]", "", text)
    if not re.fullmatch(r"-?\d{1,9}([.,]\d{1,4})?", compact):
        raise UserError("Ce nombre n’est pas lisible. Écrivez-le par exemple 12,5.")
    return Decimal(compact.replace(",", "."))


def show_number(value: int | float | Decimal, decimals: int = 0) -> str:
    """« 1 234,5 »: narrow no-break spaces between thousands, decimal comma."""
    return f"{value:,.{decimals}f}".replace(",", _THIN).replace(".", ",")


def show_amount(value: int) -> str:
    """« 6 000 € »."""
    return f"{show_number(value)}\u00a0€"


def show_money(value: Decimal) -> str:
    """« 6 000,00 € », to the cent."""
    return f"{value:,.2f}".replace(",", _THIN).replace(".", ",") + "\u00a0€"


def show_change(value: float | Decimal) -> str:
    """« +0,6 », « −1,0 », « = » when nothing moved."""
    if not value:
        return "="
    return f"{'+' if value > 0 else '−'}{show_number(abs(float(value)), 1)}"


def show_percent(share: float | None) -> str:
    """« 62 % », a dash when there is nothing to divide by."""
    return "—" if share is None else f"{round(share * 100)}\u00a0%"


def show_minutes(minutes: int) -> str:
    """« 2 h 40 », « 45 min »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def plural(count: int, singular: str, many: str | None = None) -> str:
    """« 1 dossier », « 2 dossiers »; French counts zero and one in the singular."""
    word = singular if count < 2 else many or f"{singular}s"
    return f"{show_number(count)} {word}"


def listing(items: list[str]) -> str:
    """« a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} et {items[-1]}"
