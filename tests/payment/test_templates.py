"""银行文件模板: every template is a data file; a wrong one is named with file, line and place."""

from importlib.resources import files

import pytest

from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.templates import load_template, templates, templates_from
from opendibao.policy.pack import BadPolicy

FOLDER = files("opendibao.payment.bank_templates")
TEXTS = {file.name: file.read_text("utf-8") for file in FOLDER.iterdir() if file.name.endswith(".yaml")}


def changed(file: str, old: str, new: str) -> dict[str, str]:
    assert old in TEXTS[file], old
    return {**TEXTS, file: TEXTS[file].replace(old, new, 1)}


def test_there_is_a_template_of_each_kind() -> None:
    found = {(each.use, each.kind, each.encoding) for each in templates()}
    assert {
        ("pay", "text", "gb18030"), ("pay", "text", "gbk"), ("pay", "xlsx", "utf-8"),
        ("account_check", "text", "gb18030"), ("result", "text", "gb18030"), ("account_answer", "text", "gb18030"),
    } <= found  # fmt: skip


def test_every_template_says_where_it_comes_from() -> None:
    assert all(each.source and each.zh for each in templates())
    assert not any(each.is_verified for each in templates())  # none was tried with a bank


def test_the_name_of_a_file_is_the_name_of_its_template() -> None:
    assert {each.name for each in templates()} == {file.removesuffix(".yaml") for file in TEXTS}


@pytest.mark.parametrize(("name", "extension"), [("county-text", "txt"), ("comma-gbk", "csv"), ("county-xlsx", "xlsx")])
def test_a_template_says_how_its_file_is_called(name: str, extension: str) -> None:
    assert load_template(name).extension == extension


def test_a_template_names_the_files_that_belong_to_it() -> None:
    pay = load_template("county-text")
    assert pay.companion("result").use == "result"
    assert pay.companion("check").companion("answer").use == "account_answer"


def test_no_name_means_how_files_were_written_before_there_were_templates() -> None:
    assert load_template("").name == "county-text-2024"


def test_an_unknown_template_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(PaymentRefused, match=r"没有银行文件模板“icbc”.*county-text"):
        load_template("icbc")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("county-text.yaml", "kind: text", "kind: [text", r"county-text.yaml 第\d+行：不是正确的 YAML"),
        ("county-text.yaml", "kind: text", "kind: paper", r"county-text.yaml 第5行 的 kind"),
        ("county-text.yaml", "kind: text", "kind: text\nkind: text", "写了两次"),
        ("county-text.yaml", "encoding: gb18030", "encoding: big5", r"第6行 的 encoding"),
        ("county-text.yaml", "verified: false\n", "", "verified"),
        ("county-text.yaml", "name: county-text", "name: county", "应与文件名相同"),
        ("county-text.yaml", "{zh: 户名, field: holder}", "{zh: 户名, field: name}", "没有“name”这个字段"),
        ("county-text.yaml", "  - {zh: 账号, field: account}\n", "", "缺字段“account”"),
        ("county-text.yaml", "  - {zh: 金额（元）, field: yuan}\n", "", "缺金额"),
        ("county-text.yaml", "{field: sent_on}", "{field: weather}", "header：没有“weather”"),
        ("county-text.yaml", "{text: T}, {field: count}", "{field: sha256}, {field: count}", "最后一行的最后一格"),
        ("county-text.yaml", "咨询{hotline}", "咨询{phone}", "purpose.texts"),
        ("county-text.yaml", "咨询{hotline}", "咨询{hotline", "purpose.texts"),
        ("county-text.yaml", "result: county-result", "result: county-check", "result：没有这种用途的模板"),
        ("county-text.yaml", "  max_bytes: 40\n", "", "purpose"),
        ("fixed-gbk.yaml", "field: holder, width: 60", "field: holder", "要写 width"),
        (
            "county-result.yaml",
            "     {field: returned_yuan}, {field: sha256}]",
            "     {field: returned_yuan}]",
            "sha256",
        ),
        ("county-result.yaml", "退回: returned", "退回: bounced", "words：“bounced”不认识"),
        ("county-check.yaml", "answer: county-check-answer\n", "", "answer"),
    ],
)
def test_a_wrong_template_is_named(file: str, old: str, new: str, said: str) -> None:
    with pytest.raises(BadPolicy, match=said):
        templates_from(changed(file, old, new))
