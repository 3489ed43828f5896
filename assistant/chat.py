"""The chat model behind an OpenAI-compatible address: writes an answer over numbered evidence, in marked sentences."""

import re
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import HumanMessage, SystemMessage
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable

from assistant.answer import Sentence
from assistant.cite import Notes, describe
from assistant.evidence import Evidence
from assistant.prompts import fill
from assistant.refusal import REFUSAL
from assistant.settings import Settings
from assistant.understand import Query
from corpus.errors import SettingsError

MOST_EVIDENCE = 16
_MARK = re.compile(r"\[\^(\d+)\]")


class ChatComposer:
    """Composes with a chat model; when it cannot be used, the caller's extractive answer stands."""

    def __init__(self, settings: Settings) -> None:
        self.where = settings.chat_base_url
        self.chain: Runnable[Any, Any] = ChatPromptTemplate.from_messages([("placeholder", "{messages}")]) | open_model(
            settings
        )

    def __call__(self, query: Query, evidence: Sequence[Evidence], notes: Notes) -> tuple[list[Sentence], str | None]:
        """The model's sentences, each with the evidence that it marks; or [] and what is wrong with the server."""
        chosen = list(evidence[:MOST_EVIDENCE])
        try:
            reply = self.chain.invoke({"messages": _messages(query, chosen)})
        except Exception as error:
            # Whatever the client library raises (its error tree differs between versions), the answer must not be lost.
            return [], _trouble(self.where, error)
        return read_reply(str(reply.content), chosen, notes), None


def open_model(settings: Settings) -> Any:
    """The chat model that the settings name; nothing is sent yet.

    Raises SettingsError when the address is missing.
    """
    if not settings.chat_base_url:
        raise SettingsError(
            "FUWEN_CHAT_BASE_URL",
            "设了对话模型却没有设地址",
            "请设为 OpenAI 兼容服务的地址，如 http://127.0.0.1:8000/v1",
        )
    from langchain.chat_models import init_chat_model

    return init_chat_model(
        settings.chat_model,
        model_provider="openai",
        base_url=settings.chat_base_url,
        api_key=settings.chat_api_key or "none",
        temperature=0,
        timeout=settings.chat_timeout,
        max_retries=1,
    )


def read_reply(text: str, evidence: Sequence[Evidence], notes: Notes) -> list[Sentence]:
    """The reply's lines as sentences with the citations that they mark; [] when it says that nothing was found.

    A mark without evidence of that number is kept as citation 0, which never exists, so that verification strikes it.
    """
    if fold_refusal(text):
        return []
    sentences = []
    for line in filter(None, (line.strip(" -*\t") for line in text.splitlines())):
        numbers = [int(n) for n in _MARK.findall(line)]
        ids = [
            notes.cite(evidence[n - 1].letter, evidence[n - 1].start, evidence[n - 1].end)
            if 0 < n <= len(evidence)
            else 0
            for n in numbers
        ]
        sentences.append(Sentence(_MARK.sub("", line).strip(), tuple(dict.fromkeys(ids))))
    return sentences


def fold_refusal(text: str) -> bool:
    """Does the reply say nothing but the refusal?"""
    return _MARK.sub("", text).strip().startswith(REFUSAL.rstrip("。"))


def _messages(query: Query, evidence: Sequence[Evidence]) -> list[SystemMessage | HumanMessage]:
    listed = "\n".join(
        f"[^{n}] {describe(e.letter)} {' > '.join(e.heading_path)}：{e.text}" for n, e in enumerate(evidence, 1)
    )
    return [
        SystemMessage(fill("answer.system", refusal=REFUSAL)),
        HumanMessage(fill("answer.user", question=query.standalone, evidence=listed)),
    ]


def _trouble(where: str, error: Exception) -> str:
    return f"对话模型 {where}：用不上（{type(error).__name__}）。已改用原文摘句回答；请检查服务是否启动、FUWEN_CHAT_MODEL 和 FUWEN_CHAT_API_KEY 是否正确"
