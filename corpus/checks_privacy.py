"""Check for personal numbers: masked ones are shown where they stand, for the file itself still holds them."""

import re
from collections.abc import Iterator

from corpus.findings import ERROR, Finding, Subject
from corpus.privacy import mask

_MOBILE = re.compile(r"(?<![\d*])1[3-9]\d[^\w\n*]?\*{4}[^\w\n*]?\d{4}(?![\d*])")
_IDENTITY = re.compile(r"(?<![\d*])\d{6} ?\*{8}[ *]{1,5}(?![\d*])")


def personal(subject: Subject) -> Iterator[Finding]:
    """Mobile and identity numbers, hidden here or (in a letter made otherwise) open."""
    shown = mask(subject.text)
    if shown != subject.text:
        hidden = next(i for i, (a, b) in enumerate(zip(subject.text, shown, strict=True)) if a != b)
        end = hidden
        while shown[end : end + 1] == "*":
            end += 1
        yield subject.finding("公开前脱敏", hidden, end, "未遮盖的个人号码", "公开前遮盖", ERROR)
    for pattern, what in ((_MOBILE, "手机号"), (_IDENTITY, "身份证号")):
        for match in pattern.finditer(subject.flat):
            problem = f"此处是{what}（显示时已遮盖）"
            yield subject.finding(
                "公开前脱敏", match.start(), match.end(), problem, "核对原文件，公开前遮盖或改用办公电话"
            )
