"""Fictional people and what twelve departments write about them, with the truth, for benchmarks/matching.py alone.

It shares nothing with the demonstration and nothing with the linkage: own names, own numbers, own damages. Every rate
in SOURCES, ID_DAMAGE and NAME_DAMAGE is an assumption: no department has published how often its rows are wrong. No
number can belong to anybody: no division begins with 99.

Our people live in counties of ten thousand; beside each of them the county has two others: a relative (same village,
same surname, the same second character if of one generation, some of them twins with the next sequence number, some on
the same telephone) and a stranger. A quarter of the rows are about these others.
"""

import argparse
import pathlib
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

COUNTY = 10_000
OTHERS = 0.25


@dataclass(frozen=True)
class Source:
    """A department: how many of our people it knows, what it writes beside name and number, how it writes numbers."""

    name: str
    share: float
    columns: tuple[str, ...]
    writes: str


SOURCES = (
    Source("hukou", 0.86, ("sex", "born", "division"), "register"),
    Source("social_insurance", 0.78, ("sex", "born", "phone"), "register"),
    Source("pension", 0.28, ("born", "division"), "office"),
    Source("tax", 0.18, ("phone",), "office"),
    Source("vehicles", 0.12, ("phone",), "office"),
    Source("real_estate", 0.22, (), "field"),
    Source("bank_deposits", 0.62, ("phone",), "register"),
    Source("securities", 0.04, ("sex", "phone"), "register"),
    Source("companies", 0.03, ("phone",), "field"),
    Source("prisons", 0.01, ("sex", "born"), "office"),
    Source("marriages", 0.33, ("sex", "born"), "office"),
    Source("farm_subsidies", 0.31, ("phone", "division"), "field"),
)

# rows per 10,000; what is left is written as it is
ID_DAMAGE = {
    #                   register office field
    "legacy15":         (40, 250, 500),
    "missing":          (10, 80, 350),
    "one_digit":        (10, 40, 120),
    "transposed":       (5, 20, 60),
    "lower_x":          (10, 20, 40),
    "masked":           (20, 15, 20),
    "full_width":       (5, 10, 20),
    "excel000":         (2, 10, 25),
    "excel_float":      (1, 4, 8),
    "one_lost":         (1, 4, 10),
    "one_doubled":      (1, 2, 4),
    "spaces":           (10, 20, 40),
    "anothers":         (2, 5, 10),
}  # fmt: skip
NAME_DAMAGE = {
    "changed": (8, 15, 20),        # another name altogether: a former name, a milk name
    "one_character": (5, 20, 40),
    "homophone": (8, 25, 50),
    "traditional": (10, 20, 20),
    "exchanged": (1, 3, 6),       # second and third character
    "one_left_out": (1, 5, 10),
    "signs": (20, 30, 40),        # spaces, dots, brackets
}  # fmt: skip
# our own register, rows per 10,000, in the order of ID_DAMAGE
REGISTER_DAMAGE = [30, 10, 15, 5] + [0] * (len(ID_DAMAGE) - 4)
KINDS = ("register", "office", "field")
PHONE_CHANGED, PHONE_EMPTY, BORN_WRONG, BORN_EMPTY, SEX_WRONG, MOVED = 0.20, 0.15, 0.005, 0.03, 0.002, 0.04

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
SHARES = (7.1, 7.0, 6.7, 5.3, 4.5, 3.0, 2.2, 2.1, 2.0, 1.9, 1.5, 1.4, 1.3, 1.2, 1.2, 1.1, 1.1, 1.0, 1.0, 0.9)
MALE = (
    "国建华明军平志文德生林金海荣永春成玉光红清新小兴福东伟元水根庆祥贵发才宝学长良胜全俊友家正立昌世杰勇云忠义强龙辉松仁富"
    "和财子大树波安顺泽民先利景江山万连开启方振启木火土有喜来保盛耀宗礼智信贤能旺银满堂科技涛刚峰磊鹏飞斌浩宇超凯博毅恒"
)
FEMALE = (
    "秀英兰玉芳珍桂凤华梅红琴霞丽艳春素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤贞莉淑娟翠雅芝萍萝娜巧美娥菊花莎菁慧敏静洁晓婷"
    "金水小冬秋仙银娇妮仪倩婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琳蕊薇青文玲彩芬燕芸群惠连锦欢桃柳珠晶妍茜欣颜思雨梦琪"
)
HOMOPHONES = "建健 英瑛 军君 明鸣 平萍 秀绣 丽莉 红洪 刚钢 强墙 芳方 珍真 伟玮 华划 志智 文闻 德得 林琳 玉裕 兰蓝 凤奉 梅眉 琴勤 霞遐 云耘 春椿"  # noqa: E501
TRADITIONAL = "国國 华華 军軍 兰蘭 凤鳳 丽麗 云雲 东東 贵貴 发發 宝寶 学學 长長 胜勝 龙龍 义義 张張 刘劉 陈陳 杨楊 黄黃 赵趙 吴吳 孙孫 马馬 罗羅"  # noqa: E501

