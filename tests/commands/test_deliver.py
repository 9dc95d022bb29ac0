"""opendibao deliver: a file with its manifest is taken whole or not at all; a trial keeps nothing."""

import pathlib

import pytest
from click.testing import CliRunner, Result

from opendibao.accounts.actions import create_officer
from opendibao.commands import setup
from opendibao.commands.main import main
from opendibao.kernel.duties import Duty
from opendibao.verification.models import Delivery
from tests.conftest import ActAs
from tests.registry.builders import COUNTY, NEW_YEAR, TOWN, at
from tests.verification.deliveries.files import text_rows
from tests.verification.deliveries.standing import HEADS, LINES

MANIFEST = """
部门: 演示县各银行
法律依据: 57号第十七条
用途: 低保核对
授权编号: 演民核〔2024〕9号
数据范围: 全部登记
数据截止日期: 2024-12-20
行数: 3
"""


@pytest.fixture(autouse=True)
def people(monkeypatch: pytest.MonkeyPatch, act_as: ActAs) -> None:
    """The command looks into the test's database; three officers."""
    monkeypatch.setattr(setup, "django_setup", lambda: None)
    with act_as("360429"):
        for username, division, duty in (
            ("county01", COUNTY, Duty.CONFIRM), ("audit01", COUNTY, Duty.AUDIT), ("town01", TOWN, Duty.CONFIRM),
        ):  # fmt: skip
            create_officer(username, "李审核", division=division, duties=[duty], at=at(NEW_YEAR))


@pytest.fixture
def files(tmp_path: pathlib.Path) -> list[str]:
    """The data and the manifest, as words of the command."""
    data, manifest = tmp_path / "银行存款.csv", tmp_path / "清单.yaml"
    data.write_bytes(text_rows([HEADS, *LINES]).encode("gb18030"))
    manifest.write_text(MANIFEST, "utf-8")
    return [str(data), "--manifest", str(manifest)]


def deliver(*words: str) -> Result:
    return CliRunner().invoke(main, ["deliver", *words, "--officer", "county01"])


def test_a_file_is_taken_and_what_goes_back_is_told(files: list[str]) -> None:
    told = deliver("bank_deposits", *files)

    stored = Delivery.objects.get()
    assert told.exit_code == 0
    assert told.output.splitlines() == [
        f"已收下（送达数据 {stored.pk}）：3行，入库2行，退回1行",
        "注意：这些列没有用到，未入库：客户经理",
        "注意：文件里没有这些列，按空处理：性别、出生日期、区划、电话、销户日期",
        "　第4行“余额”不是金额，应写成 1234.56 这样",
    ]
    assert (stored.received_by, stored.file_name) == ("李审核", "银行存款.csv")


def test_the_same_again_changes_nothing(files: list[str]) -> None:
    deliver("bank_deposits", *files)
    told = deliver("bank_deposits", *files)

    number = Delivery.objects.get().pk
    assert (told.exit_code, told.output) == (0, f"这份文件以前收过（送达数据 {number}），什么也没有变\n")


def test_a_trial_keeps_nothing(files: list[str]) -> None:
    told = deliver("bank_deposits", *files, "--dry-run")

    assert told.exit_code == 0
    assert "只核对，没有入库：3行，入库2行，退回1行" in told.output
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("行数: 3", "行数: 4", "清单写4行，文件里有3行数据"),
        ("行数: 3", "行数: 3\n来源: tax", "清单文件写的来源是“tax”，命令写的是“bank_deposits”"),
        ("部门: 演示县各银行", "部门:", "清单没有写“部门”"),
        ("2024-12-20", "2024年末", "清单的“数据截止日期”“2024年末”不是日期"),
    ],
)
def test_what_cannot_be_taken_is_refused(files: list[str], before: str, after: str, said: str) -> None:
    manifest = pathlib.Path(files[-1])
    manifest.write_text(MANIFEST.replace(before, after), "utf-8")

    told = deliver("bank_deposits", *files)

    assert told.exit_code == 1
    assert said in told.output
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("username", ["audit01", "town01"])
def test_only_who_confirms_for_the_county_takes_data(files: list[str], username: str) -> None:
    told = CliRunner().invoke(main, ["deliver", "bank_deposits", *files, "--officer", username])

    assert told.exit_code == 1
    assert not Delivery.objects.exists()


def test_a_file_that_is_not_there_is_wrong_usage(files: list[str]) -> None:
    assert deliver("bank_deposits", "/nowhere.csv", *files[1:]).exit_code == 2
    assert deliver("bank_deposits", files[0]).exit_code == 2
