"""Every text a person reads goes through gettext, and the English catalogue has all of them."""

import ast
import pathlib
import re
from collections.abc import Iterator

import pytest

from tests.conventions import catalogue
from tests.conventions.sources import SRC

CHINESE = re.compile(r"[一-鿿]")
TRANSLATED = re.compile(r"{%\s*translate\b.*?%}", re.S)
BLOCK = re.compile(r"{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}", re.S)
COMMENT = re.compile(r"{#.*?#}", re.S)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)
QUOTED = re.compile(r"['\"](.*?)['\"]")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "gettext_noop"}
PLACE = re.compile(r"%\([a-z_0-9]+\)[sd]|{[a-z_0-9]*}")
# what is not for the page: the audit chain's words, kept in Chinese for good, and what a programmer reads
NOT_FOR_THE_PAGE = {"record", "record_view", "note", "note_name", "Http404", "StreamingRefused"}
# what is compared with data or written as data, by file: a head or a value of a figure, an officer or a subject of the
# audit chain, a fault of the ledger; and the name of Chinese, which is always said in Chinese
NOT_SHOWN = {
    "web/acts_household.py": {"家庭 "},
    "web/acts_leads.py": {"线索 "},
    "web/payment/run_asked.py": {"发放批次 "},
    "web/payment/order_batches.py": {"提标 ", "价格临时补贴 "},
    "web/payment/price_acts.py": {"价格临时补贴 "},
    "web/payment/uprating_acts.py": {"提标 "},
    "web/payment/run_calendar.py": {"复核发放", "财政审核发放"},
    "web/payment/run_checks.py": {"发放前核对 "},
    "web/payment/run_holds.py": {"家庭 "},
    "web/acts_reviews.py": {"家庭 "},
    "web/decision/approval_acts.py": {"案件 ", "决定 "},
    "web/decision/batch.py": {"成批确认 "},
    "web/decision/hearing.py": {"案件 "},
    "web/decision/hits_acts.py": {"核对 ", "案件 "},
    "web/decision/inquiry_acts.py": {"决定 ", "问责核查 "},
    "web/decision/letters.py": {"告知书 "},
    "web/decision/low_income_acts.py": {"案件 ", "低收入家庭 "},
    "web/decision/meetings_acts.py": {"评议会 ", "案件 "},
    "web/decision/notices_acts.py": {"公示 "},
    "web/decision/objections.py": {"案件 "},
    "web/decision/opinion_acts.py": {"案件 "},
    "web/decision/opinion_part.py": {"案件 "},
    "web/decision/outbox_acts.py": {"决定 "},
    "web/decision/publication_acts.py": {"公布 "},
    "web/decision/referral_acts.py": {"转介 "},
    "web/decision/review_acts.py": {"案件 "},
    "web/downloads.py": {"部门评价报告", "证据包"},
    "web/evaluation.py": {"（分）"},
    "web/figure.py": {"元）", "人数", "票", "分）", "户编号"},
    "web/indicators_one.py": {"（分）"},
    "web/intake/archive_acts.py": {"立档 "},
    "web/intake/case_clock.py": {"案件 "},
    "web/intake/case_ways.py": {"案件 "},
    "web/intake/new_application_filing.py": {"案件 "},
    "web/intake/online.py": {"网上申请 "},
    "web/language.py": {"中文"},
    "web/payment/account_changes.py": {"家庭 "},
    "web/payment/accounts.py": {"账户预核文件"},
    "web/payment/change_acts.py": {"家庭 "},
    "web/payment/change_asking.py": {"家庭 "},
    "web/payment/custody.py": {"家庭 ", "代管协议"},
    "web/payment/files.py": {"银行代发文件"},
    "web/payment/proxies.py": {"家庭 ", "代领协议"},
    "web/payment/fund_acts.py": {"到位资金 "},
    "web/payment/papers.py": {"发放文书", "发放花名册", "退回通知"},
    "web/remembering.py": {"复核"},
    "web/sandbox_walls.py": {"沙箱核对", r"户(\S+) \d{4}-\d{2}$"},
    "web/standards_acts.py": {"参数 "},
    "web/templates/web/evaluation.html": {"未测得"},
    "web/templates/web/figure.html": {"未测得"},
    "web/verification/match_links.py": {"认人 "},
    "web/verification/alert_acts.py": {"预警 ", "家庭 "},
    "web/verification/rematch_pages.py": {"复核比对"},
    "web/verification/known_case.py": {"案件 "},
    "web/verification/survey_act.py": {"入户调查"},
}
TEMPLATES = sorted((SRC / "web" / "templates").rglob("*.html"))
MODULES = sorted((SRC / "web").rglob("*.py"))


def _kept(file: pathlib.Path) -> set[str]:
    return NOT_SHOWN.get(file.relative_to(SRC).as_posix(), set())


def _bare(template: str, kept: set[str]) -> list[str]:
    """Chinese that stands in a template outside the tags that translate: in its text, and in what tags are given."""
    without = COMMENT.sub(" ", TRANSLATED.sub(" ", BLOCK.sub(" ", template)))
    said = [word for tag in TAG.findall(without) for word in QUOTED.findall(tag) if word not in kept]
    said += TAG.sub(" ", without).splitlines()
    return [line.strip() for line in said if CHINESE.search(line)]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_a_template_says_nothing_past_gettext(file) -> None:  # type: ignore[no-untyped-def]
    assert _bare(file.read_text("utf-8"), _kept(file)) == []


def _untranslated(tree: ast.AST, kept: set[str]) -> Iterator[str]:
    """Chinese string constants that are neither docstrings nor handed to gettext."""
    handed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in GETTEXT | NOT_FOR_THE_PAGE:
            handed.update(id(one) for argument in node.args for one in ast.walk(argument))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            handed.add(id(node.value))  # a docstring
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in handed
        if is_text and CHINESE.search(node.value) and node.value not in kept:
            yield f"{node.lineno}: {node.value}"


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.name)
def test_a_module_of_pages_says_nothing_past_gettext(file) -> None:  # type: ignore[no-untyped-def]
    assert list(_untranslated(ast.parse(file.read_text("utf-8")), _kept(file))) == []


def test_the_catalogue_is_current() -> None:
    assert catalogue.PO.read_bytes() == catalogue.po_bytes(catalogue.updated()), "请运行 make docs"
    assert catalogue.MO.read_bytes() == catalogue.mo_bytes(catalogue.kept()), "请运行 make docs"


def test_every_text_has_its_english() -> None:
    assert [one.id for one in catalogue.kept() if one.id and not one.string] == []


def test_a_translation_has_the_places_of_its_text() -> None:
    wrong = []
    for one in catalogue.kept():
        for text in [one.string] if isinstance(one.string, str) else one.string:
            if one.id and set(PLACE.findall(str(one.id))) != set(PLACE.findall(text)):
                wrong.append((one.id, text))

    assert wrong == []
