"""告知书排版: letters are typeset as they were written; nothing of their text is made here."""

import re
from collections.abc import Sequence
from datetime import date

from opendibao.decision.letter import hotline
from opendibao.decision.paper_queries import DecisionLetter
from opendibao.intake.case_queries import CaseLetterRow
from opendibao.reporting.case_papers.dating import day
from opendibao.reporting.case_papers.folder import Folder, Places
from opendibao.reporting.case_papers.sheet import LETTER, Letter, Receipt, Sheet

WAYS = {"counter": "当面", "home": "上门", "post": "邮寄", "village": "村社区转交", "": ""}
CASE_TITLES = (
    "受理通知书", "一次性告知补正通知书", "不予受理告知书", "核对不符告知书", "异议复查结果告知书",
    "延长办理期限告知书", "听取意见告知书", "公示异议答复书", "终止办理告知书",
    "低收入家庭认定告知书",
)  # fmt: skip
DECISION_TITLES = (
    "最低生活保障确认通知书", "最低生活保障金增发告知书", "最低生活保障金减发告知书", "最低生活保障渐退告知书",
    "最低生活保障金停发告知书", "最低生活保障不予确认告知书",
)  # fmt: skip
APPEALED = (*DECISION_TITLES, "不予受理告知书", "终止办理告知书")
"""Letters that a family may appeal against."""
NUMBERED = re.compile(r"([一二三四五六七八九十]+)、([^：]{1,20})：(.*)")
LINE = "＿＿＿＿＿＿＿＿＿＿"
TAIL, DATED = ("案号：", "决定文号："), ("日期：", "决定日期：")


def county_office(places: Places) -> str:
    """The county's civil affairs bureau."""
    return f"{places.county}民政局" if places.county else ""


def town_office(places: Places) -> str:
    """The township government or the street office."""
    if places.town.endswith("街道"):
        return f"{places.town}办事处"
    return f"{places.town}人民政府" if places.town.endswith(("乡", "镇")) else places.town


def phones(places: Places, on: date) -> list[str]:
    """Whom to ask: the township's window, and the county's hotline of a day; a line to write on where none is known."""
    number = hotline(on) or LINE
    return [f"找谁问：{places.town or '乡镇（街道）'}民政窗口", f"电话：{number}"]


def supervision(places: Places, on: date, phone: str = "") -> list[str]:
    """Where villagers turn: the township, and the county's telephone of a day."""
    number = phone or hotline(on) or LINE
    return [f"{places.town}民政窗口", f"监督电话：{number}"]


def case_letters(folder: Folder) -> list[Sheet]:
    """The letters of a case before its decision, as they were written."""
    return [case_letter(row, folder.places, folder.number) for row in folder.letters]


def case_letter(row: CaseLetterRow, places: Places, number: str) -> Sheet:
    """A letter of a case as a paper."""
    receipt = Receipt(WAYS[row.delivered_how], row.receiver, day(row.delivered_on))
    return _letter("letters", row.text, number, places, town_office(places), row.made_on, receipt)


def decision_letters(folder: Folder) -> list[Sheet]:
    """The letters of a case's decisions."""
    return [decision_letter(row, folder.places, folder.number) for row in folder.county.letters]


def decision_letter(row: DecisionLetter, places: Places, number: str) -> Sheet:
    """A letter of a decision as a paper; the officer's sentence stands after the law's text."""
    receipt = Receipt(WAYS[row.delivered_how], row.receiver, day(row.delivered_on))
    text = f"{row.text}\n补充说明：{row.note}" if row.note else row.text
    return _letter("decision_letters", text, number, places, county_office(places), row.decided_on, receipt)


def _letter(kind: str, text: str, number: str, places: Places, office: str, on: date, receipt: Receipt) -> Sheet:
    title, to, parts, tail = parted(text)
    said = any(head.startswith("有疑问") for head, _text in parts)
    body = Letter(to, parts, tail, office, day(on), () if said else phones(places, on), receipt)
    return Sheet(kind, title, [body], number=number, office=office, layout=LETTER)


def parted(text: str) -> tuple[str, str, list[tuple[str, str]], list[str]]:
    """(title, to whom, parts as (head, text), numbers at the end) of a letter; what has no head is kept as it is."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    title = lines[0] if lines else ""
    rest = lines[1:]
    to = rest.pop(0) if rest and rest[0].endswith("：") else ""
    parts: list[tuple[str, str]] = []
    tail: list[str] = []
    for line in rest:
        numbered = NUMBERED.fullmatch(line)
        if numbered:
            parts.append((numbered[2], numbered[3]))
        elif line.startswith(TAIL):
            tail.append(line)
        elif line.startswith(DATED):
            continue  # stands beside the seal
        else:
            parts.append(("", line))
    return title, to, parts, tail


def blank_letters(titles: Sequence[str], folder: Folder) -> list[Sheet]:
    """Letters to be written by hand: heads with lines under them, place for the seal, receipt."""
    return [_blank_letter(title, folder) for title in titles]


def _blank_letter(title: str, folder: Folder) -> Sheet:
    remedy = f"可以依法申请行政复议，也可以依法提起行政诉讼（{folder.words.remedy}）。"
    parts = [("结果", ""), ("理由和依据", "")]
    parts += [("不同意怎么办", remedy)] if title in APPEALED else [("接下来", "")]
    whom = phones(folder.places, folder.on)
    body = Letter("　　　　　　　　：", parts, (), "", "　　　　年　　月　　日", whom, Receipt())
    kind = "letters" if title in CASE_TITLES else "decision_letters"
    office = f"{folder.places.county}{folder.places.town}"
    return Sheet(kind, title, [body], office=office, layout=LETTER)
