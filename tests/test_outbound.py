"""What may not leave: marks and identifiers are found, and what merely looks like them is let go."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.errors import OutboundRefused
from drafting.facts import Fact
from drafting.outbound import check_outbound, screen

# Made up: the area code 110101 with days and serials that nobody was given, and the networks' published test numbers.
CARD = "11010119900307109X"
CARD_15 = "110101900307109"
MOBILE = "13800138000"
UNIONPAY = "6222021234567890128"


def found(text: str) -> list[tuple[str, str]]:
    """Kind and the text itself of everything found."""
    return [(secret.kind, text[secret.start : secret.end]) for secret in screen([Fact("F1", text)])]


def luhn_completed(digits: str) -> str:
    """The digits with the check digit of ISO/IEC 7812-1, Annex B."""
    doubled = [int(digit) * 2 if place % 2 == 0 else int(digit) for place, digit in enumerate(reversed(digits))]
    return digits + str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def card_completed(digits: str) -> str:
    """The 17 digits with the check character that makes the number 1 modulo 11 (GB 11643-1999, 4.4)."""
    for check in "0123456789X":
        if (
            sum(
                int(digit, 11) * pow(2, 17 - place, 11)
                for place, digit in enumerate((digits + check).replace("X", "A"))
            )
            % 11
            == 1
        ):
            return digits + check
    raise AssertionError(digits)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("机密★1年 开展专项检查3次", "机密★1年"),
        ("绝密★", "绝密★"),
        ("秘密★长期", "秘密★长期"),
        ("转发秘密 ★ 10年文件", "秘密 ★ 10年"),
        ("密级：机密", "密级：机密"),
        ("涉密等级: 绝密", "涉密等级: 绝密"),
        ("【机密】开展检查", "【机密】"),
        ("〔秘密〕开展检查", "〔秘密〕"),
        ("（机密）开展检查3次", "（机密）"),
        ("开展检查3次（秘密）", "（秘密）"),
        ("机密 开展检查", "机密"),
        ("秘密：开展检查", "秘密"),
        ("绝密", "绝密"),
    ],
)
def test_secrecy_marks(text: str, mark: str) -> None:
    assert found(text) == [("秘密标志", mark)]


@pytest.mark.parametrize(
    "text",
    [
        "开展商业秘密保护宣传12场",
        "组织保守国家秘密教育3次",
        "加强数据机密性管理",
        "以无记名（秘密）投票方式选举代表5名",
        "秘密投票选举产生委员7名",
        "机密文件清理回收36份",
        "清查绝密级、机密级文件120份",
        "密级：公开",
        "检查涉密人员23名",
    ],
)
def test_words_are_no_marks(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        (f"联系人身份证{CARD}已核", "身份证号", CARD),
        (f"联系人身份证{CARD.lower()}", "身份证号", CARD.lower()),
        ("证件１１０１０１１９９００３０７１０９Ｘ", "身份证号", "１１０１０１１９９００３０７１０９Ｘ"),
        ("证件110101 19900307 109X", "身份证号", "110101 19900307 109X"),
        (f"身份证号{CARD_15}", "身份证号", CARD_15),
        (f"联系电话{MOBILE}", "手机号", MOBILE),
        (f"{MOBILE}。", "手机号", MOBILE),
        ("电话138-0013-8000", "手机号", "138-0013-8000"),
        ("电话138 0013 8000转张", "手机号", "138 0013 8000"),
        ("电话+86 13800138000", "手机号", "+86 13800138000"),
        ("电话+86-138-0013-8000", "手机号", "+86-138-0013-8000"),
        ("电话8613800138000", "手机号", "8613800138000"),
        ("电话１３８００１３８０００", "手机号", "１３８００１３８０００"),
        ("Tel13800138000", "手机号", "13800138000"),
        ("2024-03-15 13800138000", "手机号", "13800138000"),
        ("13800138000余主任", "手机号", "13800138000"),
        ("13800138000万主任", "手机号", "13800138000"),
        (f"账户{UNIONPAY}", "银行卡号", UNIONPAY),
        ("账户6222 0212 3456 7890 128", "银行卡号", "6222 0212 3456 7890 128"),
        ("卡号4111-1111-1111-1111", "银行卡号", "4111-1111-1111-1111"),
        ("卡号5555555555554444", "银行卡号", "5555555555554444"),
        ("卡号378282246310005", "银行卡号", "378282246310005"),
        ("卡号3530111333300000", "银行卡号", "3530111333300000"),
    ],
)
def test_identifiers(text: str, kind: str, quote: str) -> None:
    assert found(text) == [(kind, quote)]


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码91410100MA3X9ABC1D",
        "统一社会信用代码911101011990030714",
        "项目编号：13800138000",
        "合同号6222021234567890128",
        "立项编号2024-13800138000",
        "批次A13800138000",
        "流水20240613138001380001234",
        "投入6228000000元",
        "投资13800138000元",
        "产值13800138000万元",
        "存款余额13800138000多亿元",
        "补贴￥13800138000",
        "发电量13800138000千瓦时",
        "ISBN 9787302511854",
        "ISBN 978-7-302-51185-4",
        "订单6222021234567890129",
        "订单4111111111111112",
        "热线0371-12345678",
        "热线12345、12350",
        "圆周率3.13800138000",
        "坐标113.13800138000",
        "身份证110101199003071090",
        "身份证11010119901307109X",
        "身份证99010119900307109X",
        f"编码{CARD_15}",
        "立案23800138000件",
        "1,380,013,8000",
        "工期2024-01-01至2024-06-30",
        "金额6222021234567890128.00",
    ],
)
def test_look_alikes_pass(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("mark", [",", "，", "、", "/", " ", ";"])
def test_numbers_in_a_list(mark: str) -> None:
    assert found(f"电话{MOBILE}{mark}13900139000") == [("手机号", MOBILE), ("手机号", "13900139000")]


def test_several_in_one_fact_in_their_order() -> None:
    text = f"机密★ 张三{MOBILE}，{CARD}，{UNIONPAY}"
    assert [kind for kind, _ in found(text)] == ["秘密标志", "手机号", "身份证号", "银行卡号"]


@given(st.integers(0, 10**11 - 1), st.integers(0, 9))
def test_one_wrong_digit_is_no_bank_card(serial: int, wrong: int) -> None:
    card = luhn_completed(f"6222021{serial:011d}")
    changed = card[:-1] + str((int(card[-1]) + 1 + wrong % 9) % 10)
    assert found(f"卡{card}") == [("银行卡号", card)]
    assert found(f"卡{changed}") == []


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.integers(0, 999))
def test_every_valid_identity_card(born: date, serial: int) -> None:
    card = card_completed(f"410105{born:%Y%m%d}{serial:03d}")
    assert found(f"居民{card}") == [("身份证号", card)]


def test_a_right_check_digit_is_not_enough() -> None:
    assert found(f"编码{card_completed('11010119901307109')}") == []
    assert found(f"编码{card_completed('99010119900307109')}") == []


def test_an_identity_card_that_also_passes_for_a_bank_card_is_one_secret() -> None:
    cards = (card_completed(f"62010219900307{serial:03d}") for serial in range(1_000))
    both = next(card for card in cards if card.isdigit() and luhn_completed(card[:-1]) == card)
    assert found(f"居民{both}") == [("身份证号", both)]


def test_refusal_names_fact_and_kind_but_not_the_number() -> None:
    facts = [Fact("F1", "检查126家次"), Fact("call", f"电话{MOBILE}"), Fact("F3", f"证件{CARD}")]
    with pytest.raises(OutboundRefused) as caught:
        check_outbound(facts, "https://api.example.com/v1", allowed=False)
    message = str(caught.value)
    assert "https://api.example.com/v1" in message
    assert "事实 call 含手机号（138******00）" in message
    assert "事实 F3 含身份证号（110*************9X）" in message
    assert "\n" not in message
    assert MOBILE not in message
    assert CARD not in message


def test_what_is_allowed_or_clean_goes_out() -> None:
    check_outbound([Fact("F1", f"电话{MOBILE}")], "https://api.example.com/v1", allowed=True)
    check_outbound(iter([Fact("F1", "检查126家次")]), "https://api.example.com/v1", allowed=False)
