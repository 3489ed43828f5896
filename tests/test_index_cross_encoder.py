"""A CrossEncoder of this machine scores texts in their order; one that cannot be loaded says what to do."""

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import ServiceError
from index.cross_encoder import open_reranker


def save_reranker(folder: Path, labels: int) -> Path:
    """A random but seeded BERT of one layer that scores pairs of texts."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "科", "技", "企", "业", "为"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(7)
    sizes = {"vocab_size": len(words), "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = BertConfig(
        **sizes, intermediate_size=16, max_position_embeddings=64, num_labels=labels, initializer_range=1.0
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.mark.parametrize("labels", [1, 2])
def test_every_text_gets_a_score_in_its_place(tmp_path: Path, labels: int) -> None:
    reranker = open_reranker(str(save_reranker(tmp_path / "model", labels)))
    scores = reranker.score("科技", ["企业", "科技企业为", "企业", ""])
    assert len(scores) == 4
    assert all(type(score) is float for score in scores)
    assert scores[0] == pytest.approx(scores[2], abs=1e-6)
    assert scores[0] != pytest.approx(scores[1], abs=1e-6)
    assert reranker.score("科技", ["科技企业为"]) == pytest.approx([scores[1]], abs=1e-6)


def test_no_text_gets_no_score(tmp_path: Path) -> None:
    assert open_reranker(str(save_reranker(tmp_path / "model", 1))).score("科技", []) == []


def test_a_text_longer_than_the_model_reads_is_cut(tmp_path: Path) -> None:
    reranker = open_reranker(str(save_reranker(tmp_path / "model", 1)))
    assert len(reranker.score("科技" * 20, ["企业" * 3000])) == 1


@pytest.mark.parametrize("name", ["no-such/reranker", "/nope", "./nope"])
def test_a_reranker_that_is_nowhere_says_what_to_do_in_one_line(name: str) -> None:
    with pytest.raises(ServiceError, match=r"重排模型.*没有这个.*FUWEN_RERANKER") as caught:
        open_reranker(name)
    assert "\n" not in str(caught.value)


def test_a_folder_that_holds_no_reranker_says_so(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ServiceError, match="读不出来") as caught:
        open_reranker(str(tmp_path))
    assert "\n" not in str(caught.value)


def test_importing_the_module_loads_no_model_library() -> None:
    program = (
        "import sys; import index.cross_encoder;"
        "print([name for name in ('torch', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
