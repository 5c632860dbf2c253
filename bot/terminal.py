"""Chat in the terminal, on the very same answering code as Telegram."""

import sys
from typing import TextIO

from bot import texts
from bot.render import as_text
from knowledge.assistant import Assistant, Conversation


def chat(assistant: Assistant, typed: TextIO = sys.stdin, out: TextIO = sys.stdout) -> None:
    """Answer line by line until the input ends, or the person types /thoat."""
    print(texts.TERMINAL_WELCOME, file=out)
    conversation = Conversation()
    while True:
        print(texts.TERMINAL_PROMPT, end="", file=out, flush=True)
        line = typed.readline()
        if not line or line.strip() in texts.TERMINAL_LEAVE:
            break
        if line.strip():
            print(f"\n{as_text(assistant.answer(line.strip(), conversation))}\n", file=out)
    print(texts.TERMINAL_GOODBYE, file=out)
