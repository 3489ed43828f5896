"""Train the vectors of the tokens: seeded batches, contrastive loss, a checkpoint from which training goes on."""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from index.training.batches import Batch, Ids, Source


@dataclass(frozen=True)
class Settings:
    """What a training run is made of; written beside its result."""

    seed: int = 20261122
    dimension: int = 512
    vocabulary: int = 35_000
    batch: int = 1024
    steps: int = 1200
    tuning_steps: int = 350
    rate: float = 0.01
    tuning_rate: float = 0.003
    scale: float = 20.0
    # A softer contrast at the end costs word overlap and gains everyday questions much: they share few words.
    softening_steps: int = 350
    softening_rate: float = 0.005
    softening_scale: float = 8.0
    # The result is the mean of the vectors before and after softening, the latter with this share.
    softened_share: float = 0.75
    rarity_before: float = 3e-4
    checkpoint_every: int = 50
    # A second one gains a tenth on idle cores and loses half on busy ones.
    threads: int = 1


@dataclass(frozen=True)
class Phase:
    """A stretch of training: steps, learning rate, scale of the likenesses, sources with their shares."""

    name: str
    steps: int
    rate: float
    scale: float
    sources: tuple[tuple[str, float, Source], ...]


def features(texts: list[Ids]) -> dict[str, torch.Tensor]:
    """The input that a StaticEmbedding takes, made from token ids."""
    lengths = np.fromiter((len(text) for text in texts), np.int64, len(texts))
    offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    return {"input_ids": torch.from_numpy(np.concatenate(texts).astype(np.int64)), "offsets": torch.from_numpy(offsets)}


