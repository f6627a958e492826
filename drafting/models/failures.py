"""What LangChain, openai and the wire raise, mapped to what it means for the caller.

The list was found by running the client against a misbehaving server (docs/design/endpoint.md); nothing else is
caught.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

import openai
from langchain_core import exceptions as langchain

from drafting.errors import ModelSetupError, ModelUnreachable
from drafting.models.conversation import Broken, Rejected, Settled

# What comes through when a body with status 200 is no completion: html, {}, null choices, a list, a choice without a
# message.
_NO_COMPLETION = (ValueError, KeyError, TypeError, IndexError, AttributeError)
_NO_KEY = (langchain.ModelAuthenticationError, langchain.ModelPermissionDeniedError)
_AWAY = (
    langchain.ModelConnectionError,
    langchain.ModelTimeoutError,
    langchain.ModelAPIError,
    langchain.ModelRateLimitError,
)

_OVERLONG = re.compile(r"context[_ ](length|size|window)", re.IGNORECASE)
# Azure, OpenAI, DashScope and DeepSeek decline a prompt with status 400.
_DECLINED = re.compile(
    r"content_filter|content_policy_violation|data_?inspection_?failed|Content Exists Risk", re.IGNORECASE
)
_PREFIX = re.compile(r"^Error code: \d+( - )?")
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Failures:
    """Tells failures of one endpoint; `secrets` are never part of what is told."""

    endpoint: str
    spec: str
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @contextmanager
    def mapped(self, text: str, *, begun: bool) -> Iterator[None]:
        """Around one await on the model; `text` has arrived so far, `begun` says whether a stream brought
        anything yet.
        """
        try:
            yield
        except langchain.ContextOverflowError as error:
            raise Settled("context_overflow") from error
        except (langchain.ModelError, openai.APIError, TimeoutError) as error:
            raise self._of_status(error, text, begun=begun) from error
        except json.JSONDecodeError as error:
            raise Broken("garbled", "应答不是完整的 JSON", text) from error
        except _NO_COMPLETION as error:
            kind: Literal["garbled", "foreign"] = "garbled" if begun else "foreign"
            raise Broken(kind, self._told(error), text) from error

    def _of_status(self, error: Exception, text: str, *, begun: bool) -> Exception:
        told = self._told(error)
        if begun:
            return Broken("cut", f"流在中途断开：{told}", text)
        if isinstance(error, _NO_KEY):
            return ModelSetupError(f"{self.endpoint} 拒绝了密钥（{told.partition('：')[0]}）：请检查密钥和账号的权限")
        if isinstance(error, langchain.ModelNotFoundError):
            return ModelSetupError(
                f"{self.endpoint} 没有模型 {self.spec}（{told}）：请检查模型名，以及网址是否以 /v1 结尾"
            )
        if isinstance(error, _AWAY) or not isinstance(
            error, openai.APIStatusError | langchain.ModelInvalidRequestError
        ):
            return ModelUnreachable(f"{self.endpoint} 没有给出应答：{told}")
        return self._of_refusal(error, told)

    def _of_refusal(self, error: Exception, told: str) -> Exception:
        """A 4xx that is about the request itself."""
        said = f"{told} {error.code or ''} {error.param or ''}" if isinstance(error, openai.APIError) else told
        if _DECLINED.search(said):
            return Settled("content_filter", told)
        if _OVERLONG.search(said):
            return Settled("context_overflow")
        if isinstance(error, langchain.ModelInvalidRequestError | openai.UnprocessableEntityError):
            return Rejected(said)
        if isinstance(error, openai.APIStatusError) and error.status_code in (408, 409):
            return ModelUnreachable(f"{self.endpoint} 没有给出应答：{told}")
        return ModelSetupError(f"{self.endpoint} 不接受请求（模型 {self.spec}）：{told}")

    def _told(self, error: Exception) -> str:
        """The cause in one line, without keys."""
        text = " ".join(_cause(error).split())
        for secret in self.secrets:
            text = text.replace(secret, "…")
        return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _cause(error: Exception) -> str:
    if isinstance(error, openai.APIStatusError):
        message = _PREFIX.sub("", error.message)
        return f"HTTP {error.status_code}：{message}" if message else f"HTTP {error.status_code}"
    if isinstance(error, TimeoutError | langchain.ModelTimeoutError):
        return "超时"
    if isinstance(error, openai.APIConnectionError):
        # LangChain's error, openai's, and then what the socket said.
        below = error.__cause__.__cause__ if error.__cause__ is not None else None
        return f"连接不上或中断（{below}）" if below is not None and str(below) else "连接不上或中断"
    return str(error) or type(error).__name__
