"""One meeting in a list: what it was about, what follows, ticked there. For the sheet of a partner and the list."""

from PySide6.QtWidgets import QWidget

from boutique.core import french
from boutique.core.text import clip
from boutique.services.meetings import MeetingLine
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.tips import plain_tip

_LONGEST = 150  # beyond, a line of the list would be as high as a card


def meeting_row(line: MeetingLine, *, by_partner: bool = False) -> ListRow:
    """`by_partner`: the partner comes first. The box « Suite faite » is the row's child, when something follows."""
    on = french.show_date(line.met_on)
    title = f"{on} · {line.partner}" if by_partner else f"{on} · {line.topic}"
    follows = f"Suite : {line.follow_up}" if line.follow_up else ""
    parts = (line.topic if by_partner else "", line.with_whom, line.counsellor, follows)
    trailing: list[QWidget] = []
    if line.follow_up:
        if line.follow_up_on is not None and not line.done:
            day = french.show_date(line.follow_up_on)
            words = f"en retard : {day}" if line.late else f"pour le {day}"
            trailing.append(Badge(words, "accent" if line.late else "neutral", icon="clock-alert" if line.late else ""))
        trailing.append(CheckBox("Faite", checked=line.done, accessible=f"Suite faite : {line.follow_up}"))
    about = " · ".join(part for part in parts if part)
    row = ListRow(title, clip(about, _LONGEST), trailing=trailing, clickable=True)
    if len(about) > _LONGEST:
        row.setToolTip(plain_tip(about))
    row.setAccessibleName(f"Rencontre du {on}, {line.partner}, {line.topic}")
    return row
