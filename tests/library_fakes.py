"""Letters and files of our own for the tests of the library."""

import json
from pathlib import Path

import docx

NUMBER = "00123"


def letter(number: str = NUMBER, acres: int = 77, topic: str = "茶园管理", body: str = "") -> str:
    """A reply to a proposal; `body` is put into its first section."""
    return (
        f"昆明市科学技术局关于市十五届人大三次会议第{number}号建议的答复\n王强代表：\n您提出的《关于加强{topic}的建议》收悉，现答复如下：\n"
        f"一、基本情况\n全市共有茶园{acres}亩，采茶工人29名，由合作社统一管理，每年培训两次。{body}\n"
        "二、下一步工作\n我局将在2024年10月底前建成监测平台，并向社会公布数据。\n昆明市科学技术局\n2023年6月19日\n"
    )


def bees() -> str:
    """A reply that has nothing in common with the others."""
    return (
        "安化县农业农村局对县政协九届二次会议第88号提案的答复\n李梅委员：\n您提出的《关于发展养蜂产业的提案》收悉。\n"
        "全县蜂群共有4321箱，分布在十二个乡镇。明年拟扶持养蜂大户六十户，新建蜂蜜加工点三处。\n安化县农业农村局\n2021年8月2日\n"
    )


def word(path: Path, text: str) -> Path:
    """A Word file with a paragraph a line."""
    document = docx.Document()
    for line in text.strip().split("\n"):
        document.add_paragraph(line)
    document.save(str(path))
    return path


def rows(path: Path, *pairs: tuple[str, str], broken: int = 0) -> Path:
    """A file of (id, text) lines, and of `broken` lines that are none."""
    lines = [json.dumps({"id": key, "text": text}, ensure_ascii=False) for key, text in pairs]
    path.write_text("\n".join([*lines, *["坏行"] * broken]) + "\n", encoding="utf-8")
    return path


def holding(folder: Path, *words: str) -> list[str]:
    """The files below a folder whose name or (unpacked) content has one of the words."""
    import gzip

    found = []
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        content = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        said = content + json.loads(json.dumps(content.decode("utf-8", "replace"))).encode() + path.name.encode()
        if any(word.encode() in said or json.dumps(word)[1:-1].encode() in content for word in words):
            found.append(str(path.relative_to(folder)))
    return found
