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
from index.training.mining import near_pairs, quoted_pairs
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

# Shares of the batches. News and laws teach what words mean, pairs what questions look like, everyday rows and what is
# mined around them the field.
MAIN_SHARES = {
    "news": 3,
    "paragraphs": 1,
    "field": 1.2,
    "qa": 0.8,
    "consulting": 1.5,
    "facts": 0.2,
    "title": 1,
    "paraphrase": 0.8,
    "synonym": 0.3,
    "everyday": 1,
    "near": 1.5,
    "hard": 0.3,
    "mined": 0.5,
    "quoted": 1,
}
TUNING_SHARES = MAIN_SHARES | {"news": 1.5, "paragraphs": 0.5, "title": 0.4, "facts": 0.1, "everyday": 4, "hard": 0.6}
GROUPS = {"qa": "qa", "faq": "qa", "paraphrase": "paraphrase", "nli": "paraphrase"}
# Sources that are drawn by themselves: made-up facts teach little, lay questions of law much.
APART = {"kgclue": "facts", "nlpcc2016-kbqa": "facts", "lawyer-llama": "consulting"}
# The columns that are mined from the others.
MINED = ("near", "mined", "quoted", "field")
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
    """Token ids of every column of the material and of what is mined from it; kept in `cache` for a resumed run."""
    if cache.exists():
        arrays = load_file(cache)
        return {name[:-4]: Texts(arrays[name], arrays[name[:-4] + ".ends"]) for name in arrays if name.endswith(".ids")}
    texts = {name: encode_texts(tokenizer, column) for name, column in columns(material).items()}
    texts |= near_pairs(material.everyday, texts, tokenizer.get_vocab_size())
    texts |= quoted_pairs(material.pairs, texts["paragraphs"], tokenizer)
    flat = {f"{name}.{part}": getattr(each, part) for name, each in texts.items() for part in ("ids", "ends")}
    save_file(flat, cache)
    return texts


def columns(material: Material) -> dict[str, list[str]]:
    """Every column of text by name: `news`, `paragraphs`, and `<source>.a`, `.b`, `.wrong` of the row sources."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in material.pairs:
        rows[APART.get(row.group) or GROUPS.get(row.kind, row.kind)].append(row)
    rows["everyday"] = material.everyday
    rows["hard"] = [row for row in material.everyday if row.wrong]
    found = {"news": material.articles, "paragraphs": material.paragraphs, "asking": [ASKING]}
    for name, group in rows.items():
        found |= {f"{name}.a": [row.a for row in group], f"{name}.b": [row.b for row in group]}
    return found | {"hard.wrong": [row.wrong or "" for row in rows["hard"]]}


def token_counts(texts: dict[str, Texts], size: int) -> NDArray[np.int64]:
    """How often each token occurs in the material; what was mined from it is not counted again."""
    plain = [each.ids for name, each in texts.items() if name.split(".")[0] not in MINED]
    return np.asarray(sum(np.bincount(ids, minlength=size) for ids in plain), dtype=np.int64)


def sources(texts: dict[str, Texts]) -> dict[str, Source]:
    """The source of batches of each name in the shares that has any rows."""
    asking = texts["asking"].ids
    found = {
        "news": crop_source(texts["news"], asking),
        "paragraphs": crop_source(texts["paragraphs"], asking, around=1),
        "field": crop_source(texts["field"], asking, around=1),
        "hard": pair_source((texts["hard.a"], texts["hard.b"], texts["hard.wrong"])),
        "mined": pair_source((texts["mined.a"], texts["mined.b"], texts["mined.wrong"]), thin=True),
        "quoted": pair_source((texts["quoted.a"], texts["quoted.b"]), thin=True),
    }
    for name in ("everyday", "near"):
        found[name] = padded_source(texts[f"{name}.a"], texts[f"{name}.b"], texts[f"{name}.b"])
    for name in ("qa", "facts", "consulting", "title", "paraphrase", "synonym"):
        if f"{name}.a" in texts:
            found[name] = pair_source((texts[f"{name}.a"], texts[f"{name}.b"]))
    return {name: source for name, source in found.items() if len(texts.get(name, texts.get(f"{name}.a", ())))}


def phases(texts: dict[str, Texts], settings: Settings) -> list[Phase]:
    """General training, tuning towards everyday questions with enough of the rest, then a softer contrast."""
    by_name = sources(texts)

    def mix(shares: dict[str, float]) -> tuple[tuple[str, float, Source], ...]:
        return tuple((name, share, by_name[name]) for name, share in shares.items() if name in by_name)

    return [
        Phase("main", settings.steps, settings.rate, settings.scale, mix(MAIN_SHARES)),
        Phase("tuning", settings.tuning_steps, settings.tuning_rate, settings.scale, mix(TUNING_SHARES)),
        Phase(
            "softening", settings.softening_steps, settings.softening_rate, settings.softening_scale, mix(MAIN_SHARES)
        ),
    ]
