"""The built-in model needs no torch, other models are loaded by folder, and what cannot be loaded says what to do."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from corpus.errors import ServiceError
from index.embedding import (
    BGE,
    E5,
    INSTRUCTED,
    MODEL_FOLDER,
    BuiltinEmbedder,
    Embedder,
    Prompts,
    TransformerEmbedder,
    open_embedder,
    prompts_of,
)

SHIPPED_LIMIT = 20_000_000


@pytest.fixture(scope="module")
def builtin() -> Embedder:
    return open_embedder()


def save_tiny_model(folder: Path) -> Path:
    """A sentence-transformers model of six words and eight dimensions, random but seeded."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers.pre_tokenizers import Split

    words = ["[UNK]", "科", "技", "企", "业", "为"]
    tokenizer = Tokenizer(WordLevel({word: index for index, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split("", "isolated")
    vectors = np.random.default_rng(7).standard_normal((len(words), 8)).astype(np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=vectors)], device="cpu").save(str(folder))
    return folder


def tiny_bert(folder: Path, *, labels: int | None) -> Path:
    """A folder with a random but seeded BERT; with `labels`, one that scores pairs."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizer

    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "科", "技", "企", "业", "为"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(7)
    sizes = {"vocab_size": len(words), "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = BertConfig(**sizes, intermediate_size=16, max_position_embeddings=64, num_labels=labels or 2)
    model = BertForSequenceClassification(config) if labels else BertModel(config)
    model.save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_model(tmp_path_factory.mktemp("models") / "bge-tiny-zh")


def test_the_builtin_model_gives_unit_rows_of_its_dimension(builtin: Embedder) -> None:
    rows = builtin.encode(["高新技术企业认定奖励", "租户把电瓶车推屋里充"])
    assert rows.shape == (2, builtin.dimension)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_no_text_gives_no_rows(builtin: Embedder) -> None:
    assert builtin.encode([]).shape == (0, builtin.dimension)


def test_text_without_a_word_gives_a_row_of_zeros(builtin: Embedder) -> None:
    assert not builtin.encode(["", " \n", "。！？", "\x00"]).any()


@given(st.lists(st.text(max_size=40), max_size=6))
@settings(max_examples=60, deadline=None)
def test_every_row_has_length_one_or_none(texts: list[str]) -> None:
    rows = SHARED.encode(texts)
    lengths = np.linalg.norm(rows, axis=1)
    assert rows.shape == (len(texts), SHARED.dimension)
    assert np.all(np.isclose(lengths, 1, atol=1e-4) | (lengths == 0))


@given(st.lists(st.text(alphabet="科技企业高新奖励2023年，。", max_size=30), min_size=2, max_size=5))
@settings(max_examples=40, deadline=None)
def test_a_text_has_the_same_row_alone_and_among_others(texts: list[str]) -> None:
    alone = np.concatenate([SHARED.encode([text]) for text in texts])
    assert np.allclose(alone, SHARED.encode(texts), atol=1e-6)


def test_case_and_full_width_letters_make_no_difference(builtin: Embedder) -> None:
    rows = builtin.encode(["R&D经费2023", "ｒ＆ｄ经费２０２３"])
    assert np.allclose(rows[0], rows[1])


def test_the_end_of_a_long_text_is_not_cut_off(builtin: Embedder) -> None:
    long = "会议听取了工作汇报。" * 400
    rows = builtin.encode([long, long + "科技型中小企业贷款风险补偿" * 100])
    assert rows[0] @ rows[1] < 0.99


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("公司被评上高新能拿多少钱", "对首次认定的高新技术企业给予一次性奖励", "加强农村公路养护管理"),
        ("想从国外请专家来", "实施海外高层次人才引进计划", "推进城市生活垃圾分类处理"),
        ("小厂没抵押物贷不到款", "扩大知识产权质押融资规模，缓解中小企业融资难题", "完善义务教育阶段课后服务"),
    ],
)
def test_an_everyday_question_is_nearer_to_the_official_answer(
    builtin: Embedder, question: str, right: str, wrong: str
) -> None:
    asked, good, bad = builtin.encode([question, right, wrong])
    assert asked @ good > asked @ bad + 0.1


def test_the_shipped_files_stay_small() -> None:
    assert sum(file.stat().st_size for file in MODEL_FOLDER.iterdir()) <= SHIPPED_LIMIT


def test_the_builtin_model_agrees_with_model2vec(builtin: Embedder) -> None:
    from model2vec import StaticModel

    texts = ["昆明市科技创新券如何申领？", "2023年全市高新技术企业达2572家", "", "㐀"]
    reference = StaticModel.from_pretrained(MODEL_FOLDER).encode(texts, use_multiprocessing=False)
    assert np.allclose(builtin.encode(texts), reference, atol=1e-5)


def test_the_builtin_model_agrees_with_sentence_transformers(builtin: Embedder) -> None:
    texts = ["昆明市科技创新券如何申领？", "2023年全市高新技术企业达2572家"]
    assert np.allclose(builtin.encode(texts), TransformerEmbedder(str(MODEL_FOLDER)).encode(texts), atol=1e-5)


def test_the_builtin_model_loads_without_torch() -> None:
    program = (
        "import sys; from index.embedding import open_embedder; open_embedder().encode(['科技']);"
        "print([name for name in ('torch', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match=r"内置向量模型.*损坏.*重新安装") as caught:
        BuiltinEmbedder(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("file", ["tokenizer.json", "model.safetensors"])
def test_a_cut_off_model_file_says_what_to_do(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL_FOLDER, folder)
    whole = (folder / file).read_bytes()
    (folder / file).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ServiceError, match="损坏"):
        BuiltinEmbedder(folder)


def test_the_fingerprint_tells_models_apart(tmp_path: Path, builtin: Embedder) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL_FOLDER, folder)
    assert BuiltinEmbedder(folder).fingerprint() == builtin.fingerprint()
    layout = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    (folder / "tokenizer.json").write_text(json.dumps(layout), encoding="utf-8")
    assert BuiltinEmbedder(folder).fingerprint() != builtin.fingerprint()


def test_a_model_is_loaded_by_its_folder(tiny: Path) -> None:
    embedder = open_embedder(str(tiny))
    rows = embedder.encode(["科技企业", "科技"])
    assert (embedder.name, embedder.dimension, rows.shape) == (str(tiny), 8, (2, 8))
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert embedder.encode([]).shape == (0, 8)


def test_text_of_another_model_without_a_word_gives_a_row_of_zeros(tiny: Path) -> None:
    assert not open_embedder(str(tiny)).encode([""]).any()


def test_a_bge_question_carries_its_instruction(tiny: Path) -> None:
    embedder = open_embedder(str(tiny))
    asked = embedder.encode(["科技"], query=True)
    assert np.allclose(asked, embedder.encode([BGE.question + "科技"]), atol=1e-6)
    assert not np.allclose(asked, embedder.encode(["科技"]), atol=1e-3)


def test_a_model_of_another_name_carries_none(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    shutil.copytree(tiny, folder)
    embedder = open_embedder(str(folder))
    assert np.allclose(embedder.encode(["科技"], query=True), embedder.encode(["科技"]), atol=1e-6)
    assert embedder.fingerprint() != open_embedder(str(tiny)).fingerprint()


@pytest.mark.parametrize(
    ("name", "prompts"),
    [
        ("BAAI/bge-small-zh-v1.5", BGE),
        ("/models/bge-large-zh/", BGE),
        ("C:\\models\\bge-large-zh", BGE),
        ("BAAI/bge-m3", Prompts()),
        ("BAAI/bge-small-en-v1.5", Prompts()),
        ("Qwen/Qwen3-Embedding-0.6B", INSTRUCTED),
        ("intfloat/multilingual-e5-base", E5),
        ("intfloat/multilingual-e5-large-instruct", INSTRUCTED),
        ("thenlper/gte-base-zh", Prompts()),
        ("moka-ai/m3e-base", Prompts()),
    ],
)
def test_a_model_that_names_no_prompt_gets_that_of_its_family(name: str, prompts: Prompts) -> None:
    assert prompts_of(name, {"query": "", "document": ""}) == prompts
    assert prompts_of(name, {}) == prompts


def test_what_a_model_says_of_itself_goes_before_what_its_name_says() -> None:
    own = {"query": "Instruct: 找复文\nQuery:", "document": ""}
    assert prompts_of("Qwen/Qwen3-Embedding-0.6B", own) == Prompts("Instruct: 找复文\nQuery:", "")
    assert prompts_of("e5-base", {"passage": "文：", "query": None}) == Prompts("", "文：")


def save_tiny_transformer(folder: Path, prompts: dict[str, str], pooling: str = "mean", length: int = 32) -> Path:
    """A random but seeded BERT of one layer and eight dimensions that knows five characters."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling

    part = Transformer(str(tiny_bert(folder.with_name(folder.name + "-bert"), labels=None)), max_seq_length=length)
    model = SentenceTransformer(modules=[part, Pooling(8, pooling_mode=pooling)], prompts=prompts, device="cpu")
    model.save(str(folder))
    return folder


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_transformer_puts_its_own_instructions_before_questions_and_passages(tmp_path: Path) -> None:
    folder = save_tiny_transformer(tmp_path / "model", {"query": "为 ", "document": "业 "})
    embedder = open_embedder(str(folder))
    plain = open_embedder(str(save_tiny_transformer(tmp_path / "plain", {})))
    assert embedder.encode(["科 技"]).shape == (1, 8)
    assert np.allclose(embedder.encode(["科 技"], query=True), plain.encode(["为 科 技"]), atol=1e-5)
    assert np.allclose(embedder.encode(["科 技"]), plain.encode(["业 科 技"]), atol=1e-5)
    assert np.allclose(plain.encode(["科 技"], query=True), plain.encode(["科 技"]), atol=1e-5)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_fingerprint_covers_prompts_longest_input_and_pooling(tmp_path: Path) -> None:
    made = [
        save_tiny_transformer(tmp_path / "a", {}),
        save_tiny_transformer(tmp_path / "b", {"query": "为"}),
        save_tiny_transformer(tmp_path / "c", {}, length=16),
        save_tiny_transformer(tmp_path / "d", {}, pooling="cls"),
    ]
    marks = [open_embedder(str(folder)).fingerprint() for folder in made]
    assert len(set(marks)) == 4
    assert open_embedder(str(made[0])).fingerprint() == marks[0]
    moved = shutil.copytree(made[0], tmp_path / "elsewhere")
    assert open_embedder(str(moved)).fingerprint() == marks[0]


def test_a_name_that_is_nowhere_says_what_to_do() -> None:
    with pytest.raises(ServiceError, match=r"no-such/model.*本机没有这个模型.*FUWEN_EMBEDDING_MODEL") as caught:
        open_embedder("no-such/model")
    assert "\n" not in str(caught.value)


def test_a_folder_that_holds_no_model_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ServiceError, match=r"读不出来.*FUWEN_EMBEDDING_MODEL"):
        open_embedder(str(tmp_path))


