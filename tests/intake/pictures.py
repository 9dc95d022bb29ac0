"""Files as families and phones send them, and as somebody who means harm would."""

import zlib
from io import BytesIO

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(document.cookie)</script>"


def noise(width: int, height: int) -> Image.Image:
    """A picture that does not pack well."""
    return Image.effect_noise((width, height), 90).convert("RGB")


def jpeg(width: int = 60, height: int = 40, *, gps: bool = False, turned: int = 0, comment: bytes = b"") -> bytes:
    """A photograph, with the place where it was taken and the way the camera was held; its left half is red."""
    image = Image.new("RGB", (width, height), "white")
    image.paste((200, 0, 0), (0, 0, width // 2, height))
    exif = Image.Exif()
    if turned:
        exif[Base.Orientation] = turned
    if gps:
        exif[Base.Model] = "SECRET-PHONE"
        exif.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (29.0, 44.0, 1.5)})
    held = BytesIO()
    image.save(held, "JPEG", exif=exif, comment=comment, quality=95)
    return held.getvalue()


def png(width: int = 60, height: int = 40, mode: str = "RGB") -> bytes:
    held = BytesIO()
    Image.new(mode, (width, height)).save(held, "PNG")
    return held.getvalue()


def bomb(edge: int) -> bytes:
    """A PNG of a few hundred bytes that says it is 30,000 × 30,000."""
    return _png_header(edge, edge) + _chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + _chunk(b"IEND", b"")


def _png_header(width: int, height: int) -> bytes:
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", size + b"\x08\x02\0\0\0")


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + kind + content + check


def pdf(*more: bytes, packed: bytes = b"", padding: int = 0, trailer: bytes = b"") -> bytes:
    """A PDF of one empty page with more objects; `packed` lies in an object stream, `padding` blanks in its head."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>", *more]  # fmt: skip
    if packed:
        stream = zlib.compress(b"9 0 " + packed)
        head = b"<< /Type /ObjStm%s /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n"
        head %= (b" " * padding, len(stream))
        objects.append(head + stream + b"\nendstream")
    made = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, table)
    return made
