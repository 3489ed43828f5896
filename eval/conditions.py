"""Settings under a name (conditions.toml), so that every table shows what each part of the assistant is worth."""

import difflib
import socket
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from corpus.errors import FuwenError, InputError, ServiceError, SettingsError
from eval.cases import Case
from eval.run import Results, run
from index.fusion import WEIGHTS

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from index.embedding import Embedder, Vectors

CONDITIONS = Path(__file__).with_name("conditions.toml")
DEFAULT = "default"
# Seconds to wait for a sign of life of a chat server.
PATIENCE = 2.0
_WRITTEN = "应为 [名称] 下的 weights = { words = 0.5 }、everyday = false、chat = true 或 settings = { hits = 6 }"


@dataclass(frozen=True)
class Condition:
    """What differs from the assistant as it ships; nothing, for the default."""

    name: str
    weights: Mapping[str, float] | None = None
    everyday: bool = True
    chat: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)


def read_conditions(path: Path = CONDITIONS) -> dict[str, Condition]:
    """The conditions of a TOML file by name, in its order; SettingsError names what cannot be used."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        found = {name: Condition(name, **table) for name, table in tables.items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(str(path), "读不出评测条件", "请检查它的 TOML 写法") from error
    except TypeError as error:
        raise SettingsError(str(path), "评测条件写法不对", _WRITTEN) from error
    for condition in found.values():
        _check(condition, path)
    return found


def condition_named(name: str, path: Path = CONDITIONS) -> Condition:
    """The condition of that name; InputError names those there are."""
    found = read_conditions(path)
    if name not in found:
        near = difflib.get_close_matches(name, found, n=1, cutoff=0.0)
        mend = f"可用：{'、'.join(found)}" + (f"；最接近的是 {near[0]}" if near else "")
        raise InputError("--condition", f"没有条件 {name}", mend)
    return found[name]


def under(condition: Condition, assistant: "Assistant") -> "Assistant":
    """The assistant under a condition, over the same index; ServiceError when its chat model cannot be reached."""
    from assistant.assistant import Assistant

    settings = replace(assistant.settings, **condition.settings)
    if condition.chat:
        _reach(settings.chat_model, settings.chat_base_url)
    else:
        # Without a chat model the answers are the same from run to run.
        settings = replace(settings, chat_model="")
    embedder = assistant.embedder if condition.everyday else _Plain(assistant.embedder)
    weights = assistant.index.weights if condition.weights is None else condition.weights
    return Assistant(assistant.index.weighing(weights, embedder), embedder, settings)


def run_conditions(
    cases: Sequence[Case], assistant: "Assistant", conditions: Sequence[Condition]
) -> dict[str, Results | str]:
    """The results under each condition by its name; where one could not be measured, why not, in a line."""
    found: dict[str, Results | str] = {}
    for condition in conditions:
        try:
            found[condition.name] = run(cases, under(condition, assistant))
        except FuwenError as error:
            found[condition.name] = str(error)
    return found


class _Plain:
    """An embedder under another name, so that its questions are not moved by the everyday examples."""

    def __init__(self, embedder: "Embedder") -> None:
        self._embedder = embedder
        self.name = f"{embedder.name}, no everyday examples"
        self.dimension = embedder.dimension

    def encode(self, texts: Sequence[str], *, query: bool = False) -> "Vectors":
        """The vectors of the embedder."""
        return self._embedder.encode(texts, query=query)

    def fingerprint(self) -> str:
        """The fingerprint of the embedder: the vectors are the same."""
        return self._embedder.fingerprint()


def _check(condition: Condition, path: Path) -> None:
    from assistant.settings import Settings

    unknown = sorted(set(condition.weights or {}) - set(WEIGHTS))
    unknown += sorted(set(condition.settings) - {f.name for f in fields(Settings) if f.name != "data"})
    if unknown or condition.weights == {}:
        problem = f"条件 {condition.name} 里有未知的 {unknown[0]}" if unknown else f"条件 {condition.name} 没有一路检索"
        raise SettingsError(str(path), problem, _WRITTEN)


def _reach(model: str, address: str) -> None:
    """Raise ServiceError unless something listens where the chat model should be."""
    mend = "请设置 FUWEN_CHAT_MODEL 和 FUWEN_CHAT_BASE_URL，并启动对话模型服务"
    if not model or not address:
        raise ServiceError("条件 chat", "未测：没有设置对话模型", mend)
    place = urlsplit(address)
    try:
        port = place.port or (443 if place.scheme == "https" else 80)
        socket.create_connection((place.hostname or "", port), PATIENCE).close()
    except (OSError, ValueError) as error:
        raise ServiceError(f"条件 chat（{address}）", "未测：连接不上", mend) from error
