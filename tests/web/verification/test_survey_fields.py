"""调查表的格子: a select is written out as Django's own would be, and nothing in it is taken for markup."""

from django import forms

from opendibao.web.verification.survey_fields import QuickSelect

CHOICES = [("", "请选择"), ("甲", [("a", "<b>一</b>"), ("b", '"二"')]), ("c", "三&四")]
OPTION = forms.Select(choices=CHOICES, attrs={"class": "in"})


def parsed(html: str) -> list[str]:
    """The markup piece by piece, without what only lays it out."""
    return [part.strip() for part in html.replace(">", ">\n").splitlines() if part.strip()]


def test_it_is_what_django_would_write() -> None:
    for value in ("", "b", "c", "none of them", None):
        own = QuickSelect(choices=CHOICES, attrs={"class": "in"}).render("x", value, {"id": "id_x"})
        assert parsed(own) == parsed(OPTION.render("x", value, {"id": "id_x"}))


def test_nothing_is_taken_for_markup() -> None:
    html = QuickSelect(choices=CHOICES).render('x"><script>', "a")
    assert "<script>" not in html
    assert "<b>" not in html
