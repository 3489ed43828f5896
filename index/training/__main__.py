"""Train the embedded model: `python -m index.training --data DIR --out DIR [--steps N] [--resume] [--new-words]`."""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from tokenizers import Tokenizer

from index.embedding import MODEL_FOLDER
from index.training.export import export_model
from index.training.loop import (
    Progress,
    Settings,
    build_model,
    rarity,
    starting_vectors,
    train_and_average,
)
from index.training.recipe import encode_material, make_tokenizer, phases, read_material, token_counts

# Made before the steps and kept between them; a run without --resume makes them anew.
KEPT = ("tokenizer.json", "tokens.safetensors", "before.safetensors", "checkpoint.safetensors")


def run(data: Path, out: Path, settings: Settings, *, resume: bool, new_words: bool = False) -> None:
    """Train into `out`; `out/model` is the result, ready to be copied to index/model.

    The words are those of the shipped tokenizer, or with `new_words` chosen from the data anew.
    """
    out.mkdir(parents=True, exist_ok=True)
    for name in () if resume else KEPT:
        (out / name).unlink(missing_ok=True)
    material = read_material(data)
    if not new_words and not (out / "tokenizer.json").exists():
        shutil.copy(MODEL_FOLDER / "tokenizer.json", out)
    if not (out / "tokenizer.json").exists():
        make_tokenizer(material, settings.vocabulary).save(str(out / "tokenizer.json"), pretty=False)
    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    texts = encode_material(material, tokenizer, out / "tokens.safetensors")
    size = tokenizer.get_vocab_size()
    counts = token_counts(texts, size)
    model = build_model(tokenizer, starting_vectors(size, settings, rarity(counts, settings.rarity_before)))
    (out / "settings.json").write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
    vectors = train_and_average(model, phases(texts, settings), settings, out, report=say)
    vectors[tokenizer.token_to_id("[UNK]")] = 0
    export_model(out / "model", tokenizer, vectors)


def say(progress: Progress) -> None:
    """One line on stderr for every checkpoint."""
    line = f"{progress.phase} {progress.step}: loss {progress.loss:.4f}, {progress.seconds:.0f} s"
    sys.stderr.write(line + "\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of pairs.jsonl.xz, text.txt.xz, news.txt.xz")
    parser.add_argument("--out", type=Path, required=True, help="folder for the result and for checkpoints")
    parser.add_argument("--steps", type=int, help="steps of the main phase; the other phases shrink with it")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    parser.add_argument("--new-words", action="store_true", help="choose the words of the tokenizer anew")
    chosen = parser.parse_args(arguments)
    settings = Settings()
    if chosen.steps is not None:
        share = chosen.steps / settings.steps
        tuning, softening = round(settings.tuning_steps * share), round(settings.softening_steps * share)
        settings = replace(settings, steps=chosen.steps, tuning_steps=tuning, softening_steps=softening)
    run(chosen.data, chosen.out, settings, resume=chosen.resume, new_words=chosen.new_words)


if __name__ == "__main__":
    main()
