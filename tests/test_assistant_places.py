"""The index is kept in step with the letters by what changed; damage is served around, said, and mended by a build."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.places import open_current
from corpus.library import Library
from index.embedding import Vectors, open_embedder
from tests.assistant_fakes import fuwen

PEACHES, TEA = "全县种植桃树1350亩，产值2.4亿元。", "全县茶园面积为77亩，产茶3吨。"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with two letters, the second of which was added to an index of the first."""
    for name, text in (("桃", PEACHES), ("茶", TEA)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        assert fuwen("corpus", "add", tmp_path / f"{name}.txt", "--data", tmp_path / "data") == 0
    return tmp_path / "data"


def damage_newest(data: Path) -> None:
    """Flip a bit of the newest segment, which only the newest generation has."""
    path = max((data / "index" / "segments").iterdir()) / "letters.jsonl"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def test_the_generation_before_a_damaged_one_is_served_and_a_build_mends_it(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage_newest(data)
    capsys.readouterr()
    assert fuwen("ask", "桃树有多少亩？", "--data", data) == 0
    said = capsys.readouterr()
    assert "1350亩" in said.out
    assert len(said.err.splitlines()) == 1
    assert all(word in said.err for word in ("letters.jsonl", "上一个完好的版本 000001", "fuwen index build"))
    assert fuwen("index", "info", "--data", data) == 0
    assert "letters.jsonl" in capsys.readouterr().err
    assert fuwen("index", "check", "--data", data) == 1
    assert "letters.jsonl" in capsys.readouterr().out
    assert fuwen("index", "build", "--data", data) == 0
    assert fuwen("index", "check", "--data", data) == 0
    capsys.readouterr()
    assert fuwen("ask", "茶园面积为多少亩？", "--data", data) == 0
    assert "77亩" in capsys.readouterr().out


def test_a_generation_that_holds_a_letter_removed_since_is_not_served(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage_newest(data)
    (data / "letters" / "桃.txt").unlink()
    capsys.readouterr()
    assert fuwen("ask", "桃树有多少亩？", "--data", data) == 2
    said = capsys.readouterr()
    assert "letters.jsonl" in said.err
    assert "1350" not in said.out


def test_an_index_of_other_rules_is_built_anew_and_said(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.recipe.recipe", lambda: "别的规则")
    monkeypatch.setattr("index.build.recipe", lambda: "别的规则")
    monkeypatch.setattr("assistant.places.recipe", lambda: "别的规则")
    capsys.readouterr()
    assert fuwen("ask", "桃树有多少亩？", "--data", data) == 0
    assert "另一版程序" in capsys.readouterr().err
    assert fuwen("ask", "桃树有多少亩？", "--data", data) == 0
    assert capsys.readouterr().err == ""



class OtherWeights:
    """The built-in model with other weights, as a newer program brings it."""

    def __init__(self) -> None:
        self._model = open_embedder()
        self.name, self.dimension = self._model.name, self._model.dimension

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        return self._model.encode(texts, query=query)

    def fingerprint(self) -> str:
        return "other"


def test_an_index_of_the_same_model_with_other_weights_is_made_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(TEA, encoding="utf-8")
    library = Library(tmp_path, builtin=False)
    open_current(library, open_embedder())
    index = open_current(library, OtherWeights())
    assert "另一版程序" in capsys.readouterr().err
    assert [letter.id for letter in index.letters()] == ["a"]


def test_only_what_came_is_encoded(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from index.embedding import BuiltinEmbedder

    encoded: list[str] = []
    whole = BuiltinEmbedder.encode

    def noting(self: BuiltinEmbedder, texts: list[str], *, query: bool = False) -> object:
        encoded.extend(texts)
        return whole(self, texts, query=query)

    monkeypatch.setattr(BuiltinEmbedder, "encode", noting)
    (tmp_path / "蜂.txt").write_text("养蜂1200箱。", encoding="utf-8")
    assert fuwen("corpus", "add", tmp_path / "蜂.txt", "--data", data) == 0
    assert len(encoded) == 1
    assert "养蜂1200箱" in encoded[0]
