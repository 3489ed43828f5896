"""The settings: one TOML file in the data folder, overridden by FUWEN_* environment variables."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from corpus.errors import SettingsError

PREFIX = "FUWEN_"
FILE = "fuwen.toml"


@dataclass(frozen=True)
class Settings:
    """Every setting, with its unit and effect.

    data: folder of the user's letters and index; empty means the built-in letters and the per-user folder.
    embedding_model: "builtin", or a folder or hub name that sentence-transformers can load.
    reranker: folder or name of a CrossEncoder that puts the best hits in order, slowly; empty means none.
    chat_model: name of a chat model; empty means answers are put together from verbatim sentences.
    chat_base_url: address of an OpenAI-compatible server, e.g. http://127.0.0.1:8000/v1.
    chat_api_key: its key; servers on an intranet often need none.
    chat_timeout: seconds that the chat model's whole answer may take before the extractive answer is given.
    chat_silence: seconds without a word from it after which it counts as stuck.
    chat_max_tokens: tokens that its answer may have; a longer one is given up for the extractive answer.
    chat_tries: how often it is asked when it is busy, fails or breaks off; 1 means once.
    hits: number of chunks that an answer may draw on.
    """

    data: str = ""
    embedding_model: str = "builtin"
    reranker: str = ""
    chat_model: str = ""
    chat_base_url: str = ""
    chat_api_key: str = field(default="", repr=False)
    chat_timeout: int = 60
    chat_silence: int = 30
    chat_max_tokens: int = 1024
    chat_tries: int = 3
    hits: int = 12


def user_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The per-user data folder: $XDG_DATA_HOME/fuwen, else ~/.local/share/fuwen."""
    base = environment.get("XDG_DATA_HOME") or Path(environment.get("HOME") or Path.home()) / ".local" / "share"
    return Path(base) / "fuwen"


def load_settings(data: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in force for a data folder (None: the one that FUWEN_DATA names, else the per-user folder).

    Raises SettingsError for a key that does not exist, naming the nearest one, and for a value that cannot be read.
    """
    chosen = str(data) if data is not None else environment.get(PREFIX + "DATA", "")
    file = (Path(chosen) if chosen else user_folder(environment)) / FILE
    values: dict[str, object] = _from_file(file) if file.is_file() else {}
    for name, value in environment.items():
        if name.startswith(PREFIX):
            values[_key(name.removeprefix(PREFIX).lower(), name)] = value
    values["data"] = chosen
    return replace(Settings(), **{k: _typed(k, v) for k, v in values.items()})  # type: ignore[arg-type]  # keys checked above


def _from_file(file: Path) -> dict[str, object]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(str(file), f"读不懂（{error}）", "请按 README 的“设置”一节改正") from error
    return {_key(k, f"{file} 的 {k}"): v for k, v in table.items()}


def _key(key: str, shown: str) -> str:
    known = [f.name for f in fields(Settings)]
    if key in known:
        return key
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)[0]
    raise SettingsError(f"设置 {shown}", "没有这一项", f"最接近的是 {near}（环境变量 {PREFIX}{near.upper()}）")


def _typed(key: str, value: object) -> object:
    if not isinstance(getattr(Settings(), key), int):
        return str(value)
    try:
        number = int(str(value))
    except ValueError as error:
        raise SettingsError(f"设置 {key}", f"应为整数，现为 {value}", "请改成正整数") from error
    if number < 1:
        raise SettingsError(f"设置 {key}", f"应为正整数，现为 {value}", "请改成正整数")
    return number
