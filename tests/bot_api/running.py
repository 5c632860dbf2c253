"""Run the bot on a server as it runs in earnest: its real application, over HTTP, in a thread of its own."""

import asyncio
import contextlib
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from pydantic import SecretStr
from sample_assistant import Conversation, SampleAssistant

from bot.editions import Editions
from bot.service import TelegramService
from bot.serving import Served, Serving
from bot.settings import BotSettings
from bot_api import BotApi
from knowledge.assistant import Conversation as RealConversation
from knowledge.memory import Memory


class RunningBot:
    """The bot in a thread of its own, against one server; stopped like a process that is told to stop."""

    def __init__(  # noqa: PLR0913 - what differs from test to test
        self,
        api: BotApi,
        assistant: SampleAssistant | None = None,
        token: str | None = None,
        *,
        administrators: tuple[int, ...] = (),
        memory: Memory | None = None,
        editions: Editions | None = None,
        data_dir: Path = Path("data"),
    ) -> None:
        """Take an assistant of made-up documents, or real editions."""
        self.api = api
        self.serving = editions.serving if editions else Serving(Served.by(assistant or SampleAssistant()))
        self.error: BaseException | None = None
        self._token = token or api.token
        self._administrators = administrators
        self._memory = memory
        self._editions = editions
        self._data_dir = data_dir
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        """Start, and wait until it asks for updates."""
        self.start()
        self.api.wait_for_poll()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and wait until what was begun is done."""
        self.stop()

    def start(self) -> None:
        """Start without waiting."""
        self._thread.start()

    def stop(self) -> None:
        """Tell it to stop, and wait until it has."""
        with contextlib.suppress(RuntimeError):  # it has ended by itself
            self._loop.call_soon_threadsafe(self._task.cancel)
        self.ends()

    def ends(self, seconds: float = 10) -> None:
        """Wait until it has ended."""
        self._thread.join(seconds)
        assert not self._thread.is_alive(), "the bot does not end"

    def _run(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task() or asyncio.Task(asyncio.sleep(0))
        settings = BotSettings.model_construct(
            telegram_bot_token=SecretStr(self._token),
            telegram_api_url=self.api.url,
            admin_ids=self._administrators,
            data_dir=self._data_dir,
        )
        conversation = RealConversation if self._editions else Conversation
        watch = self._editions.watch if self._editions else None
        try:
            await TelegramService(
                settings, self.serving, cast("Any", conversation), memory=self._memory, watch=watch
            ).serve()
        except Exception as error:  # noqa: BLE001 - handed to the test
            self.error = error
