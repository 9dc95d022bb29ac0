"""金额: money is whole fen (分) in integers; yuan exist only at the edge, as text or Decimal."""

import re
from decimal import ROUND_HALF_UP, Decimal

FEN_PER_YUAN = 100
FEN_PER_WAN_YUAN = 1_000_000
_WRITTEN = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?")  # 1,2 is a slip, not twelve
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


class NotMoney(ValueError):
    """The text is not an amount of yuan with at most two decimals."""


def yuan(amount: int | str | Decimal) -> int:
    """Turn yuan into fen; refuse more than two decimals, because half a fen cannot be paid."""
    if isinstance(amount, bool) or not isinstance(amount, int | str | Decimal):
        raise NotMoney(f"金额“{amount}”应写成元，最多两位小数")
    text = str(amount).strip()
    if isinstance(amount, str) and not _WRITTEN.fullmatch(text):
        raise NotMoney(f"金额“{amount}”不是数字，应写成元，如 620 或 620.50")
    fen = Decimal(text.replace(",", "")) * FEN_PER_YUAN
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise NotMoney(f"金额“{amount}”不足一分，应写成元，最多两位小数")
    return int(fen)


def yuan_text(fen: int, *, grouped: bool = False) -> str:
    """Print fen as yuan with two decimals: 137800 → 1378.00 (grouped: 1,378.00)."""
    sign, fen = ("-" if fen < 0 else ""), abs(fen)
    whole = f"{fen // FEN_PER_YUAN:,}" if grouped else str(fen // FEN_PER_YUAN)
    return f"{sign}{whole}.{fen % FEN_PER_YUAN:02d}"


def yuan_said(fen: int) -> str:
    """Print fen for people, as sentences say it: 137800 → 1,378.00."""
    return yuan_text(fen, grouped=True)


def wan_yuan_text(fen: int) -> str:
    """Print fen as 万元 with two decimals, half-up, as the report does."""
    return str((Decimal(fen) / FEN_PER_WAN_YUAN).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _group_in_words(number: int) -> str:
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + _UNITS[place]
            zero = False
        else:
            zero = True
    return text


def _whole_in_words(whole: int) -> str:
    text, gap = "", False
    for index in range(3, -1, -1):
        group = whole // 10_000**index % 10_000
        if group:
            text += ("零" if text and (gap or group < 1000) else "") + _group_in_words(group) + _GROUPS[index]
        gap = group == 0 or (group % 10 == 0 and gap)
    return text


def in_words(fen: int) -> str:
    """大写金额, as a bank slip prints it: 137850 → 壹仟叁佰柒拾捌元伍角整."""
    if fen < 0:
        return "负" + in_words(-fen)
    whole, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    text = _whole_in_words(whole) + "元" if whole else ""
    if not jiao and not cent:
        return (text or "零元") + "整"
    text += _DIGITS[jiao] + "角" if jiao else ("零" if text else "")
    return text + (_DIGITS[cent] + "分" if cent else "整")
