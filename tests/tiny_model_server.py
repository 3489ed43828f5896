"""A real OpenAI-compatible server: a tiny Llama with random weights, made here, generates token by token over HTTP.

`python tests/tiny_model_server.py FOLDER` makes the model in FOLDER, loads it from there, prints its port and serves until
its standard input is closed. Its vocabulary holds whole tags and handles, so that its babble often has the right form.
"""

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast, TextIteratorStreamer

TAGS = [f"。<cite>[^{n}]</cite></statement>\n<statement>" for n in range(1, 9)] + [f"。[^{n}]\n" for n in range(1, 5)]
LETTERS = Path(__file__).parent.parent / "corpus" / "documents"


def make(folder: Path) -> None:
    """Write the model: characters of the letters and the tags as vocabulary, random weights that favour the tags."""
    characters = sorted(set("".join(p.read_text(encoding="utf-8") for p in LETTERS.glob("*.txt"))) - {"\n", " "})
    names = ["<s>", "</s>", "<unk>", *TAGS, *characters]
    vocabulary = {token: number for number, token in enumerate(names)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.decoder = decoders.Fuse()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", unk_token="<unk>", pad_token="</s>"
    )
    fast.save_pretrained(folder)
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=16384,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
    )
    LlamaForCausalLM(config).save_pretrained(folder)


def serve(folder: Path) -> FastAPI:
    """The server over the model in the folder."""
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
    model = LlamaForCausalLM.from_pretrained(folder).eval()
    favoured = {(number,): 2.5 for number in tokenizer.convert_tokens_to_ids(TAGS)}
    app = FastAPI()

    def pieces(asked: dict[str, Any]) -> Iterator[str]:
        prompt = "\n".join(message["content"] for message in asked["messages"])
        streamer = TextIteratorStreamer(tokenizer, skip_prompt=True, timeout=30, skip_special_tokens=True)
        inputs = tokenizer(prompt, return_tensors="pt", return_token_type_ids=False)
        torch.manual_seed(len(prompt))
        options = {"max_new_tokens": asked["max_tokens"], "do_sample": True, "top_k": 0, "sequence_bias": favoured}
        thread = threading.Thread(target=lambda: model.generate(**inputs, streamer=streamer, **options))
        thread.start()
        for text in streamer:
            yield chunk({"content": text}, None)
        thread.join()
        # It would babble on for ever: it is made to stop as one that has finished.
        yield chunk({}, "stop")
        yield "data: [DONE]\n\n"

    @app.post("/v1/chat/completions")
    async def complete(request: Request) -> StreamingResponse:
        return StreamingResponse(pieces(await request.json()), media_type="text/event-stream")

    return app


def chunk(delta: dict[str, str], finish: str | None) -> str:
    """One server-sent event."""
    choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
    whole = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "tiny", "choices": choices}
    return f"data: {json.dumps(whole, ensure_ascii=False)}\n\n"


def main() -> None:
    """Make, load, serve, until standard input ends."""
    folder = Path(sys.argv[1])
    make(folder)
    server = uvicorn.Server(uvicorn.Config(serve(folder), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.05)
    print(server.servers[0].sockets[0].getsockname()[1], flush=True)
    sys.stdin.read()
    server.should_exit = server.force_exit = True
    thread.join()


if __name__ == "__main__":
    main()
