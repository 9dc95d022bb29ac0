"""收文件: the field that takes a file of the bank, dropped on it or chosen; what it says the action finds out."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from opendibao.intake.opened_files import MEGABYTE
from opendibao.web.act_fields import Label
from opendibao.web.uploads import Sent

MOST_BYTES = 50 * MEGABYTE
"""A result line is some 90 bytes: half a million households in one file."""
ENDINGS = ".txt,.csv,.xlsx"


class BankUpload(forms.FileField):
    """A file of the bank, whole."""

    def __init__(self, label: Label, *, hint: Label, accepts: str = ENDINGS) -> None:
        widget = forms.FileInput(attrs={"class": "in", "accept": accepts})
        super().__init__(label=label, help_text=hint, widget=widget)  # type: ignore[arg-type]

    def clean(self, data: Any, initial: Any = None) -> Sent:
        """Name and bytes. Raises ValidationError naming the field and the remedy."""
        if not isinstance(data, UploadedFile):
            raise ValidationError(_("请选择“%(label)s”") % {"label": self.label})
        if not data.size:
            raise ValidationError(_("“%(label)s”是空的，请向银行重新取文件") % {"label": self.label})
        if data.size > MOST_BYTES:
            said = _("“%(label)s”超过 %(n)d MB，不像是银行的文件，请核对后重新选")
            raise ValidationError(said % {"label": self.label, "n": MOST_BYTES // MEGABYTE})
        data.seek(0)
        return Sent(data.name or "", data.read())
