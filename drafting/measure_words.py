"""Measure words and units: which a number may carry, which stand for each other, and how they convert."""

from __future__ import annotations

from fractions import Fraction

# Behind digits any of these is a unit; behind Chinese numerals only the shorter list below, since 一路, 一队, 五层 are often words.
UNITS = (
    "平方公里 平方千米 立方米 平方米 个百分点 百分点 千瓦时 个工作日 工作日 个小时 个星期 个自然村 个行政村 公里 公斤 公顷 千米 厘米 毫米 千克 "
    "千瓦 兆瓦 人次 小时 分钟 个月 周年 台（套） 台(套) 课时 学时 星期 自然村 行政村 "
    "美元 欧元 港元 日元 次 个 家 项 人 起 处 份 名 场 条 件 户 所 辆 台 套 张 篇 期 批 轮 支 座 间 亩 吨 元 "
    "米 克 升 度 天 日 周 月 年 岁 届 级 类 种 位 只 头 株 棵 根 块 片 幅 册 本 部 门 堂 节 课 眼 口 井 "
    "路 艘 架 列 组 队 班 营 处所 例 宗 桩 票 封 字 句 款 笔 股 秒 分 倍 番 对 双 顶 面 棒 盏 具 枚 颗 粒 袋 箱 桶 瓶 盒 车 船 "
    "剂次 剂 栋 幢 层 房 床 站 点 线 段 桥 道 圈 尾 羽 匹 窝 丛 垛 担 卷 尊 柄 发 门次 ℃ km kg kW MW GWh kWh MWh m t h"
).split()
COUNTED_TIMES = "人家台户辆批班车场校店船架列套所件例份点架队组席床单笔"

HAN_UNITS = (
    "人次 小时 分钟 公里 平方米 个月 个工作日 工作日 个小时 次 个 家 项 人 起 处 份 名 场 条 件 户 所 辆 台 套 张 篇 期 批 轮 支 座 间 亩 吨 元 "
    "米 位 例 宗 笔 天 年 倍 番 册 本 部 门 块 种 类 具 栋 幢 周"
).split()

_ALIKE = (
    frozenset("人 名 位".split()),
    frozenset("家 户 个 所 座 处 项 条 件 起 例 宗 种 类 支 道 笔 批 块 点 桩 款 栋 幢 门 段 片 眼 口".split()),
    frozenset("次 场 期 轮 回 堂 节 课 场次 批次 届 班次".split()),
    frozenset("批 批次".split()),
    frozenset("轮 轮次".split()),
    frozenset("份 册 张 本 篇 部 封 幅".split()),
    frozenset("台 套 辆 台（套） 台(套) 架 具 个 部 艘 只".split()),
    frozenset("个工作日 工作日".split()),
    frozenset("个小时 小时 h".split()),
    frozenset("个星期 星期 周".split()),
    frozenset("个自然村 自然村 个".split()),
    frozenset("个行政村 行政村 个".split()),
    frozenset("米 m".split()),
    frozenset("公里 千米 km".split()),
    frozenset("公斤 千克 kg".split()),
    frozenset("吨 t".split()),
    frozenset("千瓦 kW".split()),
    frozenset("兆瓦 MW".split()),
    frozenset("千瓦时 度 kWh".split()),
    frozenset("平方公里 平方千米".split()),
    frozenset("天 日".split()),
    frozenset("个月 月".split()),
    frozenset("年 周年".split()),
    frozenset("课时 学时".split()),
    frozenset("只 头 羽 尾 匹".split()),
    frozenset("棵 株".split()),
)

# What converts exactly, as (dimension, how many of the dimension's smallest unit).
_CONVERTS: dict[str, tuple[str, int]] = {
    "毫米": ("length", 1),
    "厘米": ("length", 10),
    "米": ("length", 1000),
    "m": ("length", 1000),
    "公里": ("length", 1_000_000),
    "千米": ("length", 1_000_000),
    "km": ("length", 1_000_000),
    "克": ("mass", 1),
    "公斤": ("mass", 1000),
    "千克": ("mass", 1000),
    "kg": ("mass", 1000),
    "吨": ("mass", 1_000_000),
    "t": ("mass", 1_000_000),
    "平方米": ("area", 1),
    "公顷": ("area", 10_000),
    "平方公里": ("area", 1_000_000),
    "平方千米": ("area", 1_000_000),
    "千瓦": ("power", 1),
    "kW": ("power", 1),
    "兆瓦": ("power", 1000),
    "MW": ("power", 1000),
    "分钟": ("time", 1),
    "小时": ("time", 60),
    "个小时": ("time", 60),
    "h": ("time", 60),
}


def alike(one: str, other: str) -> bool:
    """May the two units stand for each other at the same number? 人 and 名 may, 人 and 人次 may not; an unnamed unit fits all."""
    return not one or not other or one == other or any(one in group and other in group for group in _ALIKE)


def same_quantity(value: Fraction, unit: str, other_value: Fraction, other_unit: str) -> bool:
    """Is one the other in another unit of the same dimension? 3.6公里 is 3600米."""
    one, other = _CONVERTS.get(unit), _CONVERTS.get(other_unit)
    if one is None or other is None or one[0] != other[0]:
        return False
    return value * one[1] == other_value * other[1]
