"""Variables of one kind of log-in, read from the environment: those that are missing, misspelt or no number are told at the start."""

from __future__ import annotations

import math
import ssl
from collections.abc import Collection, Mapping

from drafting.errors import InputError

_YES, _NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


class Variables:
    """The variables that begin with `prefix`; `known` are the names behind it."""

    def __init__(self, environ: Mapping[str, str], prefix: str, known: Collection[str]) -> None:
        self._prefix = prefix
        self._values = {
            name.removeprefix(prefix): value.strip() for name, value in environ.items() if name.startswith(prefix)
        }
        unknown = sorted(name for name in self._values if name not in known and name.removesuffix("_FILE") not in known)
        if unknown:
            names = "、".join(prefix + name for name in known)
            raise InputError(f"环境变量 {prefix}{unknown[0]} 不认识，可用的有 {names}")

    def __bool__(self) -> bool:
        """Whether any of them says something."""
        return any(self._values.values())

    def text(self, name: str, default: str = "") -> str:
        return self._values.get(name, "") or default

    def required(self, name: str) -> str:
        if not (value := self.text(name)):
            raise InputError(f"还缺环境变量 {self._prefix}{name}")
        return value

    def yes(self, name: str) -> bool:
        value = self.text(name).lower()
        if value not in (*_YES, *_NO):
            raise self.wrong(name, "应为 1 或 0")
        return value in _YES

    def number(self, name: str, default: float, least: float, most: float) -> float:
        try:
            value = float(self.text(name, str(default)))
        except ValueError:
            value = math.nan
        if not least <= value <= most:
            raise self.wrong(name, f"应为 {least:g} 至 {most:g} 的数")
        return value

    def certificates(self, name: str) -> str:
        """The path of a file with certificates in PEM; empty where none is named."""
        path = self.text(name)
        try:
            if path:
                ssl.create_default_context(cafile=path)
        except ssl.SSLError:
            raise self.wrong(name, "所指的文件里没有证书（PEM）") from None
        except OSError as error:
            raise self.wrong(name, f"所指的文件读不出（{error.strerror}）") from None
        return path

    def wrong(self, name: str, why: str) -> InputError:
        """The error that names the variable. What it holds is not repeated: it may be a secret."""
        return InputError(f"环境变量 {self._prefix}{name} {why}")
