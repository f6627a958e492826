"""What the system says of files, in the user's language."""

from __future__ import annotations

import errno

_SAID = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的磁盘是只读的",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ENOSPC: "磁盘已满，没有写完的不留下",
    errno.EDQUOT: "磁盘配额已用完，没有写完的不留下",
    errno.EMFILE: "打开的文件过多",
    errno.EIO: "读写磁盘出错",
}


def said(error: OSError) -> str:
    """One line: the file, where the system names one, and what is wrong with it."""
    place = f"{error.filename}: " if error.filename else ""
    return place + _SAID.get(error.errno or 0, error.strerror or str(error))
