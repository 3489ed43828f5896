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
from index.embedding import BGE_QUERY, MODEL_FOLDER, BuiltinEmbedder, Embedder, TransformerEmbedder, open_embedder

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
    assert np.allclose(asked, embedder.encode([BGE_QUERY + "科技"]), atol=1e-6)
    assert not np.allclose(asked, embedder.encode(["科技"]), atol=1e-3)


def test_a_model_of_another_name_carries_none(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    shutil.copytree(tiny, folder)
    embedder = open_embedder(str(folder))
    assert np.allclose(embedder.encode(["科技"], query=True), embedder.encode(["科技"]), atol=1e-6)
    assert embedder.fingerprint() != open_embedder(str(tiny)).fingerprint()


def test_a_name_that_is_nowhere_says_what_to_do() -> None:
    with pytest.raises(ServiceError, match=r"no-such/model.*本机没有这个模型.*FUWEN_EMBEDDING_MODEL") as caught:
        open_embedder("no-such/model")
    assert "\n" not in str(caught.value)


def test_a_folder_that_holds_no_model_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ServiceError, match=r"读不出来.*FUWEN_EMBEDDING_MODEL"):
        open_embedder(str(tmp_path))


SHARED = open_embedder()


@pytest.mark.parametrize("name", ["/nope", "./nope", "~/nope", "../nope", "models/bge/nope", "C:\\\\nope"])
def test_a_folder_that_is_not_there_is_said_without_loading_anything(name: str) -> None:
    program = (
        "import sys; from corpus.errors import ServiceError; from index.embedding import open_embedder\n"
        f"try: open_embedder({name!r})\nexcept ServiceError as error: print(error.problem)\n"
        "print([m for m in ('torch', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("没有这个文件夹\n[]\n", "")
