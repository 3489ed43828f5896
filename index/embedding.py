"""Texts in, unit vectors out: the built-in model without torch, any other by its name or folder.

The one door to sentence_transformers, which is imported only when another model is asked for. The built-in model is
in model2vec's format; it is read here directly because model2vec parses the tokenizer three times, 0.4 s a start.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from corpus.errors import ServiceError
from index.variants import simplified

BUILTIN = "builtin"
MODEL_FOLDER = Path(__file__).parent / "model"
MODEL_FILES = ("model.safetensors", "tokenizer.json")
# Texts encoded at a time: enough to be quick, little enough to stay below 100 MB.
BLOCK = 512
# The names under which models keep what comes before a question and before a passage, the usual ones first.
_PROMPT_NAMES = (
    ("query", "retrieval.query", "search_query", "question", "s2p_query", "web_search_query"),
    ("document", "passage", "retrieval.passage", "search_document", "corpus"),
)
Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Prompts:
    """What a model was trained to read before a question and before a passage."""

    question: str = ""
    passage: str = ""


BGE = Prompts("为这个句子生成表示以用于检索相关文章：")
INSTRUCTED = Prompts("Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:")
E5 = Prompts("query: ", "passage: ")
# Families of models by a pattern of their names; gte, m3e, bge-m3 and all others take their texts as they are.
FAMILIES = (
    (r"^bge-(?!m3).*zh", BGE),
    (r"qwen3-embedding", INSTRUCTED),
    (r"(^|-)e5-.*instruct", INSTRUCTED),
    (r"(^|-)e5-", E5),
)


class Embedder(Protocol):
    """A model that turns texts into vectors whose inner product is their likeness."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """Unit rows of shape [len(texts), dimension]; a row of zeros for a text without any known token."""

    def fingerprint(self) -> str:
        """What tells an index which model made it: equal for equal weights and settings."""


def open_embedder(name: str = BUILTIN) -> Embedder:
    """The built-in model, or a sentence-transformers model by name or folder; `ServiceError` if it cannot be loaded."""
    return BuiltinEmbedder(MODEL_FOLDER) if name == BUILTIN else TransformerEmbedder(name)


class BuiltinEmbedder:
    """The static model that ships with Fuwen: a table of word vectors, averaged; no torch, no network."""

    def __init__(self, folder: Path) -> None:
        self.name = BUILTIN
        self._folder = folder
        self._tokenizer, self._rows, self._scale = _load_static(folder)
        self._unknown = self._tokenizer.token_to_id("[UNK]")
        self.dimension = int(self._rows.shape[1])

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """Unit rows; questions and passages are treated alike."""
        blocks = [self._encode_block(list(texts[start : start + BLOCK])) for start in range(0, len(texts), BLOCK)]
        return np.concatenate([np.zeros((0, self.dimension), np.float32), *blocks])

    def late_interaction(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """For each text how well it holds every single word of the question, 0–1: a second look at what was found.

        Each word counts by its best cosine to a word of the text, weighted by the length that its vector learnt, which is
        how much it says. Means of long texts blur; this does not, and costs a tenth of a millisecond a text.
        """
        (asked,) = self._ids([question])
        held = self._ids(list(texts))
        filled = [index for index, each in enumerate(held) if each]
        found = np.zeros(len(texts), np.float32)
        if not asked or not filled:
            return found
        words, places = np.unique(np.concatenate([held[index] for index in filled]), return_inverse=True)
        sought = self._rows[np.unique(asked)] * self._scale[np.unique(asked), None]
        weights = np.linalg.norm(sought, axis=1)
        known = unit_rows(self._rows[words].astype(np.float32))
        near = np.maximum(unit_rows(sought) @ known.T, 0)[:, places]
        starts = np.cumsum([0] + [len(held[index]) for index in filled[:-1]])
        best = np.maximum.reduceat(near, starts, axis=1)
        found[filled] = weights @ best / max(float(weights.sum()), 1e-9)
        return found

    def _ids(self, texts: list[str]) -> list[list[int]]:
        """The known tokens of each text, in order; traditional characters are read as simplified ones."""
        found = self._tokenizer.encode_batch_fast([simplified(text) for text in texts], add_special_tokens=False)
        return [[token for token in each.ids if token != self._unknown] for each in found]

    def _encode_block(self, texts: list[str]) -> Vectors:
        sums = np.zeros((len(texts), self.dimension), np.float32)
        # Text by text: what one needs stays in the processor's cache, which is twelve times as quick as all at once.
        for row, ids in zip(sums, self._ids(texts), strict=True):
            held = self._rows[ids].astype(np.float32)
            held *= self._scale[ids, None]
            held.sum(axis=0, out=row)
        return unit_rows(sums)

    def fingerprint(self) -> str:
        """SHA-256 over the files that decide the vectors."""
        digest = hashlib.sha256()
        for file in MODEL_FILES:
            digest.update((self._folder / file).read_bytes())
        return digest.hexdigest()


def _load_static(folder: Path) -> tuple[Tokenizer, NDArray[np.int8], Vectors]:
    mend = "请重新安装复文，或用 python -m index.training 重新生成模型"
    try:
        layout = (folder / "tokenizer.json").read_text(encoding="utf-8")
        # tokenizers raises a bare Exception on broken JSON; json says it by name.
        json.loads(layout)
        with safe_open(folder / "model.safetensors", framework="numpy") as file:
            return Tokenizer.from_str(layout), file.get_tensor("embeddings"), file.get_tensor("weights")
    except (OSError, ValueError, SafetensorError) as error:
        raise ServiceError(f"内置向量模型 {folder}", "缺少文件或文件已损坏", mend) from error


class TransformerEmbedder:
    """Any model that sentence-transformers can load from a folder or from this machine's cache."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._model = _load_encoder(name)
        self.dimension = int(self._model.get_embedding_dimension())
        self.prompts = prompts_of(name, self._model.prompts)

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """Unit rows; a question and a passage get the instructions that the model was trained with."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        # Always given, also when empty: else the model's own default prompt would be put before it.
        prompt = self.prompts.question if query else self.prompts.passage
        rows = self._model.encode(list(texts), prompt=prompt, convert_to_numpy=True, show_progress_bar=False)
        return unit_rows(np.asarray(rows, dtype=np.float32))

    def fingerprint(self) -> str:
        """SHA-256 over the weights in use, whatever file they came from, and all settings that decide the vectors."""
        digest = hashlib.sha256(json.dumps(self._settings(), ensure_ascii=False, sort_keys=True).encode())
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(np.ascontiguousarray(tensor.detach().float().cpu().numpy()).tobytes())
        return digest.hexdigest()

    def _settings(self) -> dict[str, Any]:
        """Prompts, longest input, dimensions kept, and what each part of the model was set to, pooling among them."""
        parts = [(type(part).__name__, part.get_config_dict()) for part in self._model]
        return {
            "prompts": [self.prompts.question, self.prompts.passage],
            "length": str(self._model.max_seq_length),
            "dimensions": self._model.truncate_dim,
            "parts": json.loads(json.dumps(parts, default=str)),
        }


def prompts_of(name: str, own: Mapping[str, str | None]) -> Prompts:
    """What the model itself says comes before its texts; where it says nothing, what its family, told by its name, was trained with.

    >>> prompts_of("intfloat/multilingual-e5-small", {"query": "", "document": ""})
    Prompts(question='query: ', passage='passage: ')
    """
    if any(own.values()):
        question, passage = ([own[key] or "" for key in keys if own.get(key)] for keys in _PROMPT_NAMES)
        return Prompts("".join(question[:1]), "".join(passage[:1]))
    short = re.split(r"[\\/]", name.rstrip("\\/"))[-1].lower()
    return next((prompts for family, prompts in FAMILIES if re.search(family, short)), Prompts())


def unit_rows(rows: Vectors) -> Vectors:
    """The rows at length one; a row of zeros stays."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1.0), dtype=np.float32)


