"""Every word of the pages, Chinese with English beside."""

from __future__ import annotations

from dataclasses import dataclass

from ui.web.languages import Language


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; what stands in braces is filled in by name."""

    zh: str
    en: str

    def __call__(self, language: Language, **values: object) -> str:
        text = self.zh if language == "zh" else self.en
        return text.format(**values) if values else text


NAME = Text("成文", "Chengwen")
OTHER_LANGUAGE = Text("English", "中文")

# --- the door

LOG_IN = Text("登录", "Log in")
LOG_OUT = Text("退出", "Log out")
USER = Text("用户名", "User name")
PASSWORD = Text("密码", "Password")
WRONG = Text("用户名或密码不对", "Wrong user name or password")
WAIT = Text("登录失败次数过多，请在 {seconds} 秒后再试", "Too many failed log-ins; try again in {seconds} seconds")
SIGN_ON = Text("用{name}登录", "Log in with {name}")
PROVIDER = Text("统一身份", "single sign-on")
OR_PASSWORD = Text("或用密码：", "or with a password:")
LOGGED_OUT = Text("已退出", "Logged out")
GO_ON = Text("继续退出统一身份", "Go on, to log out of single sign-on")
ELSEWHERE = Text(
    "你的账号来自{source}，密码在那里改。", "Your account comes from {source}; change your password there."
)
SOURCES = {
    "oidc": Text("统一身份认证", "the identity provider"),
    "ldap": Text("目录服务", "the directory"),
}
NO_PASSWORD = Text(
    "还没有密码或忘了密码，请找管理员。",
    "No password yet, or forgotten? Ask an administrator.",
)
CHANGE_PASSWORD = Text("修改密码", "Change password")
MUST_CHANGE = Text("这是一次性密码，请先换成自己的密码。", "This is a one-time password. Choose your own first.")
OLD_PASSWORD = Text("现在的密码", "Present password")
NEW_PASSWORD = Text("新密码（至少 {count} 个字符）", "New password (at least {count} characters)")
REPEATED = Text("新密码，再输一遍", "New password, once more")
CHANGE = Text("保存", "Save")
OLD_WRONG = Text("现在的密码不对", "The present password is wrong")
LENGTH_WRONG = Text("新密码须为 {least} 至 {most} 个字符", "The new password must have {least} to {most} characters")
NOT_NEW = Text("新密码不能与现在的相同", "The new password must differ from the present one")
NOT_REPEATED = Text("两次输入的新密码不一样", "The new passwords differ")
UNREADABLE = Text("提交的内容读不了，请重新填写", "What was sent could not be read; please fill in again")
UNREADABLE_AS = Text(
    "提交的内容读不了，请重新填写（{reason}）", "What was sent could not be read; please fill in again ({reason})"
)
BACK = Text("返回", "Back")
ENDED = Text(
    "登录已过期，页面上的内容还在，重新登录后可继续。",
    "Your session has ended. What is on the page stays; log in again to go on.",
)

NOT_YOUR_ROLE = Text("你的账号没有做这一步的权限，请找管理员。", "Your account may not do this. Ask an administrator.")

STOPPING = Text("服务器正在停止", "The server is stopping")

# --- the pages

REPORTS = Text("报告", "Reports")
DESK = Text("拟稿", "Desk")
REVIEW = Text("审阅", "Review")
EXPORT = Text("导出", "Export")
ADMINISTRATION = Text("管理", "Administration")
ROLL = Text("承接上期", "From last period")

# --- the page of reports

SEARCH = Text("查找", "Search")
SEARCH_HINT = Text("名称、机关、时期、修改人", "Name, organ, period, person")
STATE = Text("状态", "State")
COLUMNS = (
    Text("报告", "Report"),
    Text("时期", "Period"),
    Text("文种", "Kind"),
    Text("状态", "State"),
    Text("版本", "Version"),
    Text("错误", "Errors"),
    Text("最后修改", "Last change"),
    Text("修改人", "By"),
    Text("打开", "Open"),
)
SHARE = Text("同稿人", "Share")
COUNT = Text("{shown} 份报告", "{shown} reports")
COUNT_OF = Text("{shown} 份报告，共 {all} 份", "{shown} of {all} reports")
NO_REPORTS = Text(
    "还没有你能看的报告。拟稿人点“新建报告”开始，或把事实表、提纲、上期的 .docx 拖到这一页。",
    "There are no reports for you yet. Drafters begin with “New report”, or drop a table, a brief or last period's .docx here.",
)
NO_MATCH = Text("没有符合条件的报告，换个词或选“全部”。", "No report matches. Try another word, or choose “All”.")
NOT_CHECKED = Text("未校核", "not checked")
STATES = {
    "all": Text("全部", "All"),
    "draft": Text("草稿", "Draft"),
    "review": Text("待审", "In review"),
    "returned": Text("已退回", "Returned"),
    "signed": Text("已签发", "Signed"),
}
FALLEN = Text("草稿（签发已因改稿失效）", "Draft (sign-off fell with a change)")
WAITING = {
    1: Text("待初审", "Awaiting 1st review"),
    2: Text("待复审", "Awaiting 2nd review"),
    3: Text("待终审", "Awaiting sign-off"),
}

# --- files

WRONG_FILE = Text("{name}：这里收不了这样的文件，可以是 {kinds}", "{name}: not a file for this; it may be {kinds}")
TOO_LARGE = Text("文件超过 {most} MB，没有收下", "The file is larger than {most} MB and was not taken")
EMPTY_FILE = Text("文件是空的", "The file is empty")
BROKEN_OFF = Text("文件没有传完，请再传一次", "The file did not arrive whole; send it again")
NO_OFFICE = Text("这台服务器没有安装 LibreOffice，看不了分页", "LibreOffice is not installed here: no pages to show")
NO_PAGES = Text("分页没有生成，请稍后再试", "The pages could not be made; try again later")

# --- the history of one report

CHOOSE_REPORT = Text("在上面选一份报告，看它的版本和审核。", "Choose a report above to see its versions and review.")
CHOOSE_TWO = Text("选两个版本作对照。", "Choose two versions to compare.")
VERSIONS = Text("版本", "Versions")
OLD, NEW = Text("旧", "Old"), Text("新", "New")
NUMBERED = Text("第 {number} 版", "Version {number}")
PROPOSED = Text("待定稿（{count} 处未定）", "Proposal ({count} undecided)")
BESIDE = Text("旁支", "Beside the line")
CONFLICTS = Text("{count} 处冲突未定", "{count} conflicts open")
COMPARE = Text("对照", "Compare")
SAME = Text("选的是同一个版本，没有什么可对照。", "Both are the same version; there is nothing to compare.")
NO_REPORT = Text(
    "没有这份报告，可能已不在工作区，请刷新页面。", "There is no such report here any more. Reload the page."
)
NO_VERSION = Text("这份报告没有这个版本，请刷新页面。", "This report has no such version. Reload the page.")
NO_RIGHT = Text("你的账号没有看报告的权限，请找管理员。", "Your account may not read reports. Ask an administrator.")
FAILED = Text("没有做成：{reason}", "This could not be done: {reason}")
ORIGINS = {
    "drafted": Text("拟稿", "drafted"),
    "edited": Text("修改", "edited"),
    "merged": Text("合并", "merged"),
    "imported": Text("导入", "imported"),
    "regenerated": Text("重拟", "redrafted"),
}
ACTIONS = {
    "submit": Text("送审", "submitted"),
    "pass": Text("通过", "passed"),
    "sign": Text("签发", "signed off"),
    "return": Text("退回", "returned"),
}
LEVELS = {1: Text("初审", "1st review"), 2: Text("复审", "2nd review"), 3: Text("终审", "Final review")}
COMMENTS = Text("批注 {count}", "{count} comments")
ON = Text("“{quote}”：", "“{quote}”: ")
SETTLED = Text("（已了结）", " (settled)")

# --- looking at a copy while it is typed

OUTLOOK = Text("下一步", "Next steps")
NO_RULE = Text("没有规则 {code}", "There is no rule {code}")
WAIVER_NEEDS_REASON = Text("豁免须写明理由", "A waiver needs a reason")
NOTHING_TO_WAIVE = Text("文中没有可以豁免的 {code}", "There is no error {code} here to waive")
RULE_LACKS = Text("{code} {name}：没有检查，缺{lack}", "{code} {name}: not checked, lacking {lack}")
RULE_OFF = Text("{code} {name}：没有检查，{place} 关闭了它", "{code} {name}: not checked, switched off by {place}")

# --- the review page

NO_CHANGE = Text("两个版本没有不同。", "The two versions are the same.")
CHANGES = Text("{count}处改动", "{count} changes")
NUMBERS = Text("数字", "Numbers")
DATES = Text("日期", "Dates")
FACTS = Text("事实", "Facts")
UNCHANGED = Text("{count} 段未改动", "{count} paragraphs unchanged")
PARAGRAPHS = Text("{count} 段", "{count} paragraphs")
MOVED = Text("{what} 移到此处", "{what} moved here")
SECTION_STATES = {
    "added": Text("新增", "added"),
    "gone": Text("删去", "gone"),
    "moved": Text("移动", "moved"),
}
