"""Scores how well texts answer a question by a CrossEncoder of this machine; the door to that part of sentence_transformers.

Optional: slow beside the built-in search, exact where a good model is at hand. Nothing is imported before it is asked for.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from index.embedding import LocalModel, load_local

# Pairs scored at a time: enough for two cores, little enough for a small host.
BATCH = 16
# Where the model names no longest input, or one that no host can pay for.
LONGEST = 1024


class Reranker:
    """A model that reads question and text together; scores of one question compare, those of two models do not."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._model = _load(name)

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """A score for each text, higher is better; a model of several classes gives the score of its last one."""
        if not texts:
            return []
        pairs = [(question, text) for text in texts]
        found = np.asarray(self._model.predict(pairs, batch_size=BATCH, show_progress_bar=False), dtype=np.float64)
        return [float(score) for score in found.reshape(len(texts), -1)[:, -1]]


def open_reranker(name: str) -> Reranker:
    """The CrossEncoder of this name or folder, from local files only; `ServiceError` if it cannot be loaded."""
    return Reranker(name)


def _load(name: str) -> Any:
    def load(place: str) -> Any:
        from sentence_transformers import CrossEncoder

        model = CrossEncoder(place, device="cpu", local_files_only=True)
        model.max_seq_length = min(model.max_seq_length or LONGEST, LONGEST)
        return model

    return load_local(LocalModel(f"重排模型 {name}", "FUWEN_RERANKER", "不带重排的检索"), name, load)
