"""Facts with nothing to stand on: no thing and no amount is named (B105)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting import amounts
from drafting.ground import names_in
from evals.examined import Examined
from evals.factsheet import Held, facts_of
from evals.finding import Finding
from evals.rule import rule

# What is said of any work; longer words first, so that none leaves a part of itself behind.
_SAYS_NOTHING = (
    "贯彻落实 深入推进 扎实推进 有序推进 稳步推进 统筹推进 高度重视 进一步 有条不紊 卓有成效 再上新台阶 上新台阶 齐抓共管 常抓不懈 落到实处 落细落实 "
    "加强 强化 推进 落实 开展 做好 抓好 抓实 抓牢 抓紧 狠抓 完善 健全 "
    "提升 提高 增强 改进 改善 优化 深化 细化 推动 促进 确保 保障 加大 加快 注重 重视 "
    "夯实 巩固 拓展 规范 统筹 组织 实施 执行 完成 取得 实现 保持 坚持 发挥 营造 形成 压实 明确 建立 "
    "扎实 积极 认真 切实 全面 深入 有效 不断 持续 大力 稳步 有序 着力 努力 严格 充分 较好 良好 顺利 明显 显著 一定 较大 很大 高度 高效 科学 合理 "
    "正常 平稳 稳定 到位 得力 有力 圆满 得到 得以 "
    "相关 有关 各项 各类 各方面 多项 一系列 系列 具体 重点 日常 基础 主要 "
    "工作 措施 举措 任务 力度 水平 能力 成效 效果 成绩 成果 进展 要求 部署 安排 情况 方面 事项 活动 管理 服务 质量 效率 意识 "
    "氛围 作用 责任 制度 机制 "
    "检查 督查 督导 巡查 调研 宣传 教育 培训 学习 监督 监管 整治 排查 治理 考核 调度 会议 研究 召开 举办 组织 建设 队伍 认识 素质 "
    "上级 各级 领导 指导 思想 精神 作风 大局 形势 局面 方式 方法 "
    "了 的 和 与 及 对 在 等 地 得 并 又 也 均 都 已 为 有 好 更 较 大 新 我 本 局 市 县 区 委 厅 院 校 镇 乡 全"
).split()
SAID_OF_ANY_WORK = re.compile("|".join(map(re.escape, sorted(_SAYS_NOTHING, key=len, reverse=True))))
_NOT_HAN = re.compile("[^一-鿿]+")
_NAMED = re.compile(r"[《“\"「0-9A-Za-z０-９]")


@rule(
    code="B105",
    name="事实空泛",
    name_en="a fact that names nothing",
    severity="warning",
    basis="practice",
    needs=("brief",),
    subject="brief",
)
def vague(document: Examined) -> Iterator[Finding]:
    """加强了相关工作: no number, date or name, and no word left when those that may be said of any work are taken away.

    The report's own topic is taken away too: 提高了安全生产水平 says nothing in a report on 安全生产.
    """
    for held in facts_of(document):
        if held.ahead or held.block in document.ahead or not _is_vague(document, held):
            continue
        yield vague.finding(
            document,
            held.block,
            0,
            len(document.texts[held.block]),
            f"{held.fact.id} 没有写明做了什么事、多少数量，写进报告只是空话",
            f"{held.fact.id} names no thing and no amount",
        )


def _is_vague(document: Examined, held: Held) -> bool:
    text = document.texts[held.block]
    words = text.replace(document.organ, "") if document.organ else text
    if _NAMED.search(text) or document.mentions[held.block] or names_in(words):
        return False
    if any(not amount.weak for amount in amounts.find(text)):
        return False
    for word in _words_of(document.report.topic):
        words = words.replace(word, "")
    return not SAID_OF_ANY_WORK.sub("", _NOT_HAN.sub("", words))


def _words_of(topic: str) -> Iterator[str]:
    """The topic, and its halves where it is made of pairs: 安全生产, 安全, 生产."""
    bare = topic.removesuffix("工作")
    if len(bare) > 1:
        yield bare
        if len(bare) % 2 == 0:
            yield from (bare[at : at + 2] for at in range(0, len(bare), 2))
