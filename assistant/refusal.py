"""Why a question is refused: the reasons, and the words in which a refusal is said."""

from dataclasses import dataclass

REFUSAL = "现有复文中查不到可以回答这个问题的依据。"

REASONS = {
    "off_topic": "语料中没有与所问事项相关的内容",
    "no_such_region": "语料中没有{what}的复文，也没有关于{what}的记载",
    "other_region_only": "“{what}”只见于{where}的材料，所问地区的材料没有提到；别处的情况不能当作答案",
    "year_not_covered": "语料中没有{what}年的相应记载",
    "not_stated": "相关材料没有写明“{what}”",
    "premise_unsupported": "问题的前提“{what}”在材料中没有依据",
    "no_such_letter": "语料中没有{what}的复文",
    "field_not_stated": "这件复文没有写明{what}",
    "no_more": "除了前面已经列出的，材料中没有更多相关内容",
    "bad_question": "{what}",
    "unverified": "找到的材料不足以支持一个核对无误的回答",
}


@dataclass(frozen=True)
class Refusal:
    """A reason code of REASONS with what fills its blanks; `quote` is the sentence that says otherwise, where one does."""

    reason: str
    what: str = ""
    where: str = ""
    quote: str = ""

    @property
    def explanation(self) -> str:
        """The reason in words.

        >>> Refusal("year_not_covered", "2019").explanation
        '语料中没有2019年的相应记载'
        """
        said = REASONS[self.reason].format(what=self.what, where=self.where)
        return f"{said}，原文是“{self.quote}”" if self.quote else said
