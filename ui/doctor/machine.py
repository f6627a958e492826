"""The machine: Python and its packages, the clock, the disk, LibreOffice, fonts."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from drafting.models import storage
from drafting.workspace.location import locate
from ui.doctor.check import Asked, Check

_LEAST_PYTHON = (3, 11)
_ENDS = {(3, 11): 2027, (3, 12): 2028, (3, 13): 2029, (3, 14): 2030}
"""The year in which a version of Python gets its last security fix."""
_FONTS = {
    "小标宋（标题）": ("方正小标宋", "FZXiaoBiaoSong", "小标宋"),
    "仿宋（正文）": ("仿宋", "FangSong"),
    "黑体（一级标题）": ("黑体", "SimHei"),
    "楷体（二级标题）": ("楷体", "KaiTi"),
}
_FALL_BACK = ("Noto Serif CJK", "Source Han Serif", "思源宋体", "Noto Sans CJK")
_BUILT = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right shows a time before this program was made."""
_LEAST_FREE, _LITTLE_FREE = 200 * 1024 * 1024, 2 * 1024**3


def python(_: Asked) -> Iterator[Check]:
    now = sys.version_info[:2]
    shown = f"{sys.version.split()[0]}（{sys.executable}）"
    if now < _LEAST_PYTHON:
        yield Check("Python", "bad", shown, "须 3.11 或更新：重新安装成文时用 --python 指定")
    elif _ENDS.get(now, 9999) < datetime.now(UTC).year:
        yield Check("Python", "warn", shown, "这个版本已没有安全更新，请换新的 Python 再安装一次")
    else:
        yield Check("Python", "ok", shown)


def packages(_: Asked) -> Iterator[Check]:
    """What the installed program says it needs, beside what is there."""
    from packaging.requirements import Requirement

    try:
        needs = distribution("chengwen").requires or []
    except PackageNotFoundError:
        yield Check("安装的软件包", "warn", "成文没有作为软件包安装", "请用 pip install 或离线包安装")
        return
    off, extras = [], set()
    for text in needs:
        need = Requirement(text)
        extra = re.search(r"extra == ['\"](\w+)", text)
        try:
            found = version(need.name)
        except PackageNotFoundError:
            if extra is None:
                off.append(f"缺 {need.name}")
            else:
                extras.add(extra[1])
            continue
        if not need.specifier.contains(found, prereleases=True):
            off.append(f"{need.name} {found} 不合 {need.specifier}")
    if off:
        yield Check("安装的软件包", "bad", "、".join(off), "请重新安装成文：同一目录下再运行一次安装")
    else:
        without = f"；没有装扩展 {'、'.join(sorted(extras))}" if extras else ""
        yield Check("安装的软件包", "ok", f"成文 {version('chengwen')}，{len(needs)} 项要求都符合{without}")


def clock(asked: Asked) -> Iterator[Check]:
    """Against the file system's clock, and the time this program is from. The workspace's own times are looked at with the workspace."""
    now = asked.now.astimezone(UTC)
    shown = asked.now.astimezone().strftime("%Y-%m-%d %H:%M:%S %Z")
    with tempfile.NamedTemporaryFile() as file:
        stamped = datetime.fromtimestamp(Path(file.name).stat().st_mtime, UTC)
    if now < _BUILT:
        yield Check("时钟", "bad", shown, "系统时间早于本程序的发布，请校准（timedatectl set-ntp true，或手工设置）")
    elif abs(stamped - now) > timedelta(minutes=5):
        yield Check(
            "时钟",
            "bad",
            f"{shown}，而临时文件的时间是 {stamped:%Y-%m-%d %H:%M:%S} UTC",
            "文件系统与系统时间不一致，请校准",
        )
    else:
        yield Check("时钟", "ok", shown)


def disk(asked: Asked) -> Iterator[Check]:
    place = locate(asked.workspace, asked.environ)
    looked = {
        "工作区": place.path.parent if place.path is not None else None,
        "临时文件": Path(tempfile.gettempdir()),
        "模型": storage.folder(asked.environ),
    }
    for name, folder in looked.items():
        if folder is None:
            continue
        there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
        free = shutil.disk_usage(there).free
        state, todo = "ok", ""
        if free < _LITTLE_FREE:
            state, todo = ("bad" if free < _LEAST_FREE else "warn"), "请腾出空间，或把它移到别的盘"
        yield Check(f"磁盘：{name}", state, f"{folder} 剩 {free / 1024**3:.1f} GB", todo)  # type: ignore[arg-type]


def fonts(_: Asked) -> Iterator[Check]:
    """The fonts that GB/T 9704 asks for. A .docx names them wherever it is opened; here they matter for the pages that are shown."""
    lister = shutil.which("fc-list")
    if lister is None:
        yield Check("字体", "skip", "没有 fc-list，看不到装了哪些字体", "Debian：apt-get install fontconfig")
        return
    told = subprocess.run([lister, ":", "family"], capture_output=True, text=True, check=False, timeout=30).stdout  # noqa: S603
    lacking = [name for name, families in _FONTS.items() if not any(one in told for one in families)]
    instead = next((one for one in _FALL_BACK if one in told), "")
    if not lacking:
        yield Check("字体", "ok", "公文用的四种字体都有")
    elif instead:
        todo = "只影响网页里的预览；在装了这些字体的电脑上打开 .docx 不受影响。要预览也一致，请安装它们"
        yield Check("字体", "warn", f"没有 {'、'.join(lacking)}，预览时以 {instead} 代替", todo)
    else:
        yield Check("字体", "bad", "没有任何中文字体，预览会是方框", "Debian：apt-get install fonts-noto-cjk")


def office(asked: Asked) -> Iterator[Check]:
    program = shutil.which("soffice")
    if program is None:
        yield Check(
            "LibreOffice",
            "skip",
            "没有安装；导出不需要它，只是没有整页预览",
            "Debian：apt-get install libreoffice-writer-nogui",
        )
        return
    if not asked.full:
        yield Check("LibreOffice", "ok", program)
        return
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "成文.txt"
        page.write_text("市应急管理局\n", "utf-8")
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(page)]
        subprocess.run(command, capture_output=True, check=False, timeout=90)  # noqa: S603
        made = page.with_suffix(".pdf").is_file()
    if made:
        yield Check("LibreOffice", "ok", f"{program}，排出了一页")
    else:
        yield Check(
            "LibreOffice",
            "bad",
            f"{program} 排不出页",
            "请以运行成文的用户执行 soffice --headless --convert-to pdf 看它怎么说",
        )
