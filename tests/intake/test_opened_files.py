"""收取文件: a picture is drawn again without what was hidden in it, a PDF is looked through, all else is refused."""

from io import BytesIO

import pytest
from PIL import Image

from opendibao.intake.opened_files import MOST_BYTES, MOST_KEPT, opened
from opendibao.intake.refusal import IntakeRefused
from tests.intake.pictures import HTML, SVG, bomb, jpeg, noise, pdf, png


def kept(content: bytes) -> Image.Image:
    return Image.open(BytesIO(opened(content).content))


class TestPicture:
    def test_where_and_with_what_it_was_taken_is_not_kept(self) -> None:
        sent = jpeg(gps=True, comment=b"SECRET-COMMENT")
        assert b"SECRET-PHONE" in sent
        assert b"SECRET-COMMENT" in sent

        image = kept(sent)

        assert dict(image.getexif()) == {}
        assert "comment" not in image.info
        assert not {b"SECRET-PHONE", b"SECRET-COMMENT", b"Exif"} & set(opened(sent).content.split(b"\0"))
        assert b"SECRET" not in opened(sent).content

    def test_it_is_turned_as_the_camera_was_held(self) -> None:
        image = kept(jpeg(60, 40, turned=6))  # a quarter to the right: what was left is now above

        assert image.size == (40, 60)
        above, below = image.getpixel((20, 5)), image.getpixel((20, 55))
        assert isinstance(above, tuple)
        assert isinstance(below, tuple)
        assert above[1] < 60 < 200 < below[1]

    def test_a_large_one_is_made_small_enough(self) -> None:
        held = BytesIO()
        noise(2400, 1800).save(held, "JPEG", quality=95)
        sent = held.getvalue()
        assert len(sent) > MOST_KEPT

        found = opened(sent)

        assert found.media_type == "image/jpeg"
        assert len(found.content) <= MOST_KEPT
        assert max(Image.open(BytesIO(found.content)).size) >= 640

    @pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
    def test_every_sort_of_png_becomes_a_jpeg(self, mode: str) -> None:
        assert kept(png(mode=mode)).format == "JPEG"

    def test_what_is_transparent_becomes_white(self) -> None:
        assert kept(png(mode="RGBA")).getpixel((5, 5)) == (255, 255, 255)

    def test_a_page_glued_to_a_picture_stays_behind(self) -> None:
        found = opened(jpeg() + HTML)

        assert b"<script" not in found.content
        assert found.media_type == "image/jpeg"

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            (b"", "文件是空的"),
            (SVG, "打不开这个文件"),
            (HTML, "打不开这个文件"),
            (b"GIF89a<script>", "打不开这个文件"),
            (b"PK\x03\x04" + b"\0" * 100, "打不开这个文件"),
            (jpeg()[:200], "打不开这个文件"),
            (png()[:40], "打不开这个文件"),
            (bomb(30_000), "超过64百万像素"),
            (bomb(9_000), "超过64百万像素"),
            (b"\xff\xd8\xff" + b"\0" * MOST_BYTES, "超过10MB"),
        ],
        ids=["empty", "svg", "html", "gif", "zip", "cut off", "cut off png", "bomb", "lesser bomb", "huge"],
    )
    def test_what_is_no_picture_is_refused_in_words(self, sent: bytes, words: str) -> None:
        with pytest.raises(IntakeRefused, match=words):
            opened(sent)


class TestPdf:
    def test_a_scan_is_kept_as_it_came(self) -> None:
        found = opened(pdf())

        assert (found.media_type, found.content) == ("application/pdf", pdf())

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            (pdf(trailer=b"/Encrypt 9 0 R"), "有密码"),
            (pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "带脚本"),
            (pdf(b"<< /S /J#61vaScript /J#53 (x) >>"), "带脚本"),
            (pdf(b"<< /S /Launch /F (cmd.exe) >>"), "带脚本"),
            (pdf(b"<< /Type /Filespec /EmbeddedFile 4 0 R >>"), "带脚本"),
            (pdf(packed=b"<< /S /JavaScript /JS (x) >>"), "带脚本"),
            (pdf(packed=b"<< /S /JavaScript /JS (x) >>", padding=1000), "带脚本"),
            (pdf(b"% stream\n<< /S /JavaScript /JS (x) >>\n% endstream"), "带脚本"),
            (pdf(packed=b"<< /A " + b"0" * 25_000_000 + b" >>"), "大得不合常理"),
            (pdf() + HTML, "后面还跟着别的内容"),
            (pdf() + b"PK\x03\x04" + b"\0" * 3000, "后面还跟着别的内容"),
            (pdf()[:-40], "PDF不完整"),
            (b"%PDF-1.7\nnothing\nstartxref\n0\n%%EOF\n", "没有页"),
        ],
        ids=[
            "locked",
            "script",
            "escaped",
            "launch",
            "file",
            "packed",
            "packed far",
            "in a false stream",
            "packed bomb",
            "html",
            "zip",
            "cut",
            "none",
        ],
    )
    def test_one_that_hides_something_is_refused(self, sent: bytes, words: str) -> None:
        with pytest.raises(IntakeRefused, match=words):
            opened(sent)

    def test_where_a_photograph_is_wanted_it_is_none(self) -> None:
        with pytest.raises(IntakeRefused, match="这里要照片"):
            opened(pdf(), only_pictures=True)
