"""Training is seeded, resumable and leaks nothing held out; what it writes is read by every loader; measures are right."""

import gzip
import json
import lzma
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tokenizers import Tokenizer

from index.embedding import BuiltinEmbedder, TransformerEmbedder
from index.training.__main__ import run
from index.training.batches import Texts, crop, crop_source, encode_texts, padded_source, pair_source, thinned
from index.training.evaluate import Quality, main, quality, reciprocal_ranks
from index.training.export import export_model, quantise
from index.training.lexical import LexicalScores
from index.training.loop import Phase, Settings, build_model, rarity, rate_at, starting_vectors, train
from index.training.mining import TOO_NEAR, Neighbours, near_pairs, quoted_pairs, taken, wrong_rows
from index.training.rows import (
    EVERYDAY,
    HELD_OUT_SOURCES,
    Row,
    everyday_files,
    group_by_matter,
    held_out,
    joined_matters,
    read_articles,
    read_everyday,
    read_pairs,
    split_everyday,
    split_pairs,
)
from index.training.tokenizer import compound, train_tokenizer

TEXTS = [
    "市科技局对首次认定的高新技术企业给予一次性奖励，鼓励企业加大研发投入，提升自主创新能力，推动科技成果转化。",
    "加强农村公路养护管理，落实养护资金，完善道路安全设施，开展隐患排查治理，方便群众出行。",
    "推进城市生活垃圾分类处理，建设分类投放站点，开展宣传引导，提高居民参与率和分类准确率。",
    "完善义务教育阶段课后服务，丰富课程内容，保障教师待遇，减轻学生家长接送负担，办好人民满意的教育。",
    "支持中试基地建设，向中小企业开放共享仪器设备，按服务金额给予补贴，降低企业研发成本。",
    "优化营商环境，推行企业开办一网通办，压缩审批时限，公布政务服务事项清单，接受社会监督。",
]
SMALL = Settings(
    dimension=16, vocabulary=8_000, batch=8, steps=6, tuning_steps=3, softening_steps=2, checkpoint_every=2, threads=1
)


def write_xz(path: Path, lines: list[str]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in lines))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in the layout of the training data, with made-up text."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "train").mkdir()
    (folder / "cmrc2018_trial").mkdir()
    pairs = [
        {"a": f"{text[:6]}怎么办{number}", "b": f"{text}第{number}条。", "kind": kind, "source": "made-up"}
        for number in range(40)
        for text in TEXTS
        for kind in ("qa", "title", "paraphrase", "synonym")
    ]
    # The sources that are treated apart.
    pairs += [pair | {"source": source} for source in ("lawyer-llama", "kgclue", "legalqa") for pair in pairs[::4]]
    write_xz(folder / "train" / "pairs.jsonl.xz", [json.dumps(pair, ensure_ascii=False) for pair in pairs])
    write_xz(
        folder / "train" / "text.txt.xz",
        [f"第{number}条{text}{text[::-1]}{text}" for number in range(400) for text in TEXTS],
    )
    write_xz(
        folder / "train" / "news.txt.xz",
        [f"2023-07-27 16:50，正文：{number}{''.join(TEXTS)}" for number in range(1100)],
    )
    passages = [{"id": str(number), "text": text} for number, text in enumerate(TEXTS)]
    questions = [{"question": text[4:12], "passage_id": str(number)} for number, text in enumerate(TEXTS)]
    for name, records in (("passages", passages), ("questions", questions)):
        with gzip.open(folder / "cmrc2018_trial" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))
    return folder


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return train_tokenizer([(text, 1) for text in TEXTS * 3], 8_000)


@pytest.fixture(scope="module")
def texts(tokenizer: Tokenizer) -> Texts:
    """Two sentences a text, so that each is long enough to cut a question from."""
    return encode_texts(tokenizer, [text + TEXTS[index - 1] for index, text in enumerate(TEXTS)])


def vectors_of(tokenizer: Tokenizer, size: int = 16) -> np.ndarray:
    return np.random.default_rng(3).standard_normal((tokenizer.get_vocab_size(), size)).astype(np.float32)


