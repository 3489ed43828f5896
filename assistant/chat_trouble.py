"""What can go wrong with a chat model: each case has a name and one line for the user."""

from corpus.errors import ServiceError

STANDS = "已改用原文摘句回答"
NOTHING_HELD = f"对话模型写的内容没有一句核对得上。{STANDS}；请以原文为准"

# name → what is wrong and how to mend it; {detail} is filled with a number or the model's name, never with the key.
TROUBLES = {
    "unreachable": ("连接不上", "请检查服务是否启动、FUWEN_CHAT_BASE_URL 是否正确"),
    "key_refused": ("不接受密钥（{detail}）", "请检查 FUWEN_CHAT_API_KEY"),
    "unknown_model": ("找不到模型 {detail}（404）", "请检查 FUWEN_CHAT_MODEL 和 FUWEN_CHAT_BASE_URL"),
    "timeout": ("{detail} 秒内没有答完", "请调大 FUWEN_CHAT_TIMEOUT，或换用快一些的模型"),
    "silence": ("连续 {detail} 秒没有回音", "请检查服务是否卡住，或调大 FUWEN_CHAT_SILENCE"),
    "busy": ("请求太多，服务暂不接受（429）", "请稍后再试"),
    "server_error": ("服务出错（{detail}）", "请查看该服务的日志"),
    "rejected": (
        "不接受这个请求（{detail}）",
        "模型能读的长度可能不够，请换用更长的模型，或调小 FUWEN_CHAT_MAX_TOKENS",
    ),
    "cut_off": ("回答传到一半断开了", "请稍后再试，或查看该服务的日志"),
    "malformed": ("回复不是 OpenAI 兼容的格式", "请检查 FUWEN_CHAT_BASE_URL 是否以 /v1 结尾"),
    "too_long": ("写满 {detail} 个词元仍没有写完", "请调大 FUWEN_CHAT_MAX_TOKENS"),
    "filtered": ("回答被该服务的内容审查截去", "请换个问法，或换用别的模型"),
    "empty": ("回复是空的", "请换用别的模型"),
    "off_form": ("没有按要求的格式作答", "请换用更听从指令的模型"),
    "unsupported": ("写的内容没有一句核对得上", "请以原文为准"),
    "declined": ("认为依据里没有答案", "请对照原文核实"),
}


class ChatTrouble(ServiceError):
    """A chat model that gave no usable answer; `name` is a key of TROUBLES, `str()` the line for the user."""

    def __init__(self, name: str, where: str, detail: object = "") -> None:
        self.name = name
        problem, mend = TROUBLES[name]
        super().__init__(f"对话模型 {where}", problem.format(detail=detail), f"{STANDS}；{mend}")
