"""Takes out of a text what every letter says: 收悉, 高度重视, 感谢您的关心, so that a question is not answered by courtesy.

The rules look at one text alone: what counts of a letter never depends on the other letters of the corpus.
"""

import re

# Each is a phrase of its own between marks, short, and without a name or a figure that could be asked for.
_ABOUT = r"[^。！？!?;；\n\d《》“”]"
_PHRASES = (
    rf"(?:首先|再次)?[,，]?\s*(?:衷心|非常|十分|诚挚)?(?:的|地)?感谢(?:您|你|贵|各位|长期){_ABOUT}{{0,60}}(?:[。！!]|(?=\n)|\Z)",
    r"(?:已)?收悉",
    r"(?:您|你|贵[^,，。\n]{1,8})们?(?:领衔)?所?提出?的(?=[《“\"关])",
    r"(?:现|特)?(?:将|就)?(?:有关|相关|办理|具体|研究)?(?:情况|意见)?(?:现|特)?(?:答复|回复|函复|汇报|报告)(?:意见)?如下[:：。]?",
    rf"(?:我[局委办厅市]|市[局委])?(?:对此)?(?:党组|领导)?(?:始终|一直)?高度重视{_ABOUT}{{0,24}}[,，。]",
    rf"(?:您|你)们?(?:所|的)?(?:提出?的?)?{_ABOUT}{{0,12}}(?:具有很强的|针对性强|切合实际|非常中肯|很有见地){_ABOUT}{{0,24}}[,，。]",
    r"(?:以上|上述)(?:答复|意见|回复|办理情况)?[,，]?\s*(?:如|若|是否)?有?(?:不妥|不当|意见|妥否)[^。\n]{0,24}(?:[。！!]|(?=\n)|\Z)",
    r"(?:专|特|谨)?此(?:答复|函复|回复|复函|复)[。！!]?(?=\s|\Z)",
    r"(?:恳请|敬请|欢迎|请|望)(?:您|你|各位代表|各位委员)?们?(?:今后)?(?:继续|一如既往|多)?(?:地)?(?:关注|关心|支持|提出?|对我们|批评)[^。\n\d《》]{0,36}(?:宝贵(?:的)?意见|批评指正|监督|支持|建议)(?:和建议)?[。！!]?",
    r"(?:并)?(?:随函)?附[上送]?[^。\n]{0,12}征询意见表[^。\n]{0,24}[。]?",
)
_FORMULA = re.compile("|".join(_PHRASES))


def without_formulas(text: str) -> str:
    """The text with its formulas of courtesy and procedure replaced by blanks; the text itself where nothing else is in it.

    >>> without_formulas("提案收悉。全市有高企12家。感谢您对科技工作的关心和支持。").split()
    ['提案', '。全市有高企12家。']
    """
    rest = _FORMULA.sub(" ", text)
    return rest if any(map(str.isalnum, rest)) else text


def formula_share(text: str) -> float:
    """The share (0–1) of the text's characters that are formula.

    >>> formula_share("以上答复,如有不妥,请批评指正。")
    1.0
    """
    full = sum(map(str.isalnum, text))
    return 1 - sum(map(str.isalnum, _FORMULA.sub(" ", text))) / full if full else 0.0