def test_the_tokenizer_keeps_words_and_drops_punctuation(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("高新技术企业，奖励。").tokens == ["高新", "技术", "企业", "奖励"]
    assert tokenizer.encode("。！ \n").tokens == []


def test_the_tokenizer_spells_out_words_that_it_never_saw(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("鲲鹏").tokens == ["鲲", "鹏"]


def test_numbers_and_latin_words_stand_apart_from_chinese(tokenizer: Tokenizer) -> None:
    assert "".join(tokenizer.encode("２０２３年Ｒ＆Ｄ").tokens) == "2023年rd"
    assert "年r" not in tokenizer.encode("2023年R&D").tokens


@pytest.mark.parametrize(
    ("word", "is_compound"),
    [
        ("昆明市", True),
        ("高新技术", True),
        ("中华人民共和国", True),
        ("互联网", False),
        ("企业", False),
        ("2023", False),
    ],
)
def test_a_compound_is_known_by_its_parts(word: str, is_compound: bool) -> None:
    assert compound(word) is is_compound


@given(st.text(max_size=60))
@settings(max_examples=50, deadline=None)
def test_any_text_is_tokenised_without_unknown_pieces_in_training(text: str) -> None:
    tokenizer = SHARED_TOKENIZER
    encoded = encode_texts(tokenizer, [text, "科技"])
    assert len(encoded) == 2
    assert tokenizer.token_to_id("[UNK]") not in encoded.ids


def test_everyday_rows_of_one_matter_stay_on_one_side() -> None:
    rows = read_everyday()
    train_rows, dev_rows = split_everyday(rows)
    assert len(train_rows) + len(dev_rows) == len(rows)
    assert not {row.group for row in train_rows} & {row.group for row in dev_rows}
    assert not {row.b for row in train_rows} & {row.b for row in dev_rows}
    assert 0.07 < len(dev_rows) / len(rows) < 0.13


def test_later_files_leave_what_the_first_one_holds_out_as_it_is() -> None:
    first = read_everyday((EVERYDAY,))
    rows = read_everyday()
    assert rows[: len(first)] == first
    assert len(everyday_files()) > 1
    assert len(rows) > len(first)


def test_a_later_row_that_nearly_repeats_a_held_out_one_is_held_out_with_it() -> None:
    """Of the matters 甲… and 乙… one is held out; a later row that joins both goes to that one, a row of its own to neither."""
    names = [f"事项{number}" for number in range(100)]
    out, kept = (next(name for name in names if held_out(name, 10) is side) for side in (True, False))
    first = [Row("能拿多少钱", "首次认定的企业", "qa", kept), Row("路坏了谁来修", "农村公路养护", "qa", out)]
    later = [Row("能拿多少钱呀", "路坏了谁来修呀", "qa", ""), Row("垃圾怎么分", "生活垃圾分类", "qa", "")]
    joined, alone = joined_matters(first, later)
    assert joined.group == out
    assert alone.group in {"垃圾怎么分", "生活垃圾分类"}


def test_sources_that_are_held_out_whole_are_on_neither_side() -> None:
    rows = [Row(f"问{number}", f"答{number}", "qa", group) for number in range(60) for group in ("other", "legalqa")]
    train_rows, dev_rows = split_pairs(rows)
    assert {row.group for row in train_rows + dev_rows} == {"other"}
    assert "legalqa" in HELD_OUT_SOURCES


def test_the_nearest_text_holds_the_rare_words(tokenizer: Tokenizer, texts: Texts) -> None:
    index = Neighbours(texts, tokenizer.get_vocab_size())
    asked = encode_texts(tokenizer, ["落实农村公路养护资金"])[0]
    rows, shares = index.nearest(asked, 3)
    assert rows[0] in (1, 2)
    assert list(shares) == sorted(shares, reverse=True)
    assert index.nearest(np.zeros(0, np.int32), 3)[0].size == 0


def test_a_short_text_within_a_long_one_is_too_near_to_be_wrong(tokenizer: Tokenizer, texts: Texts) -> None:
    index = Neighbours(texts, tokenizer.get_vocab_size())
    assert index.too_near(texts[0], texts[0][:4])
    assert not index.too_near(texts[0][:4], texts[3][:4])
    assert 0 < TOO_NEAR < 1


def test_wrong_texts_are_of_another_matter(tokenizer: Tokenizer) -> None:
    sentences = ["农村公路养护资金落实", "农村公路养护资金", "农村公路养护隐患排查治理", "教师待遇保障"]
    officials = encode_texts(tokenizer, sentences + TEXTS[2:])
    index = Neighbours(officials, tokenizer.get_vocab_size())
    found = wrong_rows(index, officials, ["一", "一", *"二三四五六七"])
    assert (0, 1) not in found
    assert (0, 2) in found
    assert all(row != other for row, other in found)


def test_an_answer_that_quotes_a_paragraph_brings_it_to_its_question(tokenizer: Tokenizer) -> None:
    paragraphs = encode_texts(tokenizer, [text.replace("，", "") for text in TEXTS])
    said = f"您好。{TEXTS[1].replace('，', '')}请您放心。"
    rows = [Row("路坏了", said, "qa", "lawyer-llama"), Row("垃圾", TEXTS[2], "qa", "other")]
    found = quoted_pairs(rows, paragraphs, tokenizer)
    assert len(found["quoted.a"]) == len(found["quoted.b"]) == 1
    assert list(found["quoted.b"][0]) == list(paragraphs[1])


def test_what_is_near_an_official_text_stands_beside_its_everyday_side(tokenizer: Tokenizer, texts: Texts) -> None:
    rows = [
        Row("路坏了谁修", "加强农村公路养护管理，落实养护资金。", "qa", "路"),
        Row("倒垃圾", "分类", "term", "垃圾"),
    ]
    columns = {"everyday.a": [row.a for row in rows], "everyday.b": [row.b for row in rows]}
    encoded = {name: encode_texts(tokenizer, column) for name, column in columns.items()} | {"paragraphs": texts}
    found = near_pairs(rows, encoded, tokenizer.get_vocab_size())
    assert {tuple(found["near.a"][row]) for row in range(len(found["near.a"]))} == {tuple(encoded["everyday.a"][0])}
    assert len(found["field"]) >= len({tuple(found["near.b"][row]) for row in range(len(found["near.b"]))})
    assert len(taken(texts, [])) == 0


def test_rows_are_joined_through_any_of_their_texts() -> None:
    """Row 0 and 1 share their official text, row 1 and 2 their wrong one; row 3 stands alone."""
    rows = [
        ["能拿多少钱", "对首次认定的企业给予一次性奖励"],
        ["奖多少", "对首次认定的企业给予一次性奖励", "对通过复审的园区给予运营补助"],
        ["园区有补助吗", "对通过复审的园区给予运营补助"],
        ["路坏了谁修", "加强农村公路养护管理"],
    ]
    first, second, third, fourth = group_by_matter(rows)
    assert first == second == third != fourth


def test_pairs_with_one_answer_stay_on_one_side(data: Path) -> None:
    rows = read_pairs(data / "train")
    train_rows, dev_rows = split_pairs(rows)
    assert dev_rows
    assert not {row.b for row in train_rows} & {row.b for row in dev_rows}


def test_holding_out_depends_on_the_text_alone() -> None:
    chosen = [held_out(f"文本{number}", 10) for number in range(2000)]
    assert chosen == [held_out(f"文本{number}", 10) for number in range(2000)]
    assert 140 < sum(chosen) < 260


def test_articles_lose_their_time_stamp(data: Path) -> None:
    assert read_articles(data / "train")[7].startswith("7市科技局")


def test_a_crop_takes_its_words_from_the_text(texts: Texts) -> None:
    asking = np.array([-1, -2], dtype=np.int32)
    random = np.random.default_rng(1)
    for _ in range(200):
        question, window = crop(random, texts[0], asking, 40)
        assert set(question) - {-1, -2} <= set(texts[0])
        assert set(window) <= set(texts[0])
        assert len(question)
        assert 0 < len(window) <= 40


def test_sources_draw_columns_of_one_length(texts: Texts) -> None:
    random = np.random.default_rng(1)
    for source in (
        pair_source((texts, texts, texts)),
        padded_source(texts, texts, texts),
        crop_source(texts, texts[1], around=1),
    ):
        lengths = {len(column) for column in source(random, 4).columns}
        assert lengths == {4}


def test_a_thinned_text_is_never_empty_and_keeps_its_order() -> None:
    random = np.random.default_rng(1)
    text = np.arange(5, dtype=np.int32)
    found = [thinned(random, text, 0.9) for _ in range(300)]
    assert min(len(each) for each in found) == 1
    assert all(list(each) == sorted(each) for each in found)


def test_rows_without_a_token_are_never_drawn(tokenizer: Tokenizer) -> None:
    source = pair_source(
        (encode_texts(tokenizer, ["科技", "。", "企业"]), encode_texts(tokenizer, ["奖励", "奖励", "补贴"]))
    )
    asked, _ = source(np.random.default_rng(1), 10).columns
    assert sorted(len(each) for each in asked) == [1, 1]


def test_rarity_halves_a_word_of_the_given_share() -> None:
    """Counts 1 and 3 are shares 1/4 and 3/4; with half = 1/4 the weights are 1/2 and 1/4."""
    assert rarity(np.array([1, 3]), 0.25) == pytest.approx([0.5, 0.25])


def test_the_rate_rises_and_falls_to_nothing() -> None:
    phase = Phase("main", 100, 0.1, 20.0, ())
    rates = [rate_at(phase, step) for step in range(100)]
    assert max(rates) == pytest.approx(0.1)
    assert rates[0] < rates[4]
    assert rates[-1] < 0.01


def trained(tokenizer: Tokenizer, texts: Texts, steps: int, checkpoint: Path | None = None) -> np.ndarray:
    model = build_model(
        tokenizer, starting_vectors(tokenizer.get_vocab_size(), SMALL, np.ones(tokenizer.get_vocab_size(), np.float32))
    )
    phase = Phase("main", steps, 0.05, 20.0, (("crop", 1.0, crop_source(texts, texts[0])),))
    train(model, [phase], SMALL, checkpoint=checkpoint)
    return next(model.parameters()).detach().numpy()


def test_two_runs_of_one_seed_are_equal(tokenizer: Tokenizer, texts: Texts) -> None:
    assert np.array_equal(trained(tokenizer, texts, 6), trained(tokenizer, texts, 6))


def test_training_brings_questions_nearer_to_their_texts(tokenizer: Tokenizer, texts: Texts) -> None:
    def first(vectors: np.ndarray) -> float:
        def rows(which: Texts) -> np.ndarray:
            means = np.stack([vectors[which[index]].mean(axis=0) for index in range(len(TEXTS))])
            return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True))

        asked = encode_texts(tokenizer, [text[:10] for text in TEXTS])
        return float(np.trace(rows(asked) @ rows(texts).T) - (rows(asked) @ rows(texts).T).mean() * len(TEXTS))

    assert first(trained(tokenizer, texts, 60)) > first(trained(tokenizer, texts, 0))


