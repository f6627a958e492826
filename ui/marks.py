"""The mark of a copy that nobody has signed off."""

from __future__ import annotations


def draft_mark(version: str, errors: int = 0) -> str:
    """What such a copy shows on every page: that it is for review, of which version, and how many errors stand in it."""
    told = f"\n尚有 {errors} 项错误" if errors else ""
    return f"送审稿\n版本 {version[:12]}{told}"
