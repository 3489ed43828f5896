"""Write the trained model as it ships: one byte a number, readable by model2vec and by sentence-transformers."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

LARGEST = 127


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Each row as bytes of its own scale, and that scale: `bytes * scale[:, None]` is the row again, nearly."""
    scale = np.abs(vectors).max(axis=1) / LARGEST
    safe = np.where(scale > 0, scale, 1.0)
    return np.rint(vectors / safe[:, None]).astype(np.int8), scale.astype(np.float32)


def export_model(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
    """Write `model.safetensors`, `tokenizer.json`, `config.json` and `modules.json` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, scale = quantise(vectors)
    save_file({"embeddings": rows, "weights": scale}, folder / "model.safetensors")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    # No limit of length: a long section must not lose its end.
    config = {"normalize": True, "max_length": None, "embedding_dtype": "int8", "hidden_dim": int(vectors.shape[1])}
    _write_json(folder / "config.json", config)
    static = "sentence_transformers.models.StaticEmbedding"
    _write_json(folder / "modules.json", [{"idx": 0, "name": "0", "path": ".", "type": static}])


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
