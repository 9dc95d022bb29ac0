"""代管协议和代领协议: one A4 page with both signatures; before it is entered the other's part is for the pen."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from opendibao.registry.custody_queries import custody, proxy
from opendibao.registry.models import Custody, Handed, Proxy
from opendibao.registry.queries import HouseholdRow
from opendibao.registry.queries import household as household_of
from opendibao.reporting import account_papers
from opendibao.reporting.account_papers import custody_agreement_pdf, proxy_agreement_pdf
from tests.registry.agreements import PROXY_ID, filed_custody, filed_proxy
from tests.registry.builders import divisions, household

DAY = date(2024, 3, 15)


@pytest.fixture
def home(county: None) -> HouseholdRow:
    divisions()
    household()
    found = household_of("999999-00001")
    assert found
    return found


def words(data: bytes) -> str:
    """What stands on it, without the spaces of the setting; it is one page."""
    pages = PdfReader(BytesIO(data)).pages
    assert len(pages) == 1
    assert pages[0].mediabox.width == pytest.approx(595, abs=1)
    return "".join(pages[0].extract_text().replace("\u200b", "").split())


def test_the_words_are_those_of_the_tables() -> None:
    for model, field, said in (
        (Custody, "custodian_is", account_papers.CUSTODIANS), (Proxy, "relation", account_papers.PROXY_RELATIONS),
        (Proxy, "reason", account_papers.PROXY_REASONS),
    ):  # fmt: skip
        assert said == dict(model._meta.get_field(field).flatchoices)  # type: ignore[attr-defined]


def test_before_it_is_entered_the_households_part_is_printed_and_the_rest_is_for_the_pen(home: HouseholdRow) -> None:
    said = words(custody_agreement_pdf(home, on=DAY))

    for part in ("存折、银行卡代管协议", "第二十六条", "王秀英", "999999-00001", "农商银行", "0001", "甲方签字",
                 "乙方（代管人）签字", "见证人签字", "县民政局备案",
                 "密码由甲方自己掌握", "□乡镇（街道）工作人员"):  # fmt: skip
        assert part in said, part
    assert "6200000000000000001" not in said
    for handed in Handed:
        assert handed.label in said
    blank = words(proxy_agreement_pdf(home, on=DAY))
    for part in ("低保金代领协议", "甲方签字", "乙方（代领人）签字", "甲方随时可以不再委托", "□甲方家庭的账户"):
        assert part in blank, part


def test_the_fair_copy_carries_what_was_entered(home: HouseholdRow) -> None:
    card = custody(filed_custody(home.id).pk, DAY)
    said = words(custody_agreement_pdf(home, on=DAY, row=card))
    for part in ("赵村干", "月亮村委会会计", "独居，不会用银行卡", "县备案", "2024年2月1日"):
        assert part in said, part

    collects = proxy(filed_proxy(home.id, until=date(2025, 1, 31)).pk, DAY)
    said = words(proxy_agreement_pdf(home, on=DAY, row=collects))
    for part in (
        "陈代领",
        PROXY_ID,
        "13900000000",
        "不共同生活的亲属",
        "年老行动不便",
        "2025年1月31日",
        "甲方家庭的账户",
    ):
        assert part in said, part
