"""Holds the shape of the house: direction of imports, doors, exports, prompts, settings, README."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path
from string import Template

import pytest

from assistant.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("corpus", "index", "assistant", "eval")
# One door per heavy library: the only files that may import it.
DOORS = {
    "lxml": {"corpus/readers/html.py", "corpus/readers/html_lines.py", "corpus/readers/word_parts.py"},
    "pypdf": {"corpus/readers/pdf.py"},
    "charset_normalizer": {"corpus/readers/encoding.py"},
    "faiss": {"index/vectors.py"},
    "rjieba": {"index/words.py"},
    "jieba": set[str](),
    "bm25s": set[str](),
    "sentence_transformers": {"index/cross_encoder.py", "index/embedding.py", "index/training/loop.py"},
    "torch": {"index/training/loop.py"},
    "langchain": {"assistant/chat.py"},
    "openai": {"assistant/chat.py"},
    "langchain_core": {"assistant/assistant.py", "assistant/chat.py", "assistant/chain.py"},
    "gradio": {"assistant/ui/blocks.py"},
    "fastapi": {"assistant/ui/blocks.py", "assistant/ui/page.py"},
    "nh3": {"assistant/ui/escape.py"},
}


def files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imports(path: Path) -> set[str]:
    """The dotted names that a file imports, at any depth of its code."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_itself_and_the_rooms_below(room: str) -> None:
    allowed = set(ROOMS[: ROOMS.index(room) + 1])
    for path in files(room):
        used = {name.split(".")[0] for name in imports(path)} & set(ROOMS)
        assert used <= allowed, f"{path.relative_to(ROOT)} imports {used - allowed}"


@pytest.mark.parametrize("library", sorted(DOORS))
def test_a_heavy_library_has_one_door(library: str) -> None:
    users = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in files(room)
        if library in {name.split(".")[0] for name in imports(path)}
    }
    assert users == DOORS[library]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_exports_what_it_lists(room: str) -> None:
    module = importlib.import_module(room)
    tree = ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8"))
    # They stand under `if TYPE_CHECKING`, for readers and for mypy, and once more as what is loaded at the first use.
    listed = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.ImportFrom) and str(n.module).startswith(f"{room}.") and n.module != "corpus.lazy"
    ]
    imported = {a.asname or a.name for n in listed for a in n.names}
    assert sorted(module.__all__) == sorted(imported)
    homes = {(n.module, a.name) for n in listed for a in n.names}
    assert all(getattr(module, name) is getattr(sys.modules[str(home)], name) for home, name in homes)
    assert {(home, name) for name, home in module._homes.items()} == homes


def test_every_module_says_what_it_is_for() -> None:
    for room in ROOMS:
        for path in files(room):
            line = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
            assert line, f"{path.relative_to(ROOT)} has no docstring"


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_folder_and_every_setting(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    top = {name.split("/")[0] + ("/" if "/" in name else "") for name in tracked} - {".gitignore", ".ci/", ".github/"}
    for name in top:
        assert f"`{name}`" in text, f"{readme} does not name {name}"
    for setting in Settings.__dataclass_fields__:
        assert f"`{PREFIX}{setting.upper()}`" in text, f"{readme} does not explain {setting}"
    for name in re.findall(r"`((?:corpus|index|assistant|eval|prompts|tests|bench)/[\w./]*)`", text):
        assert (ROOT / name).exists(), f"{readme} names {name}, which is not there"


def test_the_two_readmes_have_the_same_sections_commands_and_numbers() -> None:
    english, chinese = ((ROOT / n).read_text(encoding="utf-8") for n in ("README.md", "README.zh-CN.md"))
    assert english.count("\n## ") == chinese.count("\n## ")
    commands = re.compile(r"```sh\n(.*?)```", re.S)
    assert commands.findall(english) == commands.findall(chinese)
    figures = re.compile(r"^\|.*?\| *([\d.]+(?: ?(?:s|ms|MB|%))?) *\|", re.M)
    assert figures.findall(english) == figures.findall(chinese)


def test_the_list_of_prompts_is_right() -> None:
    listed = dict(re.findall(r"^\| `([\w.]+\.md)` \| .*? \| (.*) \|$", (ROOT / "prompts/README.md").read_text(), re.M))
    there = {p.name: p for p in (ROOT / "prompts").glob("*.md") if p.name != "README.md"}
    assert listed.keys() == there.keys()
    for name, path in there.items():
        variables = set(Template(path.read_text(encoding="utf-8")).get_identifiers())
        assert variables == set(re.findall(r"\$(\w+)", listed[name]))


def test_asking_loads_no_heavy_library() -> None:
    """The cold path over an index that is there: everything `fuwen ask` imports, in a fresh interpreter."""
    # Building loads more than asking.
    build = "from assistant.cli import main; assert main(['index', 'build']) == 0"
    subprocess.run([sys.executable, "-c", build], cwd=ROOT, capture_output=True, check=True)
    code = (
        "import sys, contextlib, io\n"
        "from assistant.cli import main\nfrom eval.cli import add_eval_parser\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    assert main(['ask', '昆明市银税互动贷款余额是多少'], extend=add_eval_parser) == 0\n"
        "print(sorted({'torch','sentence_transformers','gradio','langchain','langchain_core','transformers','lxml','pypdf','charset_normalizer'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