class StoppedError(Exception):
    """What a person does with Ctrl-C."""


def test_a_run_that_was_stopped_goes_on_to_the_same_result(tmp_path: Path, tokenizer: Tokenizer, texts: Texts) -> None:
    whole = trained(tokenizer, texts, 6)
    checkpoint = tmp_path / "checkpoint.safetensors"
    model = build_model(
        tokenizer, starting_vectors(tokenizer.get_vocab_size(), SMALL, np.ones(tokenizer.get_vocab_size(), np.float32))
    )
    phase = Phase("main", 6, 0.05, 20.0, (("crop", 1.0, crop_source(texts, texts[0])),))

    def stop(progress: object) -> None:
        if checkpoint.exists():
            raise StoppedError

    with pytest.raises(StoppedError):
        train(model, [phase], SMALL, checkpoint=checkpoint, report=stop)
    assert not np.array_equal(next(model.parameters()).detach().numpy(), whole)
    assert np.allclose(trained(tokenizer, texts, 6, checkpoint), whole, atol=1e-6)


@given(arrays(np.float32, (5, 12), elements=st.floats(-8, 8, width=32)))
@settings(max_examples=50, deadline=None)
def test_a_byte_a_number_is_within_half_a_step(vectors: np.ndarray) -> None:
    rows, scale = quantise(vectors)
    error = np.abs(rows * scale[:, None] - vectors).max(axis=1)
    assert np.all(error <= scale * 0.5 + 1e-6)


