"""两个页面一份草稿: who saved it meanwhile, and where his words and these differ."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from opendibao.web.act_fields import words_of
from opendibao.web.context import COUNTY_TIME
from opendibao.web.intake.new_application_fields import Field
from opendibao.web.intake.new_application_page import Page
from opendibao.web.intake.new_application_sheet import Sheet

MOST_SHOWN = 30
NO_FIELD = ("-here", "-of", "-kind", "-person")


@dataclass(frozen=True)
class Saving:
    """What another page saved: who, when, what."""

    officer: str
    at: datetime
    sheet: Sheet


@dataclass(frozen=True)
class Differs:
    """A field that says different things: what stands in the draft, what is typed here."""

    words: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Conflict:
    """Who saved the draft when, and every field that differs."""

    who: str
    at: datetime
    differs: list[Differs]


def conflict_of(saving: Saving, theirs: Page, mine: Page, sheet: Sheet, me: str) -> Conflict:
    """The other page's saving beside this page."""
    who = _("您自己在另一个窗口") if saving.officer == me else saving.officer
    labels = {**theirs.by_name, **mine.by_name}
    names = [
        name
        for name in {**saving.sheet.form, **sheet.form}
        if saving.sheet.form.get(name, "") != sheet.form.get(name, "") and not name.endswith(NO_FIELD)
    ]
    differs = [
        Differs(_called(name, labels), _said(name, saving.sheet, theirs), _said(name, sheet, mine))
        for name in names[:MOST_SHOWN]
    ]
    return Conflict(who, saving.at.astimezone(COUNTY_TIME), differs)


def _called(name: str, labels: dict[str, tuple[str, Field]]) -> str:
    if name not in labels:
        return _("勾选")
    whose, field = labels[name]
    return f"{whose} · {field.words}" if whose else field.words


def _said(name: str, sheet: Sheet, page: Page) -> str:
    value = sheet.form.get(name, "")
    if name not in page.by_name:
        return _("已勾") if value else ""
    field = page.by_name[name][1]
    return words_of(field.options, value) if value and field.options else value
