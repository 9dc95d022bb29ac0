"""上传: fields of a form that take a photograph or a paper, and the refusal of what is too large before it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.opened_files import MEGABYTE, MOST_BYTES
from opendibao.web.act_fields import Label

MOST_SENT = 60 * MEGABYTE
"""Bytes of all that one form may send together."""
PICTURES = "image/jpeg,image/png,image/webp"


@dataclass(frozen=True)
class Sent:
    """A file as it was sent: the name it came with and its bytes; neither is believed yet."""

    name: str
    content: bytes


class Photo(forms.FileField):
    """A photograph; a phone offers its camera. What it really is the action finds out."""

    accepts = PICTURES

    def __init__(self, label: Label, *, needed: bool = True, hint: Label = "") -> None:
        said = hint or gettext_lazy("JPEG、PNG 照片，最大 10 MB；存的时候自动缩小，去掉拍摄地点")
        widget = forms.FileInput(attrs={"class": "in", "accept": self.accepts})
        super().__init__(label=label, required=needed, help_text=said, widget=widget)  # type: ignore[arg-type]

    def clean(self, data: Any, initial: Any = None) -> Sent | None:
        """Name and bytes, None where none was chosen. Raises ValidationError naming the field."""
        if not isinstance(data, UploadedFile):
            if self.required:
                raise ValidationError(_("请选择“%(label)s”") % {"label": self.label})
            return None
        if (data.size or 0) > MOST_BYTES:
            said = _("“%(label)s”超过 %(n)d MB，请拍小一些或分成几份再传")
            raise ValidationError(said % {"label": self.label, "n": MOST_BYTES // MEGABYTE})
        if not data.size:
            raise ValidationError(_("“%(label)s”是空的，请重新拍照或重新选文件") % {"label": self.label})
        data.seek(0)
        return Sent(data.name or "", data.read())


class Paper(Photo):
    """A signed paper: photographed, or scanned as PDF."""

    accepts = f"{PICTURES},application/pdf"

    def __init__(self, label: Label, *, needed: bool = True, hint: Label = "") -> None:
        super().__init__(label, needed=needed, hint=hint or gettext_lazy("照片（JPEG、PNG）或 PDF，最大 10 MB"))


def refuse_huge(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer 413 to what is larger than any form of the site sends, before a byte of it is read."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if _length(request) > MOST_SENT:
            return _too_large(request)
        return get_response(request)

    return handle


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _too_large(request: HttpRequest) -> HttpResponse:
    response = render(request, "web/413.html", {"most": MOST_SENT // MEGABYTE}, status=413)
    response.headers["Connection"] = "close"
    return response