def starting_vectors(size: int, settings: Settings, weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Random directions, long for rare tokens and short for frequent ones: training starts from a word-overlap search."""
    random = np.random.default_rng(settings.seed)
    vectors = random.standard_normal((size, settings.dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors * weights[:, None], dtype=np.float32)


def rarity(counts: NDArray[np.int64], half: float) -> NDArray[np.float32]:
    """A weight from 0 to 1 for each token, one half where its probability is `half`: smooth inverse frequency."""
    share = counts / max(1, counts.sum())
    return np.asarray(half / (half + share), dtype=np.float32)


def build_model(tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> SentenceTransformer:
    """A sentence-transformers model of one static embedding."""
    return SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=vectors)], device="cpu")


def vectors_of(model: SentenceTransformer) -> NDArray[np.float32]:
    """The token vectors as they stand now, a copy."""
    return np.array(next(model.parameters()).detach().numpy(), dtype=np.float32)


def draw(phase: Phase, settings: Settings, step: int) -> Batch:
    """The batch of this step: the same for every run of the same settings, also after a restart."""
    random = np.random.default_rng((settings.seed, sum(phase.name.encode()), step))
    shares = np.array([share for _, share, _ in phase.sources])
    chosen = int(random.choice(len(shares), p=shares / shares.sum()))
    return phase.sources[chosen][2](random, settings.batch)


def rate_at(phase: Phase, step: int) -> float:
    """The learning rate: a short rise, then a straight line down to nothing."""
    rise = max(1, phase.steps // 20)
    return phase.rate * min((step + 1) / rise, (phase.steps - step) / max(1, phase.steps - rise))


@dataclass(frozen=True)
class Progress:
    """Where training stands: the phase, the next step in it, the mean loss since the last report."""

    phase: str
    step: int
    loss: float
    seconds: float


def train(
    model: SentenceTransformer,
    phases: list[Phase],
    settings: Settings,
    *,
    checkpoint: Path | None = None,
    report: Callable[[Progress], None] = lambda progress: None,
) -> None:
    """Run the phases on the model in place; with a checkpoint file, go on from where it was written."""
    torch.set_num_threads(settings.threads)
    start_phase, start_step, moments = load_checkpoint(checkpoint, model)
    for number, phase in enumerate(phases):
        if number < start_phase:
            continue
        optimizer = torch.optim.Adam(model.parameters(), lr=phase.rate, betas=(0.9, 0.99), fused=True)
        first = start_step if number == start_phase else 0
        if first:
            restore(optimizer, model, moments, first)
        for progress in _steps(phase, settings, contrast(model, phase.scale), optimizer, first):
            report(progress)
            if checkpoint is not None:
                save_checkpoint(checkpoint, model, optimizer, number, progress.step)


def train_and_average(
    model: SentenceTransformer,
    phases: list[Phase],
    settings: Settings,
    folder: Path,
    *,
    report: Callable[[Progress], None] = lambda progress: None,
) -> NDArray[np.float32]:
    """Run all phases; the mean of the vectors before and after the last one, which keeps the good of both."""
    before, checkpoint = folder / "before.safetensors", folder / "checkpoint.safetensors"
    if not before.exists():
        train(model, phases[:-1], settings, checkpoint=checkpoint, report=report)
        save_file({"vectors": torch.from_numpy(vectors_of(model))}, before)
    train(model, phases, settings, checkpoint=checkpoint, report=report)
    share = settings.softened_share
    earlier = load_file(before)["vectors"].numpy()
    return np.asarray((1 - share) * earlier + share * vectors_of(model), dtype=np.float32)


def contrast(model: SentenceTransformer, scale: float) -> MultipleNegativesRankingLoss:
    """The loss: each question must find its text among the batch's, and each text its question."""
    return MultipleNegativesRankingLoss(
        model, scale=scale, directions=("query_to_doc", "doc_to_query"), partition_mode="per_direction"
    )


def _steps(
    phase: Phase, settings: Settings, loss_of: Any, optimizer: torch.optim.Optimizer, first: int
) -> Iterator[Progress]:
    total, since = 0.0, time.monotonic()
    done = 0
    for step in range(first, phase.steps):
        for group in optimizer.param_groups:
            group["lr"] = rate_at(phase, step)
        batch = draw(phase, settings, step)
        loss = loss_of([features(column) for column in batch.columns], None)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total, done = total + loss.item(), done + 1
        if (step + 1) % settings.checkpoint_every == 0 or step + 1 == phase.steps:
            yield Progress(phase.name, step + 1, total / done, time.monotonic() - since)
            total, done, since = 0.0, 0, time.monotonic()


def save_checkpoint(
    path: Path, model: SentenceTransformer, optimizer: torch.optim.Optimizer, phase: int, step: int
) -> None:
    """Write vectors, optimizer moments and place to one file, whole or not at all."""
    parameter = next(model.parameters())
    state = optimizer.state[parameter]
    tensors = {"vectors": parameter.detach(), "mean": state["exp_avg"], "square": state["exp_avg_sq"]}
    fresh = path.with_suffix(".new")
    save_file(tensors, fresh, metadata={"place": json.dumps([phase, step])})
    os.replace(fresh, path)


def load_checkpoint(path: Path | None, model: SentenceTransformer) -> tuple[int, int, dict[str, torch.Tensor]]:
    """The phase, the step and the optimizer moments of a checkpoint, its vectors put into the model."""
    if path is None or not path.exists():
        return 0, 0, {}
    with safe_open(path, framework="pt") as file:
        phase, step = json.loads(file.metadata()["place"])
    tensors = load_file(path)
    with torch.no_grad():
        next(model.parameters()).copy_(tensors["vectors"])
    return phase, step, tensors


def restore(
    optimizer: torch.optim.Optimizer, model: SentenceTransformer, moments: dict[str, torch.Tensor], step: int
) -> None:
    """Put the saved moments back into a fresh optimizer."""
    parameter = next(model.parameters())
    optimizer.state[parameter] = {
        "step": torch.tensor(float(step)),
        "exp_avg": moments["mean"],
        "exp_avg_sq": moments["square"],
    }
