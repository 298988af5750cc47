"""One document for many files, in one PDF: made beside the window, put in place whole, or not at all."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import batched
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.core import files
from boutique.core.clock import today
from boutique.core.errors import Cancelled, UserError
from boutique.core.turns import short_turns
from boutique.exports.pdf.page import Masthead, Pages, build_many
from boutique.models.case import Case
from boutique.services import accesses
from boutique.services.documents import letterhead
from boutique.services.papers import certificate, intake, plan
from boutique.services.workspace import Workspace
