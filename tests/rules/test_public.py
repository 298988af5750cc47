"""What is known of the public: which answers make a complete file."""

from datetime import date
from typing import Any

from boutique.models.choices import EducationLevel, EmploymentStatus, Gender, ZoningState
from boutique.rules.public import Holder, is_complete

NOTHING = dict.fromkeys(Holder.__dataclass_fields__) | {"reference": "2026-0001", "commune": ""}


def holder(**answers: Any) -> Holder:
    return Holder(**{**NOTHING, **answers})


def test_a_complete_file_has_every_answer_that_funders_require() -> None:
    answers = {
        "gender": Gender.FEMALE, "birth_date": date(1990, 1, 1), "employment_status": EmploymentStatus.STUDENT,
        "education_level": EducationLevel.LEVEL_4, "lives_in_qpv": ZoningState.NO, "commune": "Frévent",
    }  # fmt: skip
    assert is_complete(holder(**answers))
    for name in answers:
        assert not is_complete(holder(**{**answers, name: "" if name == "commune" else None})), name
