"""撰写: an officer's words keep their figures alive; a number typed by hand is seen; nothing is a command."""

from dataclasses import replace

import pytest

from opendibao.reporting.blocks import Block, Run, plain_text
from opendibao.reporting.content import ReportContent, cleaned
from opendibao.reporting.drafting.edited import lost_texts
from opendibao.reporting.drafting.marks import Marks, UnknownMark
from opendibao.reporting.drafting.own_check import as_document, own_findings
from opendibao.reporting.drafting.typed_numbers import TypedNumber, typed_numbers
from opendibao.reporting.sentences import DEPARTMENT_EVALUATION, template_text, write_body
from opendibao.reporting.word_file import word_bytes
from tests.reporting.contents import NASTY, hukou

CONTENT = cleaned(hukou())
MARKS = Marks(CONTENT)


def body(texts: dict[str, str], content: ReportContent = CONTENT) -> tuple[Block, ...]:
    return write_body(content, DEPARTMENT_EVALUATION, texts)


def at(place: str, blocks: tuple[Block, ...]) -> list[Block]:
    return [block for block in blocks if block.place == place]


def typed(text: str) -> list[tuple[str, str, bool]]:
    """The numbers typed by hand in place of the first paragraph: text, figure, whether it equals."""
    automatic = {block.place: block for block in body({}) if block.place}
    found = typed_numbers(body({"counts": text}), automatic, CONTENT)
    return [(one.text, one.figure, one.is_equal) for one in found]


class TestPlaces:
    def test_every_paragraph_has_a_place_of_its_own_named_by_its_template(self) -> None:
        places = [block.place for block in body({}) if block.kind == "paragraph"]

        assert len(places) == len(set(places))
        assert [place for place in places if not place or place.startswith("under-")] == []

    def test_words_stay_in_their_place_when_a_paragraph_is_put_before_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from opendibao.reporting import sentences

        body_text, head = template_text(DEPARTMENT_EVALUATION, "body.md"), "## （一）项目概况\n"
        template = body_text.replace(head, f"{head}新的一段。\n")
        monkeypatch.setattr(sentences, "template_text", lambda report, name: template)

        blocks = body({"counts": "我写的。"})

        said = {block.text: block.place for block in blocks}
        assert said["我写的。"] == "counts"
        assert said["新的一段。"].startswith("under-")

    def test_words_whose_place_is_gone_are_printed_nowhere_and_named(self) -> None:
        texts = {"problem.gone.cause": "以前的原因。"}

        assert "以前的原因" not in plain_text(body(texts))
        assert lost_texts(body(texts), texts, CONTENT) == texts


class TestMarks:
    def test_a_printed_paragraph_becomes_words_and_the_same_paragraph_again(self) -> None:
        for block in body({}):
            if block.kind == "paragraph":
                kept = MARKS.of_runs(block.runs)
                shown = MARKS.shown(kept)
                assert MARKS.kept(shown) == kept, block.place
                again = MARKS.runs(kept)
                assert "".join(run.text for run in again) == block.text
                assert [run.figure for run in again if run.figure] == [run.figure for run in block.runs if run.figure]

    def test_an_officer_reads_names_and_the_database_keeps_ids(self) -> None:
        assert MARKS.kept("到账［农村低保金］万元") == "到账{{paid.rural}}万元"
        assert MARKS.shown("到账{{paid.rural}}万元") == "到账［农村低保金］万元"
        assert MARKS.runs("到账{{paid.rural}}万元") == (Run("到账"), Run("5331.78", "paid.rural"), Run("万元"))

    def test_a_figure_that_moves_is_printed_anew(self) -> None:
        figures = tuple(replace(one, value="5332.00") if one.id == "paid.rural" else one for one in CONTENT.figures)

        assert Marks(replace(CONTENT, figures=figures)).runs("{{paid.rural}}") == (Run("5332.00", "paid.rural"),)

    def test_the_id_may_be_written_too(self) -> None:
        assert MARKS.kept("［paid.rural］{{ households }}") == "{{paid.rural}}{{households}}"

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("国发［2014］17号", "国发［2014］17号…”：本年没有叫“2014”的数字.*〔〕"),
            ("共［没有的数］户", "本年没有叫“没有的数”的数字，请从下面列出的名字里选"),
            ("{{ 7*7 }}", r"没有叫“7\*7”的数字"),
            ("共［年末城乡在保户数户", "“［”没有配对"),
            ("共年末］户", "“］”没有配对"),
            ("{{households", "“{{”没有配对"),
            ("［实际：批复预算］", "没有叫“批复预算”的数字"),
        ],
    )
    def test_a_mark_that_names_nothing_is_refused_with_its_place(self, words: str, said: str) -> None:
        with pytest.raises(UnknownMark, match=said):
            MARKS.kept(words)

    def test_kept_words_whose_figure_is_gone_are_lost_and_the_automatic_paragraph_stands(self) -> None:
        texts = {"counts": "共{{gone.figure}}户，到账{{paid}}万元"}

        assert body(texts) == body({})
        assert lost_texts(body({}), texts, CONTENT) == {"counts": "共{{gone.figure}}户，到账［全年发放低保金］万元"}

    def test_a_mark_stays_with_its_indicator_when_the_sheet_is_put_in_another_order(self) -> None:
        kept = MARKS.kept("实际［实际：indicator.05］，见［凭据：indicator.06］")
        assert kept == "实际{{actual:indicator.rural_persons}}，见{{evidence:indicator.urban_persons}}"

        at = {"indicator.05": "indicator.06", "indicator.06": "indicator.05"}
        moved = Marks(
            replace(
                CONTENT,
                figures=tuple(replace(one, id=at.get(one.id, one.id)) for one in CONTENT.figures),
                rows=tuple(
                    replace(
                        one,
                        position=int(at.get(f"indicator.{one.position:02d}", f"indicator.{one.position:02d}")[-2:]),
                        figures=tuple(at.get(name, name) for name in one.figures),
                    )
                    for one in CONTENT.rows
                ),
            )
        )

        assert [run.text for run in moved.runs(kept)] == [run.text for run in MARKS.runs(kept)]
        assert [run.figure for run in moved.runs(kept) if run.figure] == ["indicator.06", "indicator.05"]


