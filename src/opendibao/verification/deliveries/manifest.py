"""交接清单: what a department says of a file it sends: who, on what ground, for what, as of when, how many rows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

import yaml

from opendibao.verification.deliveries.refusal import DeliveryRefused

REGISTER, REQUEST = "register", "request"
COVERS = {REGISTER: "全部登记", REQUEST: "按核对名单"}
WORDS = {
    "source": "来源", "department": "部门", "legal_basis": "法律依据", "purpose": "用途", "authorisation": "授权编号",
    "covers": "数据范围", "list_of": "名单日期", "as_of": "数据截止日期", "rows": "行数", "sha256": "SHA-256",
}  # fmt: skip
LENGTHS = {"department": 60, "legal_basis": 200, "purpose": 200, "authorisation": 60}
LARGEST = 100_000
"""Bytes of a manifest file; more is no manifest."""
SHA256 = re.compile(r"[0-9a-f]{64}")
DAYS = ("list_of", "as_of")


@dataclass(frozen=True)
class Manifest:
    """What goes with a file (交接清单).

    `covers`: register (everybody the department has on record) or request (those on the county's list of the day
    `list_of`). `rows`: how many rows the department counts, headings and totals apart. `sha256`: of the file,
    "" where the department gave none.
    """

    source: str
    department: str
    legal_basis: str
    purpose: str
    authorisation: str
    covers: str
    list_of: date | None
    as_of: date
    rows: int
    sha256: str = ""


def read_manifest(data: bytes) -> dict[str, str]:
    """A manifest file (JSON or YAML) as texts by field name; keys may be the names or the Chinese words.

    Raises DeliveryRefused where it is no manifest, or names a field that a manifest does not have.
    """
    if len(data) > LARGEST:
        raise DeliveryRefused(f"清单文件有{len(data) // 1000}KB，不像清单，请核对选的是不是清单文件")
    try:
        found = yaml.safe_load(data.decode("utf-8-sig"))  # JSON is YAML
    except (UnicodeDecodeError, yaml.YAMLError):
        raise DeliveryRefused("清单文件读不了，应是 UTF-8 编码的 JSON 或 YAML，请部门重新导出或在页面上填写") from None
    if not isinstance(found, Mapping):
        raise DeliveryRefused("清单文件里没有一项项的内容，应写成“部门: 县不动产登记中心”这样")
    names = {zh: name for name, zh in WORDS.items()} | {name: name for name in WORDS}
    if unknown := [str(key) for key in found if str(key).strip() not in names]:
        raise DeliveryRefused(f"清单文件有不认识的项：{'、'.join(unknown[:5])}；应为{'、'.join(WORDS.values())}")
    return {names[str(key).strip()]: _text(value) for key, value in found.items()}


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat()[:10] if isinstance(value, date) else str(value).strip()


def manifest_of(said: Mapping[str, str]) -> Manifest:
    """A manifest from texts by field name. Raises DeliveryRefused naming the first field that cannot be read."""
    texts = {field.name: said.get(field.name, "").strip() for field in fields(Manifest)}
    codes = {zh: code for code, zh in COVERS.items()}
    rows = texts["rows"].replace(",", "")
    if not (rows.isascii() and rows.isdigit()):
        raise DeliveryRefused(f"清单的“行数”“{texts['rows']}”不是数，请按部门清单填写数据行数（不含表头和合计）")
    return Manifest(
        texts["source"], texts["department"], texts["legal_basis"], texts["purpose"], texts["authorisation"],
        codes.get(texts["covers"], texts["covers"]), _day("list_of", texts) if texts["list_of"] else None,
        _day("as_of", texts), int(rows), texts["sha256"].lower(),
    )  # fmt: skip


def _day(field: str, texts: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(texts[field])
    except ValueError:
        said = f"清单的“{WORDS[field]}”“{texts[field]}”不是日期，应写成 2024-03-31 这样"
        raise DeliveryRefused(said) from None


def manifest_fault(manifest: Manifest, on: date) -> str:
    """What is wrong with a manifest that came on a day; "" where nothing is."""
    for name, most in LENGTHS.items():
        value = getattr(manifest, name)
        if not value.strip():
            return f"清单没有写“{WORDS[name]}”，请补填（没有依据的数据不能收）"
        if len(value) > most:
            return f"清单的“{WORDS[name]}”最多{most}个字，现在有{len(value)}个，请缩短"
    if manifest.covers not in COVERS:
        return f"清单的“数据范围”“{manifest.covers}”不认识，应为{'或'.join(COVERS.values())}"
    if manifest.sha256 and not SHA256.fullmatch(manifest.sha256):
        return "清单的“SHA-256”应是64位十六进制数，请对照部门清单重填，没有就空着"
    return _days_fault(manifest, on)


def _days_fault(manifest: Manifest, on: date) -> str:
    if manifest.as_of > on:
        return f"清单的“数据截止日期”{manifest.as_of}还没有到（今天{on}），请核对年月日"
    if manifest.covers == REGISTER:
        return "清单写的是全部登记，不用写“名单日期”，请删去" if manifest.list_of else ""
    if manifest.list_of is None:
        return "清单写的是按核对名单，请填“名单日期”：部门答复到哪一天的名单"
    return f"清单的“名单日期”{manifest.list_of}还没有到（今天{on}），请核对年月日" if manifest.list_of > on else ""
