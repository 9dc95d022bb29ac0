"""答卷表: the list of a sample as a spreadsheet to be filled in, and what was filled in, taken whole or not at all."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from python_calamine import CalamineError

from opendibao.audit.duties import needs
from opendibao.evaluation.arrivals import ArrivalAnswer, record_arrivals
from opendibao.evaluation.models import Answer, Arrival, Awareness, Channel, Purpose, Relief
from opendibao.evaluation.opened_workbook import opened
from opendibao.evaluation.questionnaires import Questionnaire, record_answers
from opendibao.evaluation.reached import NotSampled
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.evaluation.sampled import MemberRow, Which, members
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import mask_name
from opendibao.kernel.money import yuan_text
from opendibao.registry.queries import division_names

SHEET, ID, NUMBER, DAY, CHANNEL = "答卷", "编号", "户编号", "调查日期", "调查方式"
PLACE, HEAD, MONTH, DUE, SAID = "村社区", "户主", "发放月", "应到金额（元）", "群众说的金额（元）"
ARRIVED, NO_ANSWER = "到账情况", "none"
LARGEST_BYTES, LARGEST_UNPACKED, MOST_ROWS = 5_000_000, 100_000_000, 20_000
MOST_FAULTS = 50
Words = Mapping[str, str]  # what is written in a cell → code


class BadAnswerSheet(EvaluationRefused):
    """A spreadsheet is refused and nothing of it kept; `faults` names each cell and the remedy."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = list(faults[:MOST_FAULTS])
        if len(faults) > MOST_FAULTS:
            self.faults.append(f"另有{len(faults) - MOST_FAULTS}处，请先改正以上各处再导入")
        super().__init__("；".join(self.faults))


@dataclass(frozen=True)
class Imported:
    """How many answers a spreadsheet brought; how many rows were empty, and how many were known and the same."""

    taken: int
    empty: int
    known: int


