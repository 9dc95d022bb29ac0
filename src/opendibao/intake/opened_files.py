"""收取文件: really opens what is handed in before it is kept; pictures are made anew, PDFs are looked through."""

import re
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from opendibao.intake.refusal import IntakeRefused

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_PIXELS = 64_000_000
"""A picture of more pixels is refused before it is unpacked: a few kilobytes may unpack to gigabytes."""
MOST_KEPT = 200 * 1024
LONGEST_EDGES = (1600, 1400, 1200, 1000, 800, 640)
QUALITIES = (85, 75, 65, 55)
JPEG, PDF = "image/jpeg", "application/pdf"
TOO_MANY = f"照片超过{MOST_PIXELS // 1_000_000}百万像素，请用相机的普通模式重拍"
READABLE = ("JPEG", "PNG", "WEBP")
# what Pillow raises on files that are cut off, forged or built to break it
UNREADABLE = (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, EOFError, OverflowError, zlib.error)
PDF_END = re.compile(rb"startxref\s+[0-9]+\s+%%EOF\s*\Z")
PDF_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
PDF_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z0-9])")
PDF_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
PDF_ACTS = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToR|GoToE)(?![A-Za-z0-9])"
)
# too long to stand in the bytes of a picture by chance: looked for also where the words around say "a stream"
PDF_ACTS_ANYWHERE = re.compile(rb"/(JavaScript|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)(?![A-Za-z0-9])")
PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
MOST_UNPACKED = 20 * MEGABYTE


@dataclass(frozen=True)
class Opened:
    """A file that may be kept: its type and its bytes as they are kept."""

    media_type: str
    content: bytes


def opened(content: bytes, *, only_pictures: bool = False) -> Opened:
    """What is kept of a file that was handed in; its name and stated type are not believed.

    A picture becomes a JPEG of at most 200 KB, turned upright, without place, time or anything else beside the picture.
    Raises IntakeRefused in words where it is empty, too large, neither picture nor PDF, locked, or could act by itself.
    """
    if not content:
        raise IntakeRefused("文件是空的，请重新拍照或重新选文件")
    if len(content) > MOST_BYTES:
        raise IntakeRefused(f"文件超过{MOST_BYTES // MEGABYTE}MB，请拍小一些或分成几份再传")
    if content.startswith(b"%PDF-"):
        if only_pictures:
            raise IntakeRefused("这里要照片，不能是PDF，请直接拍照")
        return Opened(PDF, _looked_through(content))
    return Opened(JPEG, _made_anew(content))


def _made_anew(content: bytes) -> bytes:
    """The picture drawn again: whatever else was hidden in the file stays behind."""
    try:
        with Image.open(BytesIO(content), formats=READABLE) as image:
            if image.width * image.height > MOST_PIXELS:
                raise IntakeRefused(TOO_MANY)
            image.draft("RGB", (LONGEST_EDGES[0], LONGEST_EDGES[0]))  # a JPEG is unpacked only as large as needed
            return _small_enough(_upright(image))
    except IntakeRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise IntakeRefused(TOO_MANY) from None
    except UNREADABLE:
        raise IntakeRefused(
            "打不开这个文件：应是照片（JPEG、PNG、WebP）或PDF；网页、SVG、压缩包、苹果HEIC照片都不能传，请重新拍照"
        ) from None


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera was held, on white where it was transparent, without anything but the picture."""
    image.load()
    turned = ImageOps.exif_transpose(image)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        seen = turned.convert("RGBA")
        turned = Image.new("RGB", seen.size, "white")
        turned.paste(seen, mask=seen.getchannel("A"))
    plain = turned.convert("RGB")
    plain.info.clear()  # a JPEG's comment would be written again
    return plain


def _small_enough(picture: Image.Image) -> bytes:
    """A JPEG of at most 200 KB, as large and clear as fits."""
    made = b""
    for edge in LONGEST_EDGES:
        picture.thumbnail((edge, edge))
        for quality in QUALITIES:
            held = BytesIO()
            picture.save(held, "JPEG", quality=quality, optimize=True)
            made = held.getvalue()
            if len(made) <= MOST_KEPT:
                return made
    raise IntakeRefused("照片压不到200KB，请重拍一张（对准纸张，不要拍进杂乱的背景）")


def _looked_through(content: bytes) -> bytes:
    """A PDF that has pages, an end, no lock and nothing that acts when it is opened; it is kept as it came."""
    if not PDF_END.search(content[-2048:]):
        raise IntakeRefused("PDF不完整，或者后面还跟着别的内容，请重新扫描或重新导出")
    outside = PDF_STREAM.sub(b" ", content)
    if PDF_LOCKED.search(_plain_names(outside)):
        raise IntakeRefused("PDF有密码，请去掉密码后再传")
    said = _plain_names(outside + _packed_objects(content))
    if PDF_ACTS.search(said) or PDF_ACTS_ANYWHERE.search(_plain_names(content)):
        raise IntakeRefused("PDF里带脚本、附件或跳转，不能收，请打印后重新扫描成PDF")
    if not PDF_PAGE.search(said):
        raise IntakeRefused("PDF里没有页，请重新扫描或重新导出")
    return content


def _plain_names(part: bytes) -> bytes:
    """Names as a reader takes them: /J#53 is /JS."""
    return PDF_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), part)


def _packed_objects(content: bytes) -> bytes:
    """The objects that lie packed in streams, where a script would not be seen; what cannot be unpacked is passed."""
    found, left, begins = [], MOST_UNPACKED, 0
    for place in PDF_STREAM.finditer(content):
        head, begins = content[begins : place.start()], place.end()
        if b"/ObjStm" not in _plain_names(head):
            continue
        unpacking = zlib.decompressobj()
        try:
            part = unpacking.decompress(place[1], left)
        except zlib.error:
            raise IntakeRefused("PDF里有读不出来的部分，请打印后重新扫描成PDF") from None
        left -= len(part)
        if unpacking.unconsumed_tail or left <= 0:
            raise IntakeRefused("PDF展开后大得不合常理，不能收，请打印后重新扫描成PDF")
        found.append(part)
    return b" ".join(found)