def test_the_exported_model_equals_the_trained_one_up_to_its_bytes(tmp_path: Path, tokenizer: Tokenizer) -> None:
    vectors = vectors_of(tokenizer)
    vectors[tokenizer.token_to_id("[UNK]")] = 0
    export_model(tmp_path, tokenizer, vectors)
    exact = build_model(tokenizer, vectors).encode(TEXTS, normalize_embeddings=True)
    shipped = BuiltinEmbedder(tmp_path).encode(TEXTS)
    assert np.allclose((exact * shipped).sum(axis=1), 1, atol=1e-3)
    assert np.allclose(TransformerEmbedder(str(tmp_path)).encode(TEXTS), shipped, atol=1e-5)


def test_the_program_trains_resumes_and_writes_a_model(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(data / "train", tmp_path, SMALL, resume=False)
    assert "softening 2: loss" in capsys.readouterr().err
    assert json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))["seed"] == SMALL.seed
    first = BuiltinEmbedder(tmp_path / "model").fingerprint()
    run(data / "train", tmp_path, replace(SMALL, threads=1), resume=True)
    assert BuiltinEmbedder(tmp_path / "model").fingerprint() == first
    assert BuiltinEmbedder(tmp_path / "model").encode(["科技企业"]).shape == (1, 16)