@dataclass(frozen=True)
class Form:
    """The columns of a purpose: what is printed, and what is filled in with its words ({} for free text)."""

    printed: tuple[str, ...]
    filled: Mapping[str, Words]
    questions: int  # the first of the filled

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them in order."""
        return (*self.printed, *self.filled)

    def answers(self, cells: Mapping[str, str]) -> list[str]:
        """The codes that a row answers question by question; an empty cell is no answer."""
        asked = list(self.filled.items())[: self.questions]
        return [words.get(cells[column], NO_ANSWER) for column, words in asked]

    def channel(self, cells: Mapping[str, str]) -> str:
        """The code of how the family was asked; "" where that is not said."""
        return self.filled[CHANNEL].get(cells[CHANNEL], "")


def _words(choices: type[Answer | Relief | Awareness | Arrival | Channel]) -> Words:
    return {str(label): str(value) for value, label in choices.choices}


FORMS = {
    Purpose.SATISFACTION: Form(
        (ID, NUMBER, PLACE, HEAD),
        {"满意度": _words(Answer), "生活压力": _words(Relief), "政策知晓": _words(Awareness),
         CHANNEL: _words(Channel), DAY: {}},
        3,
    ),
    Purpose.ARRIVAL: Form(
        (ID, NUMBER, PLACE, HEAD, MONTH, DUE), {ARRIVED: _words(Arrival), SAID: {}, CHANNEL: _words(Channel), DAY: {}},
        1,
    ),
}  # fmt: skip


def answer_sheet(purpose: str, year: int) -> bytes:
    """The waiting of a sample as .xlsx, village by village, with the words to choose from in every cell."""
    import xlsxwriter  # half a second, for who downloads one

    form, names = FORMS[Purpose(purpose)], division_names()
    waiting = members(purpose, year, Which("waiting"))
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, form.columns, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(form.columns) - 1, 16)
        for place, row in enumerate(waiting, 1):
            sheet.write_row(place, 0, _printed(form, row, names))
        for column, words in enumerate(form.filled.values(), len(form.printed)):
            if words and waiting:
                allowed = {"validate": "list", "source": list(words)}
                sheet.data_validation(1, column, len(waiting), column, allowed)
    return target.getvalue()


def _printed(form: Form, row: MemberRow, names: Mapping[str, str]) -> list[object]:
    cells: dict[str, object] = {
        ID: row.id, NUMBER: row.number, PLACE: names.get(row.division, row.division), HEAD: mask_name(row.head),
        MONTH: row.month, DUE: yuan_text(row.fen),
    }  # fmt: skip
    return [cells[column] for column in form.printed]


@dataclass(frozen=True)
class _Line:
    """A row of the sheet as a spreadsheet counts, its cells by column as text."""

    number: int
    cells: dict[str, str]

    def fault(self, column: str, words: str) -> str:
        return f"第{self.number}行“{column}”：{words}"


@needs(Duty.EVALUATE, Duty.SURVEY)
@transaction.atomic
def import_answers(purpose: str, year: int, data: bytes, *, today: date, at: datetime) -> Imported:
    """导入答卷: every filled row of a sheet, all or none; a row known and the same is left alone.

    Raises BadAnswerSheet naming every cell that is wrong.
    """
    form = FORMS[Purpose(purpose)]
    lines = _read(form, data)
    filled = [line for line in lines if any(line.cells[column] for column in form.filled)]
    reader = _Reader(form, {row.id: row for row in members(purpose, year)}, today)
    read = [(line, reader.read(line)) for line in filled]
    if reader.faults:
        raise BadAnswerSheet(reader.faults)
    fresh = [(line, row, day) for line, (row, day) in read if row.done is None]
    if changed := [line for line, (row, _day) in read if row.done is not None and not _is_same(line, row, form)]:
        raise BadAnswerSheet(
            [line.fault(ID, "这一户已经登记过别的回答，登记后不能改，请删去这一行") for line in changed]
        )
    _take(purpose, year, form, fresh, at)
    return Imported(len(fresh), len(lines) - len(filled), len(read) - len(fresh))


def _is_same(line: _Line, row: MemberRow, form: Form) -> bool:
    """Whether a row known already says the same in every question."""
    answers = form.answers(line.cells)
    amount = [str(_said_fen(line) if answers == [Arrival.DIFFERENT] else "")] if SAID in form.filled else []
    return [*answers, *amount] == row.said


def _take(purpose: str, year: int, form: Form, fresh: Sequence[tuple[_Line, MemberRow, date]], at: datetime) -> None:
    try:
        for on in sorted({day for _line, _row, day in fresh}):
            of_day = [(line, row) for line, row, day in fresh if day == on]
            if purpose == Purpose.ARRIVAL:
                record_arrivals([_arrival(form, *each) for each in of_day], on=on, at=at)
            else:
                record_answers(year, [_questionnaire(form, *each) for each in of_day], on=on, at=at)
    except NotSampled as refusal:
        raise BadAnswerSheet([str(refusal)]) from None


def _questionnaire(form: Form, line: _Line, row: MemberRow) -> Questionnaire:
    answer, relief, awareness = form.answers(line.cells)
    return Questionnaire(row.household_id, answer, relief, awareness, form.channel(line.cells))


def _arrival(form: Form, line: _Line, row: MemberRow) -> ArrivalAnswer:
    (answer,) = form.answers(line.cells)
    return ArrivalAnswer(row.id, answer, _said_fen(line), form.channel(line.cells))


def _said_fen(line: _Line) -> int | None:
    return int(Decimal(line.cells[SAID]) * 100) if line.cells[SAID] else None


class _Reader:
    """Reads filled rows; what is wrong is gathered, cell by cell."""

    def __init__(self, form: Form, known: Mapping[int, MemberRow], today: date) -> None:
        self.form, self.known, self.today = form, known, today
        self.faults: list[str] = []
        self.seen: set[int] = set()

    def read(self, line: _Line) -> tuple[MemberRow, date]:
        """Whom a row is of, and on which day he was asked; faults are added."""
        row = self._member(line)
        for column, words in self.form.filled.items():
            if words and line.cells[column] and line.cells[column] not in words:
                self._blame(line, column, f"“{line.cells[column]}”应为：{'、'.join(words)}")
        if SAID in self.form.filled and line.cells[SAID]:
            self._amount(line)
        return row, self._day(line)

    def _blame(self, line: _Line, column: str, words: str) -> None:
        self.faults.append(line.fault(column, words))

    def _member(self, line: _Line) -> MemberRow:
        text = line.cells[ID]
        row = self.known.get(int(text)) if text.isascii() and text.isdigit() and len(text) < 19 else None
        if row is None or row.number != line.cells[NUMBER]:
            self._blame(line, ID, f"“{text}”和户编号“{line.cells[NUMBER]}”不是本年度样本里的一户，请用导出的表填写")
            return NOBODY
        if row.id in self.seen:
            self._blame(line, ID, "这一户在表里出现了两次，请删去一行")
        self.seen.add(row.id)
        return row

    def _amount(self, line: _Line) -> None:
        try:
            amount = Decimal(line.cells[SAID])
        except InvalidOperation:
            amount = Decimal(-1)
        if not (amount.is_finite() and 0 <= amount < 10**9 and amount * 100 % 1 == 0):
            self._blame(line, SAID, f"“{line.cells[SAID]}”应是不小于零、最多两位小数的元数")

    def _day(self, line: _Line) -> date:
        text = line.cells[DAY]
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self._blame(line, DAY, f"“{text}”应写成 2024-12-18 这样的日期" if text else "请填写哪天问的")
            return self.today
        if day > self.today:
            self._blame(line, DAY, f"{text}还没有到，请更正")
        return day


NOBODY = MemberRow(0, "", "", "", "", 0, None, None, 0, None, [], "", 0, [])


def _read(form: Form, data: bytes) -> list[_Line]:
    """The rows under the heads. Raises BadAnswerSheet."""
    book = opened(
        data, "答卷表", largest=LARGEST_BYTES, largest_unpacked=LARGEST_UNPACKED,
        refusal=lambda said: BadAnswerSheet([said]),
    )  # fmt: skip
    try:
        name = SHEET if SHEET in book.sheet_names else book.sheet_names[0]
        table = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, OSError):
        raise BadAnswerSheet(["这不是能读的 xlsx 文件，请用导出的答卷表填写后上传"]) from None
    heads = [_text(cell) for cell in table[0]] if table else []
    if missing := [column for column in form.columns if column not in heads]:
        raise BadAnswerSheet([f"第1行缺少列：{'、'.join(missing)}，请用导出的答卷表填写"])
    if len(table) > MOST_ROWS:
        raise BadAnswerSheet([f"表里有{len(table)}行，超过{MOST_ROWS}行，请核对"])
    return list(_lines(form, heads, table))


def _lines(form: Form, heads: Sequence[str], table: Sequence[Sequence[object]]) -> Iterator[_Line]:
    places = {column: heads.index(column) for column in form.columns}
    for number, row in enumerate(table[1:], 2):
        cells = {column: _text(row[place]) for column, place in places.items()}
        if any(cells.values()):
            yield _Line(number, cells)


def _text(cell: object) -> str:
    """A cell as text: whole numbers without a point, days as 2024-12-18."""
    if isinstance(cell, datetime):
        return str(cell.date())
    text = str(cell).strip()
    return text if isinstance(cell, str) else text.removesuffix(".0")
