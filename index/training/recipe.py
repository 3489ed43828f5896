"""Which text trains the model and how much of each: the sources and the phases of a run."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from index.training.batches import (
    ASKING,
    Source,
    Texts,
    crop_source,
    encode_texts,
    padded_source,
    pair_source,
)
from index.training.loop import Phase, Settings
from index.training.rows import (
    Row,
    read_articles,
    read_everyday,
    read_pairs,
    read_paragraphs,
    split_everyday,
    split_pairs,
)
from index.training.tokenizer import train_tokenizer

# Shares of the batches. News and laws teach what words mean, pairs what questions look like, everyday rows the field.
MAIN_SHARES = {"news": 4, "paragraphs": 2, "qa": 2, "title": 1.5, "paraphrase": 1, "synonym": 0.3, "everyday": 1}
TUNING_SHARES = {"news": 2, "paragraphs": 1, "qa": 1.5, "title": 0.5, "paraphrase": 0.5, "everyday": 3, "hard": 1}
GROUPS = {"qa": "qa", "faq": "qa", "paraphrase": "paraphrase", "nli": "paraphrase"}
# An everyday row counts as often as this in the choice of the vocabulary.
EVERYDAY_WEIGHT = 20


@dataclass(frozen=True)
class Material:
    """All text that trains, read once."""

    articles: list[str]
    paragraphs: list[str]
    pairs: list[Row]
    everyday: list[Row]


def read_material(folder: Path) -> Material:
    """The training parts of the files in `folder`; what is held out is not in here."""
    pairs, _ = split_pairs(read_pairs(folder))
    everyday, _ = split_everyday(read_everyday())
    return Material(read_articles(folder), read_paragraphs(folder), pairs, everyday)


def make_tokenizer(material: Material, size: int) -> Tokenizer:
    """The tokenizer trained on all of the material."""
    plain = [*material.articles, *material.paragraphs, *(text for row in material.pairs for text in (row.a, row.b))]
    everyday = [text for row in material.everyday for text in (row.a, row.b, row.wrong) if text]
    weighted = [(text, 1) for text in plain] + [(text, EVERYDAY_WEIGHT) for text in everyday]
    return train_tokenizer(weighted, size)


def encode_material(material: Material, tokenizer: Tokenizer, cache: Path) -> dict[str, Texts]:
    """Token ids of every column of the material; kept in `cache` for a resumed run."""
    if cache.exists():
        arrays = load_file(cache)
        return {name[:-4]: Texts(arrays[name], arrays[name[:-4] + ".ends"]) for name in arrays if name.endswith(".ids")}
    texts = {name: encode_texts(tokenizer, column) for name, column in columns(material).items()}
    flat = {f"{name}.{part}": getattr(each, part) for name, each in texts.items() for part in ("ids", "ends")}
    save_file(flat, cache)
    return texts


def columns(material: Material) -> dict[str, list[str]]:
    """Every column of text by name: `news`, `paragraphs`, and `<source>.a`, `.b`, `.wrong` of the row sources."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in material.pairs:
        rows[GROUPS.get(row.kind, row.kind)].append(row)
    rows["everyday"] = material.everyday
    rows["hard"] = [row for row in material.everyday if row.wrong]
    found = {"news": material.articles, "paragraphs": material.paragraphs, "asking": [ASKING]}
    for name, group in rows.items():
        found |= {f"{name}.a": [row.a for row in group], f"{name}.b": [row.b for row in group]}
    return found | {"hard.wrong": [row.wrong or "" for row in rows["hard"]]}


def token_counts(texts: dict[str, Texts], size: int) -> NDArray[np.int64]:
    """How often each token occurs in the material."""
    return np.asarray(sum(np.bincount(each.ids, minlength=size) for each in texts.values()), dtype=np.int64)


def sources(texts: dict[str, Texts]) -> dict[str, Source]:
    """The source of batches of each name in the shares."""
    asking = texts["asking"].ids
    found = {
        "news": crop_source(texts["news"], asking),
        "paragraphs": crop_source(texts["paragraphs"], asking, around=1),
        "hard": pair_source((texts["hard.a"], texts["hard.b"], texts["hard.wrong"])),
        "everyday": padded_source(texts["everyday.a"], texts["everyday.b"], texts["everyday.b"]),
    }
    for name in ("qa", "title", "paraphrase", "synonym"):
        found[name] = pair_source((texts[f"{name}.a"], texts[f"{name}.b"]))
    return found


def phases(texts: dict[str, Texts], settings: Settings) -> list[Phase]:
    """General training, tuning towards everyday questions with enough of the rest, then a softer contrast."""
    by_name = sources(texts)

    def mix(shares: dict[str, float]) -> tuple[tuple[str, float, Source], ...]:
        return tuple((name, share, by_name[name]) for name, share in shares.items())

    return [
        Phase("main", settings.steps, settings.rate, settings.scale, mix(MAIN_SHARES)),
        Phase("tuning", settings.tuning_steps, settings.tuning_rate, settings.scale, mix(TUNING_SHARES)),
        Phase(
            "softening", settings.softening_steps, settings.softening_rate, settings.softening_scale, mix(MAIN_SHARES)
        ),
    ]