def test_quality_by_hand() -> None:
    """Ranks 1, 2 and 7: Success@1 1/3, Success@5 2/3, nDCG@10 (1 + 1/log2(3) + 1/log2(8)) / 3 = 0.6547."""
    scores = np.array([[9, 1, 1, 1, 1, 1, 1], [9, 8, 1, 1, 1, 1, 1], [9, 8, 7, 6, 5, 4, 3]], dtype=np.float32)
    found = quality(scores, [0, 1, 6])
    assert [found.success1, found.success5] == pytest.approx([1 / 3, 2 / 3])
    assert found.ndcg10 == pytest.approx((1 + 1 / np.log2(3) + 1 / 3) / 3)


def test_quality_agrees_with_the_reference_implementation() -> None:
    import ir_measures
    from ir_measures import Qrel, ScoredDoc, Success, nDCG

    scores = np.random.default_rng(5).permutation(600).reshape(20, 30).astype(np.float32)
    right = list(range(20))
    qrels = [Qrel(str(row), str(row), 1) for row in right]
    found = [ScoredDoc(str(row), str(place), float(score)) for row in right for place, score in enumerate(scores[row])]
    reference = ir_measures.calc_aggregate([Success @ 1, Success @ 5, nDCG @ 10], qrels, found)
    ours = quality(scores, right)
    assert [ours.success1, ours.success5, ours.ndcg10] == pytest.approx(
        [reference[Success @ 1], reference[Success @ 5], reference[nDCG @ 10]]
    )


def test_equal_scores_count_against_the_right_text() -> None:
    assert quality(np.zeros((1, 20), np.float32), [0]) == Quality(0.0, 0.0, 0.0)


def test_rank_fusion_knows_only_ranks() -> None:
    assert np.array_equal(
        reciprocal_ranks(np.array([[3, 1, 2]], np.float32)), np.array([[1 / 60, 1 / 62, 1 / 61]], np.float32)
    )


def test_lexical_search_finds_the_text_with_the_words() -> None:
    scores = LexicalScores(TEXTS).score(["农村公路养护", "垃圾分类", "完全无关xyz"])
    assert [int(row.argmax()) for row in scores[:2]] == [1, 2]
    assert not scores[2].any()


def test_the_evaluation_prints_a_row_for_every_trial(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--data", str(data)])
    table = capsys.readouterr().out
    assert table.splitlines()[0].startswith("| trial | n | pool | dense | lexical | rank fusion")
    assert "| encyclopedia | 6 | 6 |" in table
    assert "everyday, all texts" in table
    assert "lay questions of law, sources held out" in table
    assert "dense, second look" in table


def test_a_row_without_a_wrong_text_has_none() -> None:
    assert Row("甲", "乙", "qa", "丙").wrong is None


SHARED_TOKENIZER = train_tokenizer([(text, 1) for text in TEXTS], 8_000)
