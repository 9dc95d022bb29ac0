"""退回原因: the bank's words are understood, and each kind says what is done and what the family hears."""

import pytest

from opendibao.payment.reasons import BadReasons, read_reasons, reason_of, reasons
from opendibao.policy.pack import BadPolicy

ENTRY = "  - {{code: {code}, zh: 甲, words: {words}, clerk: 乙, family: 丙, source: 丁, verified: false}}\n"


def listed(*entries: tuple[str, str]) -> str:
    return "reasons:\n" + "".join(ENTRY.format(code=code, words=words) for code, words in entries)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("户名不符", "name"),
        ("E12 账号户名不一致", "name"),
        ("账号不存在", "no_account"),
        ("卡号不存在", "no_account"),
        ("账户注销", "closed"),
        ("账户已销户", "closed"),
        ("账户冻结", "frozen"),
        ("只收不付", "frozen"),
        ("止付", "frozen"),
        ("卡片挂失", "lost"),
        ("长期不动户", "dormant"),
        ("久悬户", "dormant"),
        ("超过日累计限额", "over_limit"),
        ("系统忙", "other"),
        ("", "other"),
    ],
)
def test_the_banks_words_are_understood(said: str, code: str) -> None:
    assert reason_of(said).code == code


def test_every_kind_says_what_the_clerk_does_and_that_the_money_is_not_lost() -> None:
    assert {reason.zh for reason in reasons()} == {
        "户名不符", "账号不存在", "账户注销", "冻结或者止付", "挂失", "长期不动户", "超过限额", "其他原因",
    }  # fmt: skip
    for reason in reasons():
        assert "钱没有丢" in reason.family
        assert reason.clerk
        assert reason.source
        assert not reason.is_verified  # no bank's own list was seen


def test_every_way_of_writing_finds_its_own_reason() -> None:
    assert [(word, reason_of(word).code) for reason in reasons() for word in reason.words] == [
        (word, reason.code) for reason in reasons() for word in reason.words
    ]


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([("one", "[甲]"), ("one", "[]")], "写了两次：one"),
        ([("one", "[]"), ("rest", "[]")], "只能放在最后"),
        ([("one", "[甲]")], "不能有 words"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(entries: list[tuple[str, str]], words: str) -> None:
    with pytest.raises(BadReasons, match=words):
        read_reasons(listed(*entries), "原因.yaml")


def test_a_wrong_form_is_named_with_file_and_line() -> None:
    with pytest.raises(BadPolicy, match=r"原因\.yaml 第2行"):
        read_reasons(listed(("One", "[]")), "原因.yaml")
