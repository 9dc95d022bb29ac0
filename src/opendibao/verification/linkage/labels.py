"""依据的说法: fields and levels of agreement in the words that pages and papers use."""

FIELD_ZH = {
    "id_number": "证件号", "name": "姓名", "region": "证件号地区段", "born": "出生日期", "seq": "证件号后四位",
    "sex": "性别", "phone": "手机号", "division": "住址区划",
}  # fmt: skip
LEVEL_ZH: dict[str, dict[str, str]] = {
    "id_number": {"same": "相同", "other": "都完整但不同"},
    "name": {
        "same": "相同", "same_short": "相同（两字名）", "sound": "同音", "sound_short": "同音（两字名）",
        "most": "三个字里两个相同", "kin": "只有末一个字不同", "surname": "只有姓相同", "other": "不同",
    },
    "region": {"same": "相同", "near": "相近", "other": "不同"},
    "born": {"same": "相同", "near": "只差一处", "year": "只有年份相同", "other": "不同"},
    "seq": {"same": "相同", "near": "只差一处", "other": "不同"},
    "sex": {"same": "相同", "other": "不同"},
    "phone": {"same": "相同", "other": "不同"},
    "division": {"village": "同一村（社区）", "township": "同一乡镇（街道）", "county": "同一县", "other": "不同县"},
}  # fmt: skip
FLAG_ZH = {
    "ok": "完整", "legacy15": "旧15位", "badcheck": "校验位不对", "badlen": "位数不对", "missing": "没有证件号",
    "masked": "打了星号", "excel15": "被 Excel 改成了数值，后三位丢失",
}  # fmt: skip
"""What became of a written number (`id_flag` of `normalise`)."""
