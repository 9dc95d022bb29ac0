"""A bank's file that lies at the county, for whole-site tests: two good rows, one that goes back."""

from datetime import date

from opendibao.verification.deliveries.filing import file_delivery
from opendibao.verification.deliveries.manifest import REGISTER, Manifest
from tests.registry.builders import at
from tests.verification.deliveries.files import LI, SHAN, WANG, text_rows

HEADS = ("证件号码", "姓名", "开户银行", "账号", "存款种类", "余额", "余额日期", "客户经理")
LINES = (
    (WANG, "王秀英", "农商银行", "6200000000000000001", "活期", "12345.60", "2024-12-20", "某"),
    (LI[:-1], "李建国", "农商银行", "6200000000000000002", "定期", "80000", "2024-12-20", "某"),
    (SHAN, "单有福", "邮储银行", "6200000000000000003", "活期", "三百", "2024-12-20", "某"),
)


def bank_file(on: date) -> int:
    """The file is taken on a day; its delivery."""
    manifest = Manifest(
        "bank_deposits", "演示县各银行", "57号第十七条", "低保核对", "演民核〔2024〕9号", REGISTER, None,
        date(2024, 12, 20), len(LINES),
    )  # fmt: skip
    data = text_rows([HEADS, *LINES]).encode("gb18030")
    return file_delivery(data, "银行存款.csv", manifest, on=on, at=at(on)).delivery_id
