"""报告撰写页: an evaluator reads the draft, rewrites, brings back, explains, makes final; nobody else may."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.evidence import open_figure
from opendibao.evaluation.models import ReportText, Snapshot
from opendibao.evaluation.queries import final_snapshot, latest_snapshot
from opendibao.evaluation.report_texts import write_text
from opendibao.kernel.duties import Duty
from opendibao.reporting.finalising import paper_of
from opendibao.reporting.pack import pack_bytes
from opendibao.reporting.sentences import DEPARTMENT_EVALUATION
from tests.evaluation import finished_year
from tests.evaluation.year import LATER, LOCKED, YEAR, dies
from tests.payment.builders import COUNTY, Family
from tests.web.conftest import Reader
from tests.web.desk import Desk, hired

PAGE = "/evaluation/report/?year=2024"
COUNTS = "/evaluation/report/2024/text/counts/"
PURPOSE = "/evaluation/report/2024/text/purpose/"
FINISH = "/evaluation/report/2024/finish/"


@pytest.fixture
def lived(county: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Family, Family]:
    monkeypatch.setattr(settings, "VAR", tmp_path)
    return finished_year.live()


@pytest.fixture
def drafted(lived: tuple[Family, Family]) -> Snapshot:
    return lock_year(YEAR, COUNTY, at=LOCKED)


@pytest.fixture
def evaluator(county: None) -> Desk:
    return Desk(hired("eval91", "文评价", division=COUNTY, duties=(Duty.EVALUATE,)))


def test_without_a_draft_the_page_says_what_will_come(read: Reader, county: None) -> None:
    page = read(PAGE)
    assert "还没有草稿" in page.words
    assert "取数" not in [words for words, _ in page.links]


def test_figures_are_taken_from_the_page(evaluator: Desk, lived: tuple[Family, Family]) -> None:
    address = evaluator.reads(PAGE).link("取数")
    page = evaluator.follows(evaluator.does(address))
    assert "取数完成：快照第 1 版" in page.words
    assert "草稿，快照第 1 版" in page.words


@pytest.mark.usefixtures("drafted")
class TestRead:
    def test_three_panes_stand_beside_each_other(self, read: Reader) -> None:
        page = read(PAGE)
        assert "截至2024年12月31日" in page.words.replace(" ", "")
        assert "农村低保金 目标 ≤0.05万元" in page.words
        assert "本年到账金额（元） 7,680.00" in page.words
        assert page.link("2") == "/figures/households/?year=2024"
        assert "改写" not in [words for words, _ in page.links]

    def test_a_row_of_the_tree_opens_its_card(self, read: Reader) -> None:
        page = read("/evaluation/report/?year=2024&row=staff_trainings")
        assert "目标 ≥4次 实际 3次 得分 15.00／20" in page.words
        assert read("/evaluation/report/?year=2024&row=nothing").status == 400

    def test_an_open_error_has_its_way_to_a_note(self, evaluator: Desk) -> None:
        page = evaluator.reads(PAGE)
        assert "项错误没有改正或说明，不能定稿" in page.words
        address = page.link("签署说明")
        after = evaluator.follows(evaluator.does(address, note="按上级表样"))
        assert "的说明已签署，会印进报告" in after.words
        assert "说明：按上级表样（文评价）" in after.words
        assert "已经签署：按上级表样（文评价）" in evaluator.reads(address).words

    def test_a_finding_that_is_not_there_cannot_be_signed(self, evaluator: Desk) -> None:
        assert evaluator.reads("/evaluation/report/2024/note/W99/?where=x").status == 404

    def test_a_sheet_changed_since_opens_no_figure_until_they_are_taken_again(self, evaluator: Desk) -> None:
        place = {"before": "1", "reason": "排在前面"}
        from opendibao.evaluation.actions import change_sheet
        from opendibao.evaluation.year_sheets import year_sheet

        version = year_sheet(YEAR, COUNTY)
        assert version is not None
        entries = [version.entries[1], version.entries[0], *version.entries[2:]]
        change_sheet(YEAR, COUNTY, entries, terms=version.terms, reason=place["reason"], at=LOCKED)

        page = evaluator.reads(PAGE)

        assert "取数以后指标表改过" in page.words
        assert not [href for _, href in page.links if href.startswith("/figures/")]
        # 0.77 万元 of rural money is still the row of rural money
        assert "农村低保金 目标 ≤0.05万元 实际 0.77万元" in evaluator.reads(f"{PAGE}&row=rural_benefit_paid").words


@pytest.mark.usefixtures("drafted")
class TestRewritten:
    def test_words_are_kept_with_live_figures_and_can_be_taken_back(self, evaluator: Desk) -> None:
        form = evaluator.reads(COUNTS)
        assert "［年末城乡在保户数］户" in form.words
        page = evaluator.follows(evaluator.does(COUNTS, text="全县［年末城乡在保户数］户有保障。"))
        assert "全县 2 户有保障。" in page.words
        assert ReportText.objects.get().text == "全县{{households}}户有保障。"

        again = evaluator.follows(evaluator.does(COUNTS, text="全县共［年末城乡在保户数］户。"))
        assert "全县共 2 户。" in again.words
        restore = f"{COUNTS}restore/"
        assert "第 1 稿，文评价" in evaluator.reads(restore).words
        assert "全县 2 户有保障。" in evaluator.follows(evaluator.does(restore, which="1")).words
        automatic = evaluator.follows(evaluator.does(restore, which="automatic"))
        assert "年初在保" in automatic.words
        assert [one.number for one in ReportText.objects.order_by("number")] == [1, 2, 3, 4]

    def test_a_typed_number_is_amber_and_listed_with_the_figure_it_equals(self, evaluator: Desk) -> None:
        page = evaluator.follows(evaluator.does(COUNTS, text="全年到账1.54万元，开会13次。"))
        assert "手改的数 2 个" in page.words
        assert "和［全年发放低保金］一样，请换成这块数字牌" in page.words
        assert '<mark class="typed">1.54<small>手改</small></mark>' in page.html

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("共［没有的数］户", "本年没有叫“没有的数”的数字"),
            ("共［年末城乡在保户数户", "没有配对"),
            ("", "请填写“这一段”"),
            ("字" * 4001, "最多 4000 个字"),
        ],
    )
    def test_what_cannot_be_kept_is_said_and_stays_in_the_form(self, evaluator: Desk, text: str, said: str) -> None:
        page = evaluator.does(COUNTS, text=text)
        assert page.status == 422
        assert said in page.words
        assert not ReportText.objects.exists()

    def test_the_automatic_words_sent_back_are_no_change(self, evaluator: Desk) -> None:
        from opendibao.reporting.drafting.draft import draft_of
        from opendibao.reporting.drafting.marks import Marks

        draft = draft_of(Snapshot.objects.get())
        marks = Marks(draft.content)
        same = marks.shown(marks.of_runs(draft.automatic["counts"].runs))
        assert "没有改动" in evaluator.does(COUNTS, text=same).words

    def test_html_and_templates_are_words(self, evaluator: Desk) -> None:
        page = evaluator.follows(evaluator.does(COUNTS, text="<script>alert(1)</script>{% now 'Y' %}"))
        assert "<script>alert(1)" not in page.html
        assert "{% now 'Y' %}" in page.words

    def test_a_place_that_is_not_there(self, evaluator: Desk) -> None:
        assert evaluator.reads("/evaluation/report/2024/text/nowhere/").status == 404

    def test_words_whose_paragraph_is_gone_are_listed(self, evaluator: Desk) -> None:
        write_text(YEAR, COUNTY, DEPARTMENT_EVALUATION, "problem.gone.cause", "以前的原因。", at=LOCKED)
        assert "放不回去的文字 1 段" in evaluator.reads(PAGE).words

    def test_who_came_second_sees_what_the_first_wrote(self, evaluator: Desk) -> None:
        other = Desk(hired("eval92", "武评价", division=COUNTY, duties=(Duty.EVALUATE,)))
        opened = evaluator.opens(COUNTS)
        other.does(COUNTS, text="先写的。")
        late = evaluator.sends(COUNTS, **opened, text="后写的。")
        assert late.status == 409
        assert "武评价" in late.words


class TestFinished:
    def test_refused_while_an_error_is_open(self, evaluator: Desk, drafted: Snapshot) -> None:
        page = evaluator.reads(FINISH)
        assert "不能定稿，请改正或者签署说明" in page.words
        assert "data-once" not in page.html  # no form to send
        sent = evaluator.sends(FINISH, **evaluator.hidden(evaluator.reads("/evaluation/report/2024/figures/")))
        assert sent.status in (409, 422)
        assert final_snapshot(YEAR, COUNTY) is None

    def test_made_final_from_the_page_with_its_files(
        self, evaluator: Desk, drafted: Snapshot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        finished_year.explain()
        monkeypatch.setattr("opendibao.web.acts.now_in_county", lambda: LOCKED)
        page = evaluator.follows(evaluator.does(FINISH))
        assert "已定稿：第 3 版，文件已写好" in page.words
        assert "第 3 版已定稿" in page.words
        assert "又有改动" not in page.words
        rewritten = evaluator.follows(evaluator.does(PURPOSE, text="查明钱付给了谁。"))
        assert "第 3 版定稿以后，文字、评分或者说明又有改动" in rewritten.words
        compared = evaluator.reads("/evaluation/report/2024/difference/")
        assert "变了的文字 1 处" in compared.words
        assert "查明钱付给了谁。" in compared.words
        made = {one.name for one in (Path(settings.VAR) / "reports" / "2024").iterdir()}
        assert {"figures.json", "部门评价报告-2024.docx", "部门评价报告-2024.pdf", "证据包-2024.html"} <= made

    def test_stale_figures_stop_it(
        self, evaluator: Desk, drafted: Snapshot, lived: tuple[Family, Family], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        finished_year.explain()
        dies(lived[0], 1, date(YEAR, 12, 20), known=LATER)
        monkeypatch.setattr("opendibao.web.acts.now_in_county", lambda: LATER)
        page = evaluator.does(FINISH)
        assert page.status == 422
        assert "年末城乡在保人数原来3（3行），现在2（2行）" in page.words
        assert "请重新取数，看过新的草稿再定稿" in page.words

    def test_versions_are_compared(self, evaluator: Desk, drafted: Snapshot, lived: tuple[Family, Family]) -> None:
        assert "还没有两版可以比" in evaluator.reads("/evaluation/report/2024/difference/").words
        dies(lived[0], 1, date(YEAR, 12, 20), known=LATER)
        lock_year(YEAR, COUNTY, at=LATER)
        page = evaluator.reads("/evaluation/report/2024/difference/")
        assert "年末城乡在保人数 persons 3 2 3 2" in page.words
        assert "变了的文字" in page.words
        assert evaluator.reads("/evaluation/report/2024/difference/?from=9").status == 400

    def test_every_figure_of_the_report_opens_everywhere(self, read: Reader, drafted: Snapshot) -> None:
        paper = paper_of(drafted)
        ids = sorted({figure for block in paper.blocks for figure in block.figures})
        pack = pack_bytes(paper.content, paper.blocks).decode()
        assert len(ids) > 30
        for one in ids:
            assert open_figure(one, YEAR).measured.figure.id == one
            assert f'id="{one}"' in pack
            assert read(f"/figures/{one}/?year=2024").status == 200
        snapshot = latest_snapshot(YEAR, COUNTY)
        assert snapshot is not None


@pytest.mark.parametrize("address", [COUNTS, FINISH, "/evaluation/report/2024/figures/"])
def test_nobody_else_may(address: str, drafted: Snapshot, read: Reader) -> None:
    for duties in ((Duty.FINANCE,), (Duty.CONFIRM, Duty.PAY), (Duty.AUDIT,)):
        desk = Desk(hired(f"other{len(duties)}{duties[0].value}", "别人", division=COUNTY, duties=duties))
        assert desk.reads(address).status == 403
        assert desk.sends(address, text="x").status == 403
    assert read(address).status == 403
