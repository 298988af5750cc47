"""Documents as PDF: one module each, plain data in, bytes out.

A service says `from boutique.exports import pdf` and `pdf.notice.render(…)`: reportlab, its fonts and the others come
with the first document, not with the window.
"""

from typing import TYPE_CHECKING

from boutique.core.on_demand import modules_of

if TYPE_CHECKING:  # what services may ask for
    from boutique.exports.pdf import action_plan as action_plan
    from boutique.exports.pdf import attendance_sheet as attendance_sheet
    from boutique.exports.pdf import certificate as certificate
    from boutique.exports.pdf import diagnosis_sheet as diagnosis_sheet
    from boutique.exports.pdf import financing_plan as financing_plan
    from boutique.exports.pdf import intake_sheet as intake_sheet
    from boutique.exports.pdf import interview_report as interview_report
    from boutique.exports.pdf import legal_form as legal_form
    from boutique.exports.pdf import notice as notice
    from boutique.exports.pdf import outreach_day as outreach_day
    from boutique.exports.pdf import page as page
    from boutique.exports.pdf import partner_guide as partner_guide
    from boutique.exports.pdf import pathway as pathway
    from boutique.exports.pdf import recovery_sheet as recovery_sheet
    from boutique.exports.pdf import referral_sheet as referral_sheet
else:
    __getattr__ = modules_of(__name__)
