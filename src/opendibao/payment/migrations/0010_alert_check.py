"""An eleventh check before payment: warnings of the re-match propose to hold; the people who pay decide."""

from django.db import migrations, models

KINDS = [
    ("dead", "家中有人已故"),
    ("other_county", "户籍或住处不在本县"),
    ("account_missing", "没有银行账户"),
    ("account_shared", "一个账号多户使用"),
    ("account_refused", "银行预核账户不符"),
    ("name_differs", "户名不是家庭成员"),
    ("zero", "金额为零"),
    ("over_standard", "金额超过标准的若干倍"),
    ("account_changed", "账户刚变更"),
    ("keeping", "代管代领待查"),
    ("alert", "有预警属实或者待核实"),
]


def _kind() -> models.CharField:
    return models.CharField("核对项", max_length=20, choices=KINDS)


class Migration(migrations.Migration):
    dependencies = [("payment", "0009_changes"), ("verification", "0009_alert_walls")]
    operations = [
        migrations.AlterField(model_name="checksigned", name="kind", field=_kind()),
        migrations.AlterField(model_name="finding", name="kind", field=_kind()),
    ]