Ints = NDArray[np.int64]
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECKS = np.frombuffer(b"10X98765432", dtype=np.uint8)


def _points(text: str) -> Ints:
    return np.array([ord(sign) for sign in text], dtype=np.int64)


def _pairs(text: str) -> tuple[Ints, Ints]:
    pairs = text.split()
    return _points("".join(pair[0] for pair in pairs)), _points("".join(pair[1] for pair in pairs))


def _zipf(rng: np.random.Generator, pool: str, n: int) -> Ints:
    weights = 1 / (np.arange(len(pool)) + 8)
    return _points(pool)[rng.choice(len(pool), n, p=weights / weights.sum())]


def _surnames(rng: np.random.Generator, n: int) -> Ints:
    rest = len(SURNAMES) - len(SHARES)
    weights = np.array([*SHARES, *(np.linspace(0.9, 0.2, rest))])
    return _points(SURNAMES)[rng.choice(len(SURNAMES), n, p=weights / weights.sum())]


@dataclass
class People:
    """Columns of people: names as code points (0 where a name has two), number as 18 bytes, day as days since 1920."""

    names: Ints
    numbers: NDArray[np.uint8]
    born: Ints
    is_male: NDArray[np.bool_]
    phone: Ints
    village: Ints

    def take(self, where: Ints) -> "People":
        return People(*(getattr(self, name)[where] for name in self.__dataclass_fields__))


def _given(rng: np.random.Generator, is_male: NDArray[np.bool_]) -> Ints:
    return np.where(is_male, _zipf(rng, MALE, len(is_male)), _zipf(rng, FEMALE, len(is_male)))


