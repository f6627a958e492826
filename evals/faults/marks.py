"""Half-width marks and spaces in Chinese text (Y701), and marks that stand twice (Y704)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Block, Report
from evals.faults.clean import Clean
from evals.faults.fault import breaks, spares

_HALF_WIDTH = (
    # what stands there, what should, and the sentence around it
    (",", "，", "检查单位218家次{}查出问题95处。"),
    (",", "，", "召开专题会议{}部署重点任务。"),
    (",", "，", "增幅5.3%{}创历史新高。"),
    (",", "，", "印发《督导检查工作办法》{}明确职责12项。"),
    (";", "；", "查出问题95处{}已整改90处。"),
    (";", "；", "一方面抓培训{}另一方面抓考核。"),
    (":", "：", "主要措施{}召开会议4次，开展督查6次。"),
    (":", "：", "具体情况如下{}新建站点8个，改造站点5个。"),
    ("!", "！", "坚决打好攻坚战{}"),
    ("?", "？", "问题出在哪里{}相关科室逐项对照检查。"),
    (".", "。", "各项工作有序推进{}"),
    (".", "。", "培训干部126名，覆盖全部科室{}"),
    ("２１８", "218", "检查单位{}家次，查出问题95处，整改90处，其余5处限期完成。"),
    ("１２", "12", "修订制度{}项，新建制度9项，废止制度3项。"),
    ("Ａ", "A", "获评{}级信用等级，综合得分96.2分。"),
    (" ", "", "召开会议{}4次，培训260人次。"),
    (" ", "", "新增设备18{}台，完成投资126万元。"),
    (" ", "", "各科室{}认真落实，问题全部整改。"),
    ("　", "", "任务全部完成。{}后续工作有序衔接，人员到位。"),
    (" ", "", "加强培训，{}提高能力。"),
    (" ", "", "印发{}《值班值守工作规定》，明确职责12项。"),
    (" ", "", "推进“一网通办”{}改革，办理事项860件。"),
    ("...", "……", "新建站点、改造管线{}各项工程有序推进。"),
)

_BRACKETS = (
    # the first bracket of a pair is marked, then the second
    "查出问题95处⟦(⟧其中重大3处)，已整改90处。",
    "查出问题95处(其中重大3处⟦)⟧，已整改90处。",
    "推进数字化(智慧)平台建设⟦(⟧二期)，完成投资126万元。",
    "落实《实施方案》⟦(⟧试行)要求，细化措施9条。",
    '整治⟦"⟧形式主义"问题12个。',
    '整治"形式主义⟦"⟧问题12个。',
    "服务对象（含个体工商户⟦)⟧860户。",
    "服务对象⟦(⟧含个体工商户）860户。",
)

_WIDTHS_THAT_BELONG = (
    "增长5.3%，投入1,200元，占比3.5%。",
    "会议10:30开始，男女比例为3:1。",
    "网址http://www.example.cn，邮箱abc@example.cn。",
    "执行GB/T 9704—2012和GB/T 15834—2011。",
    "PM2.5浓度下降，A4纸双面打印，5G信号覆盖。",
    "学习《中共中央 国务院关于加强安全生产工作的意见》。",
    "主任张　三、副主任欧阳修参加会议。",
    "监测气温30～35℃，每组3-5人。",
    "采用ISO 9001质量管理体系，通过复评。",
    "资料引自WHO (World Health Organization) report。",
    "平台地址为192.168.1.8，端口8080。",
    "版本升级到V2.1.3，运行平稳。",
    "文件编号为ABC-2024/06，存档备查。",
    "比分3:2，用时1:25:30，获得二等奖。",
    "单价12.5元，共计1,250.00元。",
    "参数取值f(x)=2x，误差不大于0.01。",
)

_DOUBLED = (
    ("，，", "，", "检查单位218家次{}查出问题95处。"),
    ("。。", "。", "各项任务有序推进{}"),
    ("、、", "、", "召开会议{}开展督查，任务落实到位。"),
    ("；；", "；", "查出问题95处{}已整改90处。"),
    ("：：", "：", "主要措施{}召开会议4次。"),
    ("，。", "。", "培训干部126名{}"),
    ("。，", "。", "查出问题95处{}已整改90处。"),
    ("、，", "，", "新建站点、改造管线{}完成投资126万元。"),
    ("，、", "，", "新建站点{}改造管线，完成投资126万元。"),
    ("；。", "。", "一方面抓培训，另一方面抓考核{}"),
    ("，；", "；", "新建站点8个{}改造站点5个。"),
    ("；，", "；", "修订制度12项{}新建制度9项。"),
    ("。。。", "……", "新建站点、改造管线{}工程有序推进。"),
    (",,", "，", "召开专题会议{}部署重点任务。"),
    (";;", "；", "办理事项860件{}接待群众79批次。"),
    ("，，，", "，", "走访群众260户{}解决问题17个。"),
    ("：，", "：", "具体做法是{}建立台账，逐项销号。"),
    ("，：", "：", "会议要求{}压实责任，细化措施。"),
    ("。；", "。", "完成改造42户{}新建场所1处。"),
    ("、。", "。", "推进建章立制、人员培训{}"),
    ("，,", "，", "开展演练6场{}参演人员360人次。"),
    (",，", "，", "发放资料2600份{}接受咨询310人次。"),
    ("。.", "。", "完成全部验收任务{}"),
    ("，.", "。", "综合得分96.2分{}"),
    ("；、", "；", "排查点位57个{}整改问题17个。"),
    ("：；", "：", "分工如下{}办公室负责统筹，业务科负责实施。"),
    ("！！！！", "！", "坚决打好攻坚战{}"),
    ("？？？？", "？", "问题出在哪里{}相关科室逐项对照检查。"),
    ("， ，", "，", "更新设备18台{}投入资金126万元。"),
    ("。 。", "。", "档案全部归档{}"),
    ("？。", "？", "群众满意不满意{}要看问题有没有解决。"),
    ("！。", "！", "全力以赴完成任务{}"),
    ("，！", "！", "坚决守住底线{}"),
)

_MARKS_THAT_STAND_TOGETHER = (
    "新建站点、改造管线……各项工程有序推进。",
    "坚持一抓到底——真抓实干、务求实效。",
    "为什么问题反复出现？！相关科室逐项对照。",
    "坚决打好攻坚战！！！",
    "会议强调：“安全第一。”各科室认真落实。",
    "落实《办法》、《细则》，推行“双随机”，“一公开”。",
    "整改（一）、（二）项问题，销号12个。",
    "会议指出：“落实‘一岗双责’。”",
    "投入1,200元，增长5.3%；占比3.5%。",
    "依据3.5.1条、3.5.2条，逐项核对。",
    "会议10:30开始，比分3:2。",
    "“有没有落实？”“落实得怎么样？”逐项过关。",
    "印发《实施方案（试行）》，《细则》同步制定。",
    "问题出在哪里？“一是责任不清。”",
    "路径为D盘数据目录，版本V2.1.3。",
    "群众反映：……（详见来信登记）。",
)


@breaks("Y701", "a mark, a digit or a space")
def half_width(clean: Clean) -> Iterator[Report]:
    for turn, (wrong, _, sentence) in clean.dealt(_HALF_WIDTH):
        yield clean.put(sentence.format(f"⟦{wrong}⟧"), turn)


@breaks("Y701", "one of a pair")
def half_width_pair(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_BRACKETS):
        yield clean.put(sentence, turn)


@breaks("Y701", "in a heading, the lead or the outlook")
def half_width_elsewhere(clean: Clean) -> Iterator[Report]:
    heading, lead, outlook = clean.section("last").start, clean.of_type("lead")[0], clean.of_type("outlook")[0]
    match clean.seat % 3:
        case 0:
            yield clean.at(heading, replace(clean.blocks[heading], words="强化日常监管⟦,⟧守住安全底线"))
        case 1:
            words = clean.blocks[lead].text.replace("现将", "各项任务进展顺利⟦,⟧成效良好。现将", 1)
            yield clean.at(lead, Block("lead", words))
        case 2:
            yield clean.at(outlook, Block("outlook", f"{clean.blocks[outlook].text}抓好培训⟦;⟧完善制度。"))


@spares("Y701", "the mark that should stand")
def full_width(clean: Clean) -> Iterator[Report]:
    for turn, (_, right, sentence) in clean.dealt(_HALF_WIDTH):
        yield clean.put(sentence.format(right), turn)


@spares("Y701", "marks of numbers, names and Latin text")
def widths_that_belong(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_WIDTHS_THAT_BELONG):
        yield clean.put(sentence, turn)


@breaks("Y704", "in a sentence")
def doubled(clean: Clean) -> Iterator[Report]:
    for turn, (wrong, _, sentence) in clean.dealt(_DOUBLED):
        yield clean.put(sentence.format(f"⟦{wrong}⟧"), turn)


@breaks("Y704", "at the end of a point, the lead or the outlook")
def doubled_elsewhere(clean: Clean) -> Iterator[Report]:
    lead, outlook = clean.of_type("lead")[0], clean.of_type("outlook")[0]
    match clean.seat % 3:
        case 0:
            body = clean.section("middle").stop - 1
            yield clean.at(body, Block("paragraph", f"{clean.blocks[body].text.rstrip('。')}⟦。。⟧"))
        case 1:
            words = clean.blocks[lead].text.replace("现将", "各项任务进展顺利⟦，，⟧成效良好。现将", 1)
            yield clean.at(lead, Block("lead", words))
        case 2:
            yield clean.at(outlook, Block("outlook", f"{clean.blocks[outlook].text.rstrip('。')}⟦；。⟧"))


@spares("Y704", "one mark")
def single(clean: Clean) -> Iterator[Report]:
    for turn, (_, right, sentence) in clean.dealt(_DOUBLED):
        yield clean.put(sentence.format(right), turn)


@spares("Y704", "marks that may stand together")
def together(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_MARKS_THAT_STAND_TOGETHER):
        yield clean.put(sentence, turn)
