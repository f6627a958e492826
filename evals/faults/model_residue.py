"""Faults of a model: its small talk, what it says of itself, Markdown, HTML and special tokens left in the text (P203)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Block, Report
from evals.faults.clean import WHERE, Clean
from evals.faults.fault import Change, breaks, spares

_TALK = (
    "⟦以下是为您撰写的专题报告：⟧",
    "⟦以下是根据您⟧提供的要点整理的内容，供参考。",
    "⟦好的，⟧现将报告内容整理如下。",
    "⟦当然可以！⟧下面给出完整的文稿。",
    "⟦下面是修改后⟧的版本，语言更加精炼。",
    "⟦希望以上内容对您有所帮助⟧。",
    "⟦希望这份报告能够帮⟧到您。",
    "⟦如需进一步修改，请随时告诉我⟧。",
    "⟦如果您需要调整篇幅，我可以⟧继续完善。",
    "⟦请根据实际情况进行修改和完善。⟧",
    "⟦注：以上内容由人工智能生成，仅供参考⟧。",
    "⟦作为一个AI语言模型，⟧我无法核实上述数据。",
    "⟦作为人工智能助手，⟧我建议补充具体案例。",
    "⟦作为大语言模型，⟧无法获取实时信息。",
    "⟦我是一个人工智能助手⟧，可以协助起草公文。",
    "⟦Here is the⟧ report you requested.",
    "⟦Certainly!⟧ The report follows.",
    "⟦As an AI⟧ language model, I cannot verify it.",
    "⟦以下是一份完整的工作报告：⟧",
    "⟦没问题，⟧这就为您调整语气和篇幅。",
    "⟦以下为润色后的文本：⟧",
    "⟦根据您提供的信息⟧，整理形成如下内容。",
    "⟦以上内容由AI生成⟧，请核对后使用。",
    "⟦如有其他需求，请随时告诉我⟧。",
    "⟦我无法访问⟧互联网，不能提供最新统计口径。",
    "⟦（全文约1200字）⟧",
    "⟦抱歉，我无法提供⟧更多统计数据。",
)
_MARKUP = (
    "⟦**加强组织领导**⟧：成立工作专班。",
    "⟦## ⟧强化督导检查",
    "⟦### ⟧（一）健全机制",
    "⟦- ⟧成立工作专班，明确职责分工。",
    "⟦* ⟧成立工作专班，明确职责分工。",
    "⟦```⟧",
    "⟦```markdown⟧",
    "⟦---⟧",
    "⟦> ⟧引自有关文件要求。",
    "严格落实⟦__五个到位__⟧要求，压实责任。",
    "系统命令⟦`status`⟧运行正常。",
    "详见⟦[工作台账](https://example.cn/a)⟧。",
    "⟦| 单位 | 完成数 |⟧",
    "⟦***⟧",
    "1. ⟦**健全机制**⟧。",
    "⟦+ ⟧明确职责分工，建立台账。",
    "⟦#### ⟧经验做法",
    "⟦|---|---|⟧",
)
_TOKENS = (
    "⟦<br>⟧成立工作专班，明确职责分工。",
    "成立工作专班⟦&nbsp;⟧明确职责分工。",
    "⟦<|im_end|>⟧",
    "⟦<|endoftext|>⟧成立工作专班。",
    "成立工作专班，明确职责分工。⟦</s>⟧",
    "⟦<think>⟧先列出要点，再组织语言。",
    "⟦</think>⟧成立工作专班。",
    "⟦[INST]⟧请撰写报告。",
    "⟦<p>⟧明确职责分工。",
    "⟦<strong>⟧健全机制，明确分工。",
    "⟦<<SYS>>⟧你是公文写作助手。",
    "成立专班⟦&gt;⟧明确分工。",
)
_NO_RESIDUE = (
    "以下是具体做法，供各单位参考。",
    "以下是检查中发现的主要问题：",
    "作为监管部门，坚持依法履职、文明执法。",
    "推广人工智能应用12项，建设大模型平台1个。",
    "1#泵站、2#泵站完成更新改造。",
    "开发C#程序2套，编写接口文档。",
    "气温降至-5℃，启动低温应急预案。",
    "如有疑问，请联系我局信访科。",
    "如需协助，请告知我单位值班室。",
    "收到群众来信86件，全部办结。",
    "好的做法和经验在全市推广。",
    "希望以上单位引以为戒，举一反三。",
    "评定等级为A、B、C三档，A*为特优。",
    "发布“以下是官方信息”辟谣公告3期。",
    "邮箱zwgk_2024@example.cn接收意见建议。",
    "PM2.5浓度<35微克/立方米，达标天数比例>90%。",
    "一升一降——投诉量下降、满意度上升。",
    "结合我单位实际情况进行修改完善后印发执行。",
    "没问题的点位转入日常巡查。",
    "注：以上数据为快报数。",
    "课题成果由人工智能生成技术提供支撑。",
    "根据您提供线索奖励办法，兑现举报奖金2万元。",
    "当然，工作中还存在一些不足。",
    "本文件字数较多，另附摘要（全文见附件）。",
)


@breaks("P203", "a model's small talk")
def _talk(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_TALK):
        yield clean.add(sentence, WHERE[turn % len(WHERE)])


@breaks("P203", "Markdown in the text")
def _markup(clean: Clean) -> Iterator[Change]:
    """A Markdown file takes such marks for its own."""
    for turn, sentence in clean.dealt(_MARKUP):
        yield Change(clean.add(sentence, WHERE[turn % len(WHERE)]), carriers=("docx", "txt"))


@breaks("P203", "HTML or a special token in the text")
def _token(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_TOKENS):
        yield clean.add(sentence, WHERE[turn % len(WHERE)])


@breaks("P203", "Markdown in title or heading")
def _marked_up_heading(clean: Clean) -> Iterator[Change]:
    heading = clean.section(WHERE[clean.seat % len(WHERE)]).start
    block = clean.blocks[heading]
    bold = replace(block, number=f"⟦**{block.number}", words=f"{block.words}**⟧")
    yield Change(clean.at(heading, bold), carriers=())
    yield Change(clean.at(0, Block("title", f"⟦# ⟧{clean.blocks[0].words}")), carriers=("docx", "txt"))


@breaks("P203", "small talk before the lead or after the outlook")
def _talk_around(clean: Clean) -> Iterator[Report]:
    (lead,), (outlook,) = clean.of_type("lead"), clean.of_type("outlook")
    kind = clean.profile.name
    first = ("⟦以下是为您生成的{}。⟧", "⟦好的，⟧{}如下。", "⟦以下是修改后的{}：⟧", "⟦下面是一份{}报告：⟧")[
        clean.seat % 4
    ]
    yield clean.at(lead, Block("paragraph", first.format(kind)), clean.blocks[lead])
    last = ("⟦希望以上{}对您有所帮助⟧！", "⟦如需调整{}，请告诉我⟧。")[clean.seat % 2]
    yield clean.at(outlook, clean.blocks[outlook], Block("paragraph", last.format(kind)))


@spares("P203", "words and signs that are a person's own")
def _no_residue(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NO_RESIDUE):
        yield clean.add(sentence, WHERE[turn % len(WHERE)])
