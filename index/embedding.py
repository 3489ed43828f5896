"""Texts in, unit vectors out: the built-in model without torch, any other by its name or folder.

The one door to sentence_transformers, which is imported only when another model is asked for. The built-in model is
in model2vec's format; it is read here directly because model2vec parses the tokenizer three times, 0.4 s a start.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from corpus.errors import ServiceError

BUILTIN = "builtin"
MODEL_FOLDER = Path(__file__).parent / "model"
MODEL_FILES = ("model.safetensors", "tokenizer.json")
# Texts encoded at a time: enough to be quick, little enough to stay below 100 MB.
BLOCK = 512
# The bge models were trained with this before a question, and with nothing before a passage.
BGE_QUERY = "为这个句子生成表示以用于检索相关文章："

Vectors = NDArray[np.float32]


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

    def _encode_block(self, texts: list[str]) -> Vectors:
        found = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        ids = [[token for token in each.ids if token != self._unknown] for each in found]
        filled = [index for index, each in enumerate(ids) if each]
        sums = np.zeros((len(texts), self.dimension), np.float32)
        if filled:
            flat = np.concatenate([ids[index] for index in filled])
            starts = np.cumsum([0] + [len(ids[index]) for index in filled[:-1]])
            sums[filled] = np.add.reduceat(self._rows[flat] * self._scale[flat, None], starts, axis=0)
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
        self._model = _load(name)
        self.dimension = int(self._model.get_embedding_dimension())
        self._prompt = BGE_QUERY if "bge-" in name.lower() and "zh" in name.lower() else ""

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """Unit rows; a question gets the instruction that the model was trained with."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        asked = [self._prompt + text for text in texts] if query else list(texts)
        rows = self._model.encode(asked, convert_to_numpy=True, show_progress_bar=False)
        return unit_rows(np.asarray(rows, dtype=np.float32))

    def fingerprint(self) -> str:
        """SHA-256 over the weights in use, whatever file they came from, and the query instruction."""
        digest = hashlib.sha256(self._prompt.encode())
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(np.ascontiguousarray(tensor.detach().float().cpu().numpy()).tobytes())
        return digest.hexdigest()


def unit_rows(rows: Vectors) -> Vectors:
    """The rows at length one; a row of zeros stays."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1.0), dtype=np.float32)


def _load(name: str) -> Any:
    mend = "请把模型文件夹放到本机，并把 FUWEN_EMBEDDING_MODEL 设为它的路径；或改用内置模型 builtin"
    place = os.path.expanduser(name)
    # Said at once: loading sentence-transformers takes seconds, and it talks in English first.
    if _is_path(name) and not os.path.isdir(place):
        raise ServiceError(f"向量模型 {name}", "没有这个文件夹", mend)
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ServiceError(
            f"向量模型 {name}",
            "没有安装 sentence-transformers",
            "请先安装：pip install 'fuwen[models]'，或改用内置模型 builtin",
        ) from error
    try:
        # Nothing is ever downloaded: an intranet host would wait minutes for a hub that it cannot reach.
        return SentenceTransformer(place, device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        reason = "文件夹里的模型读不出来" if os.path.isdir(place) else "本机没有这个模型"
        raise ServiceError(f"向量模型 {name}", reason, mend) from error


def _is_path(name: str) -> bool:
    """Whether a name can only be a folder: the hub's names are `model` or `owner/model`."""
    return name.startswith(("/", ".", "~")) or name.count("/") > 1 or "\\" in name
