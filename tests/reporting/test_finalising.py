"""定稿: refused with words while something is open; then figures and text stay, chained, whatever is known later."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from opendibao.audit.models import Event
from opendibao.evaluation.actions import NotFinal, lock_year, sign_note
from opendibao.evaluation.models import Snapshot
from opendibao.evaluation.queries import final_snapshot, latest_snapshot
from opendibao.evaluation.report_texts import write_text
from opendibao.evaluation.snapshot_chain import chain_of, sha256_of, text_sha256, verify_snapshots
from opendibao.reporting.blocks import plain_text
from opendibao.reporting.drafting.draft import draft_of
from opendibao.reporting.finalising import NoSuchVersion, finalise, paper_of, rebuild, would_be_final
from opendibao.reporting.sentences import DEPARTMENT_EVALUATION
from opendibao.reporting.yearly import finish_year, write_year
from tests.evaluation import finished_year, small_county
from tests.evaluation.year import LATER, LOCKED, YEAR, dies
from tests.payment.builders import COUNTY, Family

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def lived(county: None) -> tuple[Family, Family]:
    return finished_year.live()


@pytest.fixture
def final(lived: tuple[Family, Family]) -> Snapshot:
    finished_year.explain()
    lock_year(YEAR, COUNTY, at=LOCKED)
    return finalise(YEAR, COUNTY, at=LOCKED)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


class TestRefused:
    def test_without_a_draft(self, lived: tuple[Family, Family]) -> None:
        with pytest.raises(NotFinal, match="还没有草稿，请先取数"):
            finalise(YEAR, COUNTY, at=LOCKED)

    def test_with_an_open_error_which_is_named_with_its_place(self, lived: tuple[Family, Family]) -> None:
        lock_year(YEAR, COUNTY, at=LOCKED)

        with pytest.raises(NotFinal, match=r"体检还有\d项错误.*W02 指标表分值合计：指标分值合计90"):
            finalise(YEAR, COUNTY, at=LOCKED)

        assert final_snapshot(YEAR, COUNTY) is None

    def test_over_words_with_a_figure_that_is_gone(self, lived: tuple[Family, Family]) -> None:
        finished_year.explain()
        draft = lock_year(YEAR, COUNTY, at=LOCKED)
        write_text(YEAR, COUNTY, DEPARTMENT_EVALUATION, "counts", "在保{{gone.figure}}户。", at=LOCKED)

        assert draft_of(draft).lost == {"counts": "在保{{gone.figure}}户。"}  # the draft still opens
        with pytest.raises(NotFinal, match=r"改写过的1段里有已经不在的数字.*在保.*请重新改写或者退回自动文字"):
            finalise(YEAR, COUNTY, at=LOCKED)

    def test_with_a_month_not_closed(self) -> None:
        small_county.whole()  # only January is paid
        finished_year.explain()
        lock_year(YEAR, COUNTY, at=LOCKED)

        with pytest.raises(NotFinal, match=r"2024-02、.*2024-12的发放还没有关账"):
            finalise(YEAR, COUNTY, at=LOCKED)

    def test_before_the_year_is_over(self, lived: tuple[Family, Family]) -> None:
        finished_year.explain()
        early = LOCKED.replace(year=YEAR, month=11)
        lock_year(YEAR, COUNTY, at=early)

        with pytest.raises(NotFinal, match="还没有过完（数字截至2024-11-06）"):
            finalise(YEAR, COUNTY, at=early)

    def test_when_figures_moved_after_the_draft_was_read(self, lived: tuple[Family, Family]) -> None:
        finished_year.explain()
        lock_year(YEAR, COUNTY, at=LOCKED)
        dies(lived[0], 1, date(YEAR, 12, 20), known=LATER)

        with pytest.raises(NotFinal, match=r"取数以后有\d+个数变了：.*年末城乡在保人数原来3（3行），现在2（2行）"):
            finalise(YEAR, COUNTY, at=LATER)

    def test_a_note_signed_after_the_draft_is_enough(self, lived: tuple[Family, Family]) -> None:
        lock_year(YEAR, COUNTY, at=LOCKED)
        finished_year.explain()

        assert finalise(YEAR, COUNTY, at=LOCKED).is_final

    def test_a_note_for_one_place_closes_no_other(self, lived: tuple[Family, Family]) -> None:
        lock_year(YEAR, COUNTY, at=LOCKED)
        for one in draft_of(Snapshot.objects.get()).open_errors:
            sign_note(YEAR, COUNTY, one.id, "别处的说明", where="指标表第9行“别处”", at=LOCKED)

        with pytest.raises(NotFinal, match="体检还有"):
            finalise(YEAR, COUNTY, at=LOCKED)


class TestFinal:
    def test_holds_figures_and_text_and_their_hashes(self, final: Snapshot) -> None:
        assert (final.is_final, final.version, final.previous) == (True, 2, "")
        assert final.sha256 == sha256_of(final.content)
        assert final.chain == chain_of("", final.sha256)
        report = final.content["report"]
        assert text_sha256(report["text"]) == report["text_sha256"]
        assert "城乡低保在保2户3人" in report["text"]
        assert Event.objects.filter(action="报告定稿", subject=f"快照 {YEAR}").count() == 1

    def test_prints_no_mark_of_a_draft(self, final: Snapshot) -> None:
        assert paper_of(final).content.is_draft is False
        assert paper_of(Snapshot.objects.get(version=1)).content.is_draft is True

    def test_pressed_twice_is_one(self, final: Snapshot) -> None:
        assert finalise(YEAR, COUNTY, at=LOCKED).pk == final.pk
        assert lock_year(YEAR, COUNTY, at=LOCKED).pk == final.pk

    def test_a_trial_locks_nothing(self, lived: tuple[Family, Family]) -> None:
        finished_year.explain()
        lock_year(YEAR, COUNTY, at=LOCKED)

        would_be_final(YEAR, COUNTY, at=LOCKED)

        assert final_snapshot(YEAR, COUNTY) is None
        assert Snapshot.objects.count() == 1

    def test_other_words_make_another_final_chained_to_the_first(self, final: Snapshot) -> None:
        write_text(YEAR, COUNTY, DEPARTMENT_EVALUATION, "purpose", "查明钱付给了谁。", at=LATER)

        second = finalise(YEAR, COUNTY, at=LATER)

        assert (second.version, second.previous) == (3, final.chain)
        assert second.chain == chain_of(final.chain, second.sha256)
        assert "查明钱付给了谁。" in second.content["report"]["text"]
        assert latest_snapshot(YEAR, COUNTY) == second
        assert verify_snapshots().fault == ""
        assert verify_snapshots().finals == 2


class TestRebuilt:
    def test_after_a_change_of_facts_the_text_and_every_file_are_the_same(
        self, lived: tuple[Family, Family], tmp_path: Path
    ) -> None:
        finished_year.explain()
        told = list(finish_year(YEAR, tmp_path / "then", at=LOCKED))
        assert told[0].startswith("快照第2版（定稿）")
        dies(lived[0], 1, date(YEAR, 12, 20), known=LATER)
        write_text(YEAR, COUNTY, DEPARTMENT_EVALUATION, "purpose", "以后写的话。", at=LATER)

        said = list(rebuild(YEAR, COUNTY, tmp_path / "again", 2))

        assert "文字与定稿时完全相同" in said
        assert files(tmp_path / "then") == files(tmp_path / "again")

    def test_a_draft_begun_later_leaves_the_final_files_alone(
        self, lived: tuple[Family, Family], tmp_path: Path
    ) -> None:
        finished_year.explain()
        list(finish_year(YEAR, tmp_path, at=LOCKED))
        before = files(tmp_path)
        dies(lived[0], 1, date(YEAR, 12, 20), known=LATER)

        told = list(write_year(YEAR, tmp_path, at=LATER))

        assert told[0].startswith("快照第3版（草稿）")
        assert files(tmp_path) == before
        assert (tmp_path / "草稿第3版" / "figures.json").is_file()

    def test_a_template_that_speaks_otherwise_today_is_said_and_changes_nothing(
        self, final: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from opendibao.reporting import sentences

        template = sentences.template_text
        monkeypatch.setattr(
            sentences, "template_text", lambda report, name: template(report, name).replace("组织实施", "负责实施")
        )

        said = list(rebuild(YEAR, COUNTY, tmp_path, 2))

        assert "文字与定稿时完全相同" in said
        assert any("现在的模板会写出不同的文字" in line for line in said)
        assert "组织实施" in plain_text(paper_of(final).blocks)

    def test_a_version_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(NoSuchVersion, match="没有第7版快照"):
            list(rebuild(YEAR, COUNTY, tmp_path, 7))


def tamper(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE evaluation_snapshot DISABLE TRIGGER USER")
        cursor.execute(sql, list(values))


class TestTamperedWith:
    def test_whole(self, final: Snapshot) -> None:
        assert (verify_snapshots().snapshots, verify_snapshots().finals, verify_snapshots().fault) == (2, 1, "")

    def test_a_changed_figure_is_found(self, final: Snapshot, tmp_path: Path) -> None:
        content = json.dumps(final.content, ensure_ascii=False).replace('"value": "1.54"', '"value": "1.55"')
        tamper("UPDATE evaluation_snapshot SET content = %s::jsonb WHERE id = %s", content, final.pk)

        assert verify_snapshots().fault == "2024年度快照第2版的内容与校验码不符：内容或者校验码被改动过"
        with pytest.raises(NotFinal, match="被改动过，不能照它重建"):
            list(rebuild(YEAR, COUNTY, tmp_path))

    def test_a_changed_content_with_its_own_hash_breaks_the_chain(self, final: Snapshot) -> None:
        other = {**final.content, "as_of": "2024-12-30"}
        tamper(
            "UPDATE evaluation_snapshot SET content = %s::jsonb, sha256 = %s WHERE id = %s",
            json.dumps(other, ensure_ascii=False), sha256_of(other), final.pk,
        )  # fmt: skip

        assert verify_snapshots().fault == "2024年度快照第2版（定稿）的链值与内容不符"

    def test_a_final_taken_away_breaks_the_chain_behind_it(self, final: Snapshot) -> None:
        write_text(YEAR, COUNTY, DEPARTMENT_EVALUATION, "purpose", "查明钱付给了谁。", at=LATER)
        finalise(YEAR, COUNTY, at=LATER)
        tamper("DELETE FROM evaluation_snapshot WHERE id = %s", final.pk)

        assert "2024年度快照第3版（定稿）没有接在上一份定稿之后" in verify_snapshots().fault
