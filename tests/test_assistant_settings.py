"""Settings: defaults, then the data folder's file, then the environment; what is not known is refused with the nearest name."""

from dataclasses import fields
from pathlib import Path

import pytest

from assistant.settings import Settings, load_settings, user_folder
from corpus.errors import SettingsError
from tests.assistant_fakes import complaint, fuwen


def test_without_file_and_environment_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {}) == Settings(data=str(tmp_path))
    assert load_settings(None, {"HOME": str(tmp_path)}) == Settings()


def test_the_environment_goes_before_the_file_and_the_file_before_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "fuwen.toml").write_text('hits = 5\nchat_model = "文件里的"\nchat_timeout = 7\n', encoding="utf-8")
    settings = load_settings(tmp_path, {"FUWEN_CHAT_MODEL": "环境里的", "FUWEN_CHAT_TIMEOUT": "9", "PATH": "x"})
    assert (settings.hits, settings.chat_model, settings.chat_timeout) == (5, "环境里的", 9)
    assert settings.chat_base_url == ""


def test_the_command_line_goes_before_fuwen_data(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "fuwen.toml").write_text("hits = 3\n", encoding="utf-8")
    (tmp_path / "b" / "fuwen.toml").write_text("hits = 4\n", encoding="utf-8")
    environment = {"FUWEN_DATA": str(tmp_path / "a")}
    assert (load_settings(None, environment).hits, load_settings(tmp_path / "b", environment).hits) == (3, 4)
    assert load_settings(tmp_path / "b", environment).data == str(tmp_path / "b")


def test_the_user_folder_follows_the_desktop_standard() -> None:
    assert user_folder({"XDG_DATA_HOME": "/x", "HOME": "/h"}) == Path("/x/fuwen")
    assert user_folder({"HOME": "/h"}) == Path("/h/.local/share/fuwen")


def test_the_user_folder_has_settings_too(tmp_path: Path) -> None:
    (tmp_path / "fuwen").mkdir()
    (tmp_path / "fuwen" / "fuwen.toml").write_text("hits = 6\n", encoding="utf-8")
    assert load_settings(None, {"XDG_DATA_HOME": str(tmp_path)}).hits == 6


@pytest.mark.parametrize(
    ("wrong", "near"),
    [("FUWEN_HITZ", "hits"), ("FUWEN_CHAT_MODLE", "chat_model"), ("FUWEN_CHAT_URL", "chat_base_url"), ("FUWEN_", "")],
)
def test_an_unknown_variable_names_the_nearest(wrong: str, near: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, {wrong: "1"})
    assert wrong in str(caught.value)
    assert near in caught.value.mend
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "hitz = 3",
        "hits = ",
        "[chat]\nmodel = 'x'",
        "hits = 'viele'",
        "hits = 0",
        "hits = -1",
        "hits = true",
        "hits = 2.5",
    ],
)
def test_a_file_that_cannot_be_used_is_one_line_and_status_2(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fuwen.toml").write_text(text, encoding="utf-8")
    assert fuwen("ask", "桃树", "--data", tmp_path) == 2
    said = complaint(capsys)
    assert "fuwen.toml" in said or "hits" in said


def test_a_file_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "fuwen.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"fuwen\.toml"):
        load_settings(tmp_path, {})


def test_a_wrong_variable_stops_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FUWEN_HITZ", "3")
    for line in (["ask", "桃树"], ["search", "桃树"], ["corpus", "list"], ["corpus", "add", "x"], ["index", "info"]):
        assert fuwen(*line, "--data", tmp_path) == 2
        assert "FUWEN_HITS" in complaint(capsys)


@pytest.mark.parametrize("value", ["x", "0", "-5", "1e9", "", " "])
def test_a_number_that_is_none_is_named(value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="hits"):
        load_settings(tmp_path, {"FUWEN_HITS": value})


def test_a_chat_model_without_an_address_is_one_line_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "桃.txt").write_text("桃源县共种桃树1350亩。\n", encoding="utf-8")
    monkeypatch.setenv("FUWEN_CHAT_MODEL", "m")
    assert fuwen("ask", "桃源县共种桃树多少亩？", "--data", tmp_path) == 2
    assert "FUWEN_CHAT_BASE_URL" in complaint(capsys)


def test_the_key_of_the_chat_model_is_in_no_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "桃.txt").write_text("桃源县共种桃树1350亩。\n", encoding="utf-8")
    for name, value in (
        ("MODEL", "m"),
        ("BASE_URL", "http://127.0.0.1:9/v1"),
        ("API_KEY", "sk-secret"),
        ("TIMEOUT", "2"),
    ):
        monkeypatch.setenv(f"FUWEN_CHAT_{name}", value)
    assert fuwen("ask", "桃源县共种桃树多少亩？", "--data", tmp_path) == 0
    captured = capsys.readouterr()
    assert "1350亩" in captured.out
    assert "http://127.0.0.1:9/v1" in captured.err
    assert "sk-secret" not in captured.out + captured.err


def test_every_setting_is_explained() -> None:
    assert [f.name for f in fields(Settings) if f"    {f.name}: " not in (Settings.__doc__ or "")] == []