def _load_encoder(name: str) -> Any:
    def load(place: str) -> Any:
        from sentence_transformers import SentenceTransformer

        # Nothing is ever downloaded: an intranet host would wait minutes for a hub that it cannot reach.
        return SentenceTransformer(place, device="cpu", local_files_only=True)

    return load_local(LocalModel(f"向量模型 {name}", "FUWEN_EMBEDDING_MODEL", "内置模型 builtin"), name, load)


@dataclass(frozen=True)
class LocalModel:
    """How a model is spoken of where it cannot be loaded: its name, the setting that names it, what to use instead."""

    title: str
    setting: str
    instead: str


def load_local(model: LocalModel, name: str, load: Callable[[str], Any]) -> Any:
    """What `load` makes of a folder or a name known on this machine; `ServiceError` in one line where it cannot."""
    mend = f"请把模型文件夹放到本机，并把 {model.setting} 设为它的路径；或改用{model.instead}"
    place = os.path.expanduser(name)
    # Said at once: loading sentence-transformers takes seconds, and it talks in English first.
    if _is_path(name) and not os.path.isdir(place):
        raise ServiceError(model.title, "没有这个文件夹", mend)
    try:
        return load(place)
    except ModuleNotFoundError as error:
        if error.name != "sentence_transformers":
            raise ServiceError(model.title, f"缺少它所需的程序包 {error.name}", mend) from error
        mend = f"请先安装：pip install 'fuwen[models]'，或改用{model.instead}"
        raise ServiceError(model.title, "没有安装 sentence-transformers", mend) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, ImportError) as error:
        reason = "文件夹里的模型读不出来" if os.path.isdir(place) else "本机没有这个模型"
        raise ServiceError(model.title, reason, mend) from error


def _is_path(name: str) -> bool:
    """Whether a name can only be a folder: the hub's names are `model` or `owner/model`."""
    return name.startswith(("/", ".", "~")) or name.count("/") > 1 or "\\" in name
