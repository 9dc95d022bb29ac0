"""A form as a browser holds it: every field with what stands in it, ready to be changed and sent."""

from html.parser import HTMLParser

from django.core.files.uploadedfile import SimpleUploadedFile

from opendibao.intake.models import Case
from tests.intake.pictures import jpeg
from tests.web.conftest import Page
from tests.web.desk import Desk


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "input":
            self._input(said)
        elif tag == "select":
            self.select = said["name"]
            self.found[self.select] = ""
        elif tag == "option" and "selected" in said:
            self.found[self.select] = said.get("value", "")
        elif tag == "textarea":
            self.area = said["name"]
            self.found[self.area] = ""

    def _input(self, said: dict[str, str]) -> None:
        kind, name = said.get("type", "text"), said.get("name", "")
        if kind == "checkbox" and "checked" in said:
            self.found[name] = "on"
        elif name and kind not in ("file", "checkbox", "submit"):
            self.found[name] = said.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] += data.lstrip("\r\n") if not self.found[self.area] else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""


def fields_of(page: Page) -> dict[str, str]:
    """Every field of the page's form with what stands in it."""
    read = _Fields()
    read.feed(page.html.split('<form class="panel act-form"', 1)[1].split("</form>", 1)[0])
    return read.found


SIGNED = {
    "conclusion": "与申报基本一致", "signed": "on", "home_housing": "两间砖房，自有", "home_food": "吃穿够，电视一台",
    "second": "黄走访", "arrived": "09:30",
}  # fmt: skip


def photo(name: str = "sign.jpg", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or jpeg(), "image/jpeg")


def surveyed(desk: Desk, case: Case, **typed: object) -> Page:
    """Open the survey form, fill in what every visit needs and what is given, send it."""
    page = desk.reads(f"/cases/{case.pk}/survey/")
    known = fields_of(page)
    seen = {name: "yes" for name in known if name.endswith("_seen")}
    sent = {**known, **seen, **SIGNED, "respondent": "王秀英", "paper": photo(), **typed}
    return desk.sends(f"/cases/{case.pk}/survey/", **{name: value for name, value in sent.items() if value is not None})  # type: ignore[arg-type]
