"""Y703 and Y705: colloquial words and words taken for their neighbours, and where the same characters are right."""

import pytest

from evals import lexicon
from tests.builders import CLEAN, body, found, quotes, report


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("咱们检查企业218家次。", "咱"),
        ("群众问啥答啥，件件有回音。", "啥"),
        ("不知道咋整改的有3家。", "咋"),
        ("整改效果挺好。", "挺好"),
        ("检查了好多企业。", "好多"),
        ("把台账弄好。", "弄好"),
        ("全部搞定。", "搞定"),
        ("措施比较靠谱。", "靠谱"),
        ("问题一大堆。", "一大堆"),
        ("整改差不多了。", "差不多了"),
        ("压根没有发现问题。", "压根"),
        ("赶紧完成整改。", "赶紧"),
        ("说白了是责任不落实。", "说白了"),
        ("关键时刻不掉链子。", "掉链子"),
        ("没准还有隐患。", "没准"),
        ("大家一起努力吧！", "吧"),
        ("整改完成啦。", "啦"),
        ("说实话，难度较大。", "说实话"),
        ("杜绝凑合思想。", "凑合"),
    ],
)
def test_colloquial_words(text: str, quote: str) -> None:
    first, *_ = found(body(text), "Y703")
    assert (first.quote, first.severity) == (quote, "warning")
    assert "规定" not in first.message
    assert first.evidence


@pytest.mark.parametrize(
    "text",
    [
        "补给力量充足，供给力度加大。",
        "开展友好多方会商。",
        "更好多样化服务。",
        "令人咋舌的事故案例12起。",
        "没准备好的企业3家暂缓开工。",
        "压根据实际情况调整。",
        "那儿童乐园检查2次。",
        "检查网吧、酒吧36家。",
        "检查网吧。",
        "说实话、谋实事、出实招。",
        "整治“挺好”“差不多了”等敷衍表述。",
        "印发《咱们村的安全手册》5000份。",
        "推诿扯皮、弄虚作假问题2个。",
        "搞好服务，搞活市场。",
        "弄清底数，摸清情况。",
        "老百姓满意度98%。",
        "整治瞎指挥问题1个。",
        "抓紧完成整改。",
        "布局紧凑合理。",
    ],
)
def test_words_that_only_contain_them(text: str) -> None:
    assert not found(body(text), "Y703")


@pytest.mark.parametrize(
    ("text", "quote", "right"),
    [
        ("截止6月底，检查企业218家次。", "截止", "截至"),
        ("截止到目前，检查企业218家次。", "截止到", "截至"),
        ("检查有序推进，截止2024年6月30日已完成。", "截止", "截至"),
        ("即要抓当前，又要抓长远。", "即要", "既要"),
        ("即是机遇，也是挑战。", "即是", "既是"),
        ("既使遇到困难，也要完成。", "既使", "即使"),
        ("平台既将投入使用。", "既将", "即将"),
        ("完成即定目标。", "即定", "既定"),
        ("推行权利清单制度。", "权利", "权力"),
        ("规范行政权利，强化监督。", "权利", "权力"),
        ("维护公民权力，办理案件12件。", "权力", "权利"),
        ("必需坚持安全第一。", "必需", "必须"),
        ("做为监管部门，责任重大。", "做为", "作为"),
        ("如实反应整改情况。", "反应", "反映"),
        ("群众反应的问题12件。", "反应", "反映"),
        ("工作布署到位。", "布署", "部署"),
        ("按步就班推进。", "按步就班", "按部就班"),
        ("再接再励完成任务。", "再接再励", "再接再厉"),
        ("防犯化解风险。", "防犯", "防范"),
        ("任务以经完成。", "以经", "已经"),
        ("园满完成任务。", "园满", "圆满"),
        ("付局长带队检查3次。", "付局长", "副局长"),
        ("修订应急予案12个。", "予案", "预案"),
        ("主体工程己经封顶。", "己经", "已经"),
        ("群众办好自已的事。", "自已", "自己"),
        ("更新通迅设备18台。", "通迅", "通讯"),
    ],
)
def test_words_taken_for_their_neighbours(text: str, quote: str, right: str) -> None:
    (finding,) = found(body(text), "Y705")
    assert (finding.quote, finding.expected, finding.severity) == (quote, right, "warning")
    assert finding.evidence


@pytest.mark.parametrize(
    "text",
    [
        "截至6月底，检查企业218家次。",
        "报名截止时间为7月5日。",
        "报名于6月底截止。",
        "申报截止日期已到。",
        "立即要求企业整改，又要加强复查。",
        "即将投入使用，即有3家复工。",
        "这既是机遇，也是挑战。",
        "既定目标如期完成。",
        "维护职工权利，落实权力清单。",
        "国家权力机关依法监督。",
        "生活必需品供应充足，监管工作必需的经费已落实。",
        "能做为群众办实事的人。",
        "应急反应迅速，化学反应装置41套。",
        "群众反应强烈的问题12件。",
        "给予防护用品120套，授予算法奖1个。",
        "对逾期不改的不予算入合格。",
        "可以经营的企业218家，加以经常检查。",
        "公园满意度98%。",
        "农户自己经营网点31个，沟通迅速。",
        "资金来自已建成的项目。",
        "在时限内做为期三天的培训。",
        "支付主任医师津贴12万元。",
        "反复盖章的事项减少3项。",
        "印发《截止6月底任务清单》。",
        "学习“按步就班”等错例。",
    ],
)
def test_words_that_are_right(text: str) -> None:
    assert not found(body(text), "Y705")


def test_titles_and_signatures_hold_names() -> None:
    text = CLEAN.replace("安全生产工作的专题报告", "安全生产布署工作的专题报告").replace(
        "\n市应急管理局\n", "\n市布署局\n"
    )
    assert not quotes(report(text), "Y705")


@pytest.mark.parametrize("name", ["colloquial", "confusables"])
def test_every_row_says_who_says_so_and_draws_itself(name: lexicon.Name) -> None:
    entries = lexicon.entries(name)
    assert len(entries) > 50
    assert len({entry.key for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.source
        assert entry.key != entry.right


def test_a_malformed_row_is_said() -> None:
    with pytest.raises(ValueError, match="四列"):
        lexicon._entry("colloquial", "咱\t我们")