def test_traditional_characters_give_the_vectors_of_simplified_ones(builtin: Embedder) -> None:
    rows = builtin.encode(["高新技術企業認定獎勵", "高新技术企业认定奖励"])
    assert np.allclose(rows[0], rows[1], atol=1e-6)


def test_late_interaction_of_a_text_with_every_word_of_the_question_is_one() -> None:
    scores = SHARED_BUILTIN.late_interaction("科技企业", ["为科技企业提供贷款", "加强农村公路养护", "", "。"])
    assert scores[0] == pytest.approx(1, abs=1e-5)
    assert 0 <= scores[1] < 0.8
    assert scores[2:].tolist() == [0, 0]


def test_late_interaction_by_hand(tmp_path: Path) -> None:
    """Words 甲 [3, 0] and 乙 [0, 1] ask; the text holds 丙 [1, 1]: cosines 1/√2 for both, whatever the weights 3 and 1.
    The text 甲 gives (3·1 + 1·0) / 4 = 0.75."""
    from index.training.export import export_model
    from index.training.tokenizer import build_tokenizer

    tokenizer = build_tokenizer([("[UNK]", 0.0), ("甲", -1.0), ("乙", -1.0), ("丙", -1.0)])
    export_model(tmp_path, tokenizer, np.array([[0, 0], [3, 0], [0, 1], [1, 1]], np.float32))
    scores = BuiltinEmbedder(tmp_path).late_interaction("甲乙", ["丙", "甲", "甲丙乙"])
    assert scores == pytest.approx([2**-0.5, 0.75, 1], abs=1e-2)


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=5))
@settings(max_examples=60, deadline=None)
def test_late_interaction_is_between_none_and_one_and_knows_no_neighbours(question: str, texts: list[str]) -> None:
    scores = SHARED_BUILTIN.late_interaction(question, texts)
    assert scores.shape == (len(texts),)
    assert np.all((scores >= 0) & (scores <= 1 + 1e-5))
    alone = [float(SHARED_BUILTIN.late_interaction(question, [text])[0]) for text in texts]
    assert np.allclose(scores, alone, atol=1e-5)


SHARED = open_embedder()
SHARED_BUILTIN = BuiltinEmbedder(MODEL_FOLDER)


@pytest.mark.parametrize("name", ["/nope", "./nope", "~/nope", "../nope", "models/bge/nope", "C:\\\\nope"])
def test_a_folder_that_is_not_there_is_said_without_loading_anything(name: str) -> None:
    program = (
        "import sys; from corpus.errors import ServiceError; from index.embedding import open_embedder\n"
        f"try: open_embedder({name!r})\nexcept ServiceError as error: print(error.problem)\n"
        "print([m for m in ('torch', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("没有这个文件夹\n[]\n", "")