class TestTypedNumbers:
    def test_words_with_marks_only_have_none(self) -> None:
        assert typed("在保{{households}}户，全年到账{{paid}}万元。") == []

    def test_a_number_that_equals_a_figure_names_it(self) -> None:
        assert typed("在保5277户，到账6,300.38万元，按期99.87％。") == [
            ("5277", "households", True), ("6,300.38", "paid", True), ("99.87％", "reverified", True),
        ]  # fmt: skip

    def test_a_number_near_a_figure_names_it_and_is_no_equal(self) -> None:
        assert typed("在保5280户") == [("5280", "households", False)]

    def test_a_number_like_none_is_named_alone(self) -> None:
        assert typed("召开协调会13次") == [("13", "", False)]

    def test_days_documents_tables_and_items_are_no_figures(self) -> None:
        assert typed("（1）截至2024年12月31日，2024年度按民发〔2021〕57号第3条，见附表2、W02；6月份完成。") == []

    def test_a_number_that_the_automatic_paragraph_still_says_is_not_typed(self) -> None:
        automatic = {block.place: block for block in body({}) if block.place}
        said = MARKS.of_runs(automatic["conclusion"].runs)

        assert typed_numbers(body({"conclusion": said}), automatic, CONTENT) == ()
        other = typed_numbers(body({"conclusion": said.replace(CONTENT.score, "99.99")}), automatic, CONTENT)
        assert [one.text for one in other] == ["99.99"]
        assert isinstance(other[0], TypedNumber)

    def test_the_place_of_a_typed_number_is_found_again_in_the_paragraph(self) -> None:
        automatic = {block.place: block for block in body({}) if block.place}
        blocks = body({"counts": "共{{households}}户，\n另有13次。"})
        (one,) = typed_numbers(blocks, automatic, CONTENT)
        line = next(block for block in blocks if block.text == one.line)

        assert line.runs[one.run].text[one.first :].startswith("13")


class TestHostile:
    @pytest.mark.parametrize(
        "text",
        [
            NASTY.replace("{{x}}", ""), "{% for x in c.rows %}{{households}}{% endfor %}", "<script>alert(1)</script>",
            "# 假标题", "@ score", "§counts 冒名", "\U0010fff0一级标题\U0010fff5counts\U0010fff6", "#let x = 1 $y$ \\",
        ],
    )  # fmt: skip
    def test_words_are_words(self, text: str) -> None:
        before, after = body({}), body({"purpose": text})

        assert [block.kind for block in after] == [block.kind for block in before]
        (said,) = at("purpose", after)
        assert said.is_edited
        assert not any(0x10FFF0 <= ord(one) < 0x10FFFE for one in said.text)
        assert word_bytes(CONTENT, after)

    def test_several_lines_are_several_paragraphs_of_one_place(self) -> None:
        assert [block.text for block in at("purpose", body({"purpose": "第一。\n\n第二。"}))] == ["第一。", "第二。"]


class TestOwnCheck:
    def test_the_draft_is_read_as_its_word_file_would_be(self) -> None:
        from opendibao.evaluation.checkup.catalogue import check_document
        from opendibao.evaluation.checkup.reading import read_bytes

        blocks = body({})
        read = check_document(read_bytes("报告.docx", word_bytes(CONTENT, blocks)))

        own = [one for one, _ in own_findings(CONTENT, blocks)]

        assert {(one.id, one.where) for one in own} == {(one.id, one.where) for one in read}

    def test_a_typed_number_against_the_table_is_found_at_its_paragraph(self) -> None:
        found = own_findings(CONTENT, body({"counts": "年末农村低保在保4519户8530人。"}))

        assert ("C07", "counts") in {(one.id, place) for one, place in found}

    def test_merged_cells_are_empty_below_the_first(self) -> None:
        document, _ = as_document(CONTENT, body({}))
        table = next(block for block in document.blocks if hasattr(block, "rows") and block.rows[0][0] == "一级指标")

        assert [row[0] for row in table.rows[1:4]] == ["成本指标", "", ""]
