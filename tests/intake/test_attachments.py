"""附件: what is kept of a case is safe, named, counted once and never changed."""

from datetime import date
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from PIL import Image

from opendibao.audit.queries import events_of
from opendibao.intake.attachments import keep_attachment
from opendibao.intake.models import Attachment, Case
from opendibao.intake.queries import attachment, attachments_of
from opendibao.intake.refusal import IntakeRefused
from tests.conftest import ActAs
from tests.intake.builders import ACCEPTED, APPLIED, submitted
from tests.intake.pictures import SVG, jpeg, pdf
from tests.registry.builders import at

pytestmark = pytest.mark.usefixtures("places")


def keep(case: Case, content: bytes = b"", *, kind: str = "home", name: str = "IMG_1.JPG", on: date = ACCEPTED) -> int:
    return keep_attachment(case.pk, kind=kind, name=name, content=content or jpeg(), on=on, at=at(on)).pk


def test_a_photograph_is_kept_and_on_record() -> None:
    case = submitted()

    made = keep(case)

    (row,) = attachments_of(case.pk)
    assert (row.id, row.kind, row.name, row.media_type, row.kept_by) == (
        made,
        "home",
        "IMG_1.jpg",
        "image/jpeg",
        "张经办",
    )
    file = attachment(made)
    assert file
    assert len(file.content) == row.size
    assert Image.open(BytesIO(file.content)).format == "JPEG"
    event = events_of(f"附件 {case.number}")[-1]
    assert (event.action, event.payload["sha256"]) == ("收取附件", row.sha256)


def test_kinds_are_told_apart() -> None:
    case = submitted()
    keep(case)
    keep(case, pdf(), kind="evidence", name="存折.PDF")

    assert [row.name for row in attachments_of(case.pk, "evidence")] == ["存折.pdf"]
    assert len(attachments_of(case.pk)) == 2


def test_the_same_file_twice_is_one() -> None:
    case = submitted()

    assert keep(case) == keep(case, name="again.jpg")
    assert len(attachments_of(case.pk)) == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\fakepath\\证.png", "证.jpg"),
        ("a\u202egpj.exe", "agpj.jpg"),
        ("\x00\r\n", "入户照片.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("长" * 300 + ".jpg", "长" * 116 + ".jpg"),
        ('x"><script>.jpg', "script_.jpg"),
    ],
)  # fmt: skip
def test_a_name_leads_nowhere(name: str, kept: str) -> None:
    case = submitted()
    keep(case, name=name)

    assert attachments_of(case.pk)[0].name.endswith(kept)
    assert not set('/\\:*?"<>|') & set(attachments_of(case.pk)[0].name)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "nothing"}, "材料种类“nothing”不在可选项内"),
        ({"content": SVG, "name": "户口本.svg"}, "入户照片“户口本.svg”：打不开这个文件"),
        ({"content": pdf()}, "这里要照片"),
        ({"on": date(2024, 2, 29)}, "早于申请日期2024-03-01"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(given: dict[str, object], words: str) -> None:
    case = submitted()

    with pytest.raises(IntakeRefused, match=words):
        keep(case, **given)  # type: ignore[arg-type]
    assert attachments_of(case.pk) == []


def test_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opendibao.intake.attachments.MOST_PER_CASE", 1)
    case = submitted()
    keep(case)

    with pytest.raises(IntakeRefused, match="已有1份附件"):
        keep(case, jpeg(80, 20))


def test_another_township_sees_and_adds_nothing(act_as: ActAs) -> None:
    case = submitted()
    made = keep(case)

    with act_as("360429101"):
        assert attachments_of(case.pk) == []
        assert attachment(made) is None
        with pytest.raises(IntakeRefused, match="没有这个案件"):
            keep(case, jpeg(80, 20))


@pytest.mark.parametrize("change", [{"name": "other.jpg"}, {"content": b"x"}])
def test_what_is_kept_is_not_changed(change: dict[str, object]) -> None:
    keep(submitted(), on=APPLIED)

    with pytest.raises(DatabaseError), transaction.atomic():
        Attachment.objects.update(**change)
