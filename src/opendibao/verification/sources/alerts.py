"""预警种类: what a source may raise when everyone is matched again; whether it matters is for the rules to say."""

from collections.abc import Mapping

ALERTS: Mapping[str, str] = {
    "death": "死亡",
    "prison": "服刑或强制隔离戒毒",
    "moved_away": "户籍不在本县",
    "other_county": "在别处享受低保",
    "tekun": "享受特困供养",
    "new_vehicle": "名下有车",
    "company": "名下有经营主体",
    "deposits_over_limit": "存款等金融资产",
    "pension": "领取养老金",
    "wages": "有工资收入",
    "second_home": "名下登记住房",
    "married": "登记结婚",
}
"""By kind, its words: a source raises one wherever the thing is there, however small."""