def _digits(numbers: Ints, width: int) -> NDArray[np.uint8]:
    return ((numbers[:, None] // 10 ** np.arange(width - 1, -1, -1)) % 10 + 48).astype(np.uint8)


def _days(born: Ints) -> Ints:
    days = np.datetime64("1920-01-01") + born
    months = days.astype("datetime64[M]")
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970
    return years * 10_000 + (months.astype(np.int64) % 12 + 1) * 100 + (days - months).astype(np.int64) + 1


def _numbers(region: Ints, born: Ints, sequence: Ints) -> NDArray[np.uint8]:
    rows = np.hstack([_digits(region, 6), _digits(_days(born), 8), _digits(sequence, 3)])
    check = _CHECKS[((rows.astype(np.int64) - 48) @ _WEIGHTS) % 11]
    return np.hstack([rows, check[:, None]])


def _population(rng: np.random.Generator, n: int) -> People:
    """n of ours, then n relatives, then n strangers; the k-th relative is of the k-th of ours."""
    county = np.tile(np.arange(n) // COUNTY, 3)
    village = county * 1_000 + np.tile(rng.integers(0, 300, n), 3)
    village[2 * n :] = county[2 * n :] * 1_000 + rng.integers(0, 300, n)
    is_male = rng.random(3 * n) < 0.5
    born = rng.integers(0, 96 * 365, 3 * n)
    surname = _surnames(rng, 3 * n)
    second, third = _given(rng, is_male), _given(rng, is_male)
    third[rng.random(3 * n) < 0.14] = 0
    relative, ours = slice(n, 2 * n), slice(0, n)
    surname[relative] = surname[ours]
    is_sibling = rng.random(n) < 0.4
    second[relative] = np.where(is_sibling, second[ours], second[relative])
    third[relative] = np.where(is_sibling & (third[relative] == 0), _given(rng, is_male[relative]), third[relative])
    is_twin = is_sibling & (rng.random(n) < 0.04)
    born[relative] = np.where(is_twin, born[ours], born[relative])
    region = np.where(rng.random(3 * n) < 0.85, county, rng.integers(0, max(county.max() + 1, 40), 3 * n)) + 990_100
    region[relative] = np.where(is_sibling, region[ours], region[relative])
    sequence = (rng.gamma(1.3, 120, 3 * n).astype(np.int64) % 499) * 2
    sequence[relative] = np.where(is_twin, sequence[ours] + 2 & 1022, sequence[relative]) % 998
    phone = 13_000_000_000 + rng.integers(0, 6_999_999_999, 3 * n)
    phone[relative] = np.where(rng.random(n) < 0.15, phone[ours], phone[relative])
    sequence = _apart(region, born, sequence + is_male)
    return People(
        np.stack([surname, second, third], 1), _numbers(region, born, sequence), born, is_male, phone, village
    )


def _apart(region: Ints, born: Ints, sequence: Ints) -> Ints:
    """No two people have one number: the later one moves on by two, so that its sex stays."""
    while True:
        whole = (region * 100_000_000 + _days(born)) * 1_000 + sequence
        _, first = np.unique(whole, return_index=True)
        again = np.ones(len(whole), dtype=bool)
        again[first] = False
        if not again.any():
            return sequence
        sequence = np.where(again, (sequence + 2) % 1_000, sequence)


def _utf8(points: Ints) -> pa.Array:
    """Rows of code points (0 is nothing; all of three bytes) as texts."""
    seen = points > 0
    data = np.stack([0xE0 | points >> 12, 0x80 | points >> 6 & 0x3F, 0x80 | points & 0x3F], 2).astype(np.uint8)
    offsets = np.concatenate([[0], np.cumsum(seen.sum(1) * 3)]).astype(np.int32)
    return pa.StringArray.from_buffers(len(points), pa.py_buffer(offsets), pa.py_buffer(data[seen].tobytes()))


def _ascii(rows: NDArray[np.uint8]) -> pa.Array:
    offsets = np.arange(len(rows) + 1, dtype=np.int32) * rows.shape[1]
    return pa.StringArray.from_buffers(len(rows), pa.py_buffer(offsets), pa.py_buffer(rows.tobytes()))


def _rates(table: dict[str, tuple[int, int, int]], writes: str) -> list[int]:
    return [row[KINDS.index(writes)] for row in table.values()]


def _kinds(rng: np.random.Generator, n: int, rates: list[int]) -> NDArray[np.int8]:
    """The damage of each row: 0 none, then as they stand in the table."""
    shares = np.array(rates) / 10_000
    return np.searchsorted(np.cumsum([1 - shares.sum(), *shares]), rng.random(n), side="right").astype(np.int8)


def _replaced(texts: pa.Array, where: Ints, others: list[str] | pa.Array) -> pa.Array:
    order = np.arange(len(texts))
    order[where] = len(texts) + np.arange(len(where))
    return pa.concat_arrays([texts, pa.array(others, pa.string())]).take(pa.array(order))


def _damaged_number(kind: str, rng: np.random.Generator, row: str) -> str:
    """One number as somebody writes it."""
    place = int(rng.integers(0, 17))
    if kind == "one_digit":
        return row[:place] + str((int(row[place]) + int(rng.integers(1, 10))) % 10) + row[place + 1 :]
    if kind == "transposed":
        places = [i for i in range(16) if row[i] != row[i + 1]]
        i = places[int(rng.integers(0, len(places)))]
        return row[:i] + row[i + 1] + row[i] + row[i + 2 :]
    made = {
        "legacy15": row[:6] + row[8:17] if row[6:8] == "19" else row,
        "missing": "",
        "lower_x": row.lower(),
        "masked": row[:6] + "*" * 8 + row[14:],
        "full_width": row.translate({ord("0123456789X"[k]): "０１２３４５６７８９Ｘ"[k] for k in range(11)}),
        "excel000": row[:15] + "000",
        "excel_float": f"{row[0]}.{row[1:15].rstrip('0') or '0'}E+17",
        "one_lost": row[:place] + row[place + 1 :],
        "one_doubled": row[:place] + row[place] + row[place:],
        "spaces": f" {row[:6]} {row[6:14]} {row[14:]}",
    }
    return made[kind]


def _written_numbers(rng: np.random.Generator, people: People, family: People, kinds: NDArray[np.int8]) -> pa.Array:
    texts = _ascii(people.numbers)
    for k, kind in enumerate(ID_DAMAGE, start=1):
        where = np.flatnonzero(kinds == k)
        rows = (family if kind == "anothers" else people).numbers[where]
        plain = [row.tobytes().decode() for row in rows]
        texts = _replaced(
            texts, where, plain if kind == "anothers" else [_damaged_number(kind, rng, row) for row in plain]
        )
    return texts


def _changed_points(kind: str, rng: np.random.Generator, points: Ints, is_male: NDArray[np.bool_]) -> Ints:
    """Names with another, a sounding alike, a traditional, an exchanged or a missing character."""
    points, n = points.copy(), len(points)
    if kind == "changed":
        points[:, 1], points[:, 2] = _given(rng, is_male), _given(rng, is_male)
    if kind == "one_character":
        place = rng.integers(1, 3, n)
        points[np.arange(n), np.where(points[:, 2] == 0, 1, place)] = _given(rng, is_male)
    if kind in ("homophone", "traditional"):
        for one, other in zip(*_pairs(HOMOPHONES if kind == "homophone" else TRADITIONAL), strict=True):
            points[points == one] = other
    if kind == "exchanged":
        full = points[:, 2] > 0
        points[full] = points[full][:, [0, 2, 1]]
    if kind == "one_left_out":
        points[:, 2] = 0
    return points


def _written_names(rng: np.random.Generator, people: People, kinds: NDArray[np.int8]) -> pa.Array:
    points = people.names.copy()
    for k, kind in enumerate(NAME_DAMAGE, start=1):
        where = kinds == k
        points[where] = _changed_points(kind, rng, points[where], people.is_male[where])
    texts = _utf8(points)
    where = np.flatnonzero(kinds == 1 + list(NAME_DAMAGE).index("signs"))
    signs = (lambda t: " ".join(t), lambda t: t + "（女）", lambda t: t + " ", lambda t: t[0] + "·" + t[1:])
    return _replaced(texts, where, [signs[i % 4](text) for i, text in enumerate(texts.take(where).to_pylist())])


def _written_days(rng: np.random.Generator, people: People) -> pa.Array:
    n = len(people.born)
    born = np.where(rng.random(n) < BORN_WRONG, people.born + rng.integers(20, 45, n), people.born)
    day = _digits(_days(born), 8)
    dash = np.full((n, 1), ord("-"), dtype=np.uint8)
    texts = _ascii(np.hstack([day[:, :4], dash, day[:, 4:6], dash, day[:, 6:]]) if rng.random() < 0.7 else day)
    where = np.flatnonzero(rng.random(n) < BORN_EMPTY)
    return _replaced(texts, where, [""] * len(where))


def _written_phones(rng: np.random.Generator, people: People) -> pa.Array:
    n = len(people.phone)
    other = 13_000_000_000 + rng.integers(0, 6_999_999_999, n)
    texts = _ascii(_digits(np.where(rng.random(n) < PHONE_CHANGED, other, people.phone), 11))
    where = np.flatnonzero(rng.random(n) < PHONE_EMPTY)
    return _replaced(texts, where, [""] * len(where))


def _written_divisions(rng: np.random.Generator, people: People) -> pa.Array:
    n = len(people.village)
    village = np.where(rng.random(n) < MOVED, people.village + 1, people.village)
    return _ascii(_divisions(village))


def _divisions(village: Ints) -> NDArray[np.uint8]:
    """County, township (twenty villages each), village."""
    county, place = village // 1_000, village % 1_000
    return _digits((990_100 + county) * 1_000_000 + (100 + place // 20) * 1_000 + 200 + place % 20, 12)


def _sexes(is_male: NDArray[np.bool_], words: tuple[str, str]) -> pa.Array:
    return pa.array(list(words)).take(pa.array((~is_male).astype(np.int8)))


def _empty(n: int) -> pa.Array:
    return pa.array([""]).take(pa.array(np.zeros(n, dtype=np.int8)))


def _keys(letter: str, start: int, n: int) -> pa.Array:
    return _ascii(np.hstack([np.full((n, 1), ord(letter), dtype=np.uint8), _digits(np.arange(start, start + n), 8)]))


def _register(rng: np.random.Generator, people: People, n: int) -> pa.Table:
    """Our people as the county entered them, all columns; few numbers are damaged."""
    ours = people.take(np.arange(n))
    numbers = _written_numbers(rng, ours, ours, _kinds(rng, n, REGISTER_DAMAGE))
    return pa.table({
        "key": _keys("p", 0, n), "name": _utf8(ours.names), "id_number": numbers,
        "sex": _sexes(ours.is_male, ("male", "female")), "born": _ascii(_digits(_days(ours.born), 8)),
        "division": _ascii(_divisions(ours.village)),
        "phone": _ascii(_digits(ours.phone, 11)),
    })  # fmt: skip


def _delivery(rng: np.random.Generator, people: People, n: int, source: Source, start: int) -> pa.Table:
    """One department's rows with the truth: `person` is the key of whom a row is about, or nothing."""
    count = int(n * source.share)
    ours = rng.integers(0, n, count)
    others = n + rng.integers(0, 2 * n, int(count * OTHERS / (1 - OTHERS)))
    about = rng.permutation(np.concatenate([ours, others]))
    family = np.where(about < n, about + n, about % n)  # a relative's number, or that of one of ours
    written, size = people.take(about), len(about)
    id_kinds = _kinds(rng, size, _rates(ID_DAMAGE, source.writes))
    name_kinds = _kinds(rng, size, _rates(NAME_DAMAGE, source.writes))
    names, numbers = (
        _written_names(rng, written, name_kinds),
        _written_numbers(rng, written, people.take(family), id_kinds),
    )
    is_male = written.is_male ^ (rng.random(size) < SEX_WRONG)
    made = {
        "sex": lambda: _sexes(is_male, ("男", "女")), "born": lambda: _written_days(rng, written),
        "division": lambda: _written_divisions(rng, written), "phone": lambda: _written_phones(rng, written),
    }  # fmt: skip
    return pa.table({
        "key": _keys("r", start, size), "name": names, "id_number": numbers,
        **{name: made[name]() if name in source.columns else _empty(size) for name in made},
        "person": pa.array(np.where(about < n, about, -1), pa.int32()),
        "id_damage": _done(id_kinds, numbers, _ascii(written.numbers)),
        "name_damage": _done(name_kinds, names, _utf8(written.names)),
    })  # fmt: skip


def _done(kinds: NDArray[np.int8], written: pa.Array, right: pa.Array) -> pa.Array:
    """A damage that changed nothing (a number of this century has no form of 15 places) is none."""
    return pa.array(np.where(np.asarray(pc.equal(written, right)), 0, kinds).astype(np.int8))


def write_world(folder: pathlib.Path, n: int, seed: int, rows: int = 0) -> int:
    """Write persons.parquet and a file for each source; returns how many rows the sources have.

    `rows`: about so many (shares of all sources are scaled); 0 leaves the shares as they are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    people = _population(rng, n)
    pq.write_table(_register(rng, people, n), folder / "persons.parquet")
    usual = n * sum(source.share for source in SOURCES) / (1 - OTHERS)
    start = 0
    for source in SOURCES:
        scaled = Source(source.name, source.share * (rows / usual if rows else 1), source.columns, source.writes)
        table = _delivery(rng, people, n, scaled, start)
        pq.write_table(table, folder / f"source_{source.name}.parquet")
        start += table.num_rows
    return start


def main() -> None:
    """In a process of its own, so that what it takes in memory is not counted as anybody else's."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=pathlib.Path, nargs="?", help="where to write; nothing is written without it")
    options.add_argument("--persons", type=int, default=COUNTY)
    options.add_argument("--seed", type=int, default=2)
    options.add_argument("--records", type=int, default=0)
    options.add_argument("--small", action="store_true", help="nothing of its own: matching.py runs it")
    asked = options.parse_args()
    if asked.folder:
        write_world(asked.folder, asked.persons, asked.seed, asked.records)


if __name__ == "__main__":
    main()
