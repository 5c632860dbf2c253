"""Ask a chat model of any OpenAI-compatible service; the one module that touches LangChain's chat side.

Nothing is sent to LangSmith, whatever the environment says, unless our own setting turns it on. A call ends when its
seconds are over, even where the server goes on dripping, and its connection is closed with it.
"""

import asyncio
import contextlib
import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from knowledge.errors import ModelRefusedError, ModelRestingError, ModelUnavailableError, ModelUnreadableError
from knowledge.resting import Resting
from knowledge.settings import KnowledgeSettings
from prompts import Message

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

DEFAULT_MODEL = "gpt-5.4-mini"
_SILENT_SECONDS = 25.0
"""So long the client waits for a byte; `ask` is told how long a call may take in all."""
_MOST_CHARACTERS = 100_000
"""An answer longer than this is not read: it is none that was asked for."""
_MOST_BEGINNINGS = 10
"""So many beginnings of an answer are tried, as the first may stand in a model's thoughts."""
_NO_KEY = "none"
"""Local services take any key; the client refuses to have none."""
_CHARACTERS_A_TOKEN = 3
_BUSY = {408, 409, 425, 429}
_SERVERS_OWN = 500
"""From this status on it is the service's fault."""
_NOT_UNDERSTOOD = {400, 404, 415, 422, 501}
"""What services say that do not know `response_format`."""
_FAILURES = 3
"""So many in a row are no chance: a first one is tried again, and the next person's fails as well."""
_LEFT_ALONE = "the chat model failed several times in a row and is left alone"
_SCHEMA_RESTS_S, _SCHEMA_RESTS_LONGEST_S = 600.0, 6 * 3600.0
"""A refused schema costs a call each time it is tried, and a service learns it only when somebody renews it."""

_log = logging.getLogger(__name__)
Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Reply(Generic[Shape]):
    """What a model returned, in the shape that was asked for, and what it cost."""

    value: Shape
    tokens_in: int
    tokens_out: int


class ChatModel:
    """One model of one service; loads LangChain when first used, connects for each call, and may be used at once."""

    def __init__(  # noqa: PLR0913 - where the model is, and how it is treated
        self,
        name: str,
        *,
        base_url: str | None,
        api_key: str | None,
        tracing: bool = False,
        resting: Resting | None = None,
        schema_resting: Resting | None = None,
    ) -> None:
        """Take where the model is, and when it is left alone or asked without a schema, if not as usual."""
        self.name = name
        self._resting = resting or Resting(failures=_FAILURES)
        self._schema = schema_resting or Resting(failures=1, first_s=_SCHEMA_RESTS_S, longest_s=_SCHEMA_RESTS_LONGEST_S)
        self._base_url = base_url
        self._api_key = api_key
        self._tracing = tracing
        self._loading = Lock()
        self._loaded: BaseChatModel | None = None

    @property
    def rests(self) -> bool:
        """It failed several times in a row and is left alone for a while."""
        return self._resting.rests

    def check_awake(self) -> None:
        """Raise `ModelRestingError` while it is left alone, before anything is prepared for it."""
        if self.rests:
            raise ModelRestingError(_LEFT_ALONE)

    def load(self) -> "BaseChatModel":
        """Load LangChain's side of it, which takes seconds the first time: call it in a thread."""
        with self._loading:
            if self._loaded is None:
                from langchain.chat_models import init_chat_model  # noqa: PLC0415 - the heaviest import of all

                self._loaded = init_chat_model(
                    self.name,
                    model_provider="openai",
                    base_url=self._base_url,
                    api_key=self._api_key or _NO_KEY,
                    timeout=_SILENT_SECONDS,
                    max_retries=0,
                    use_responses_api=False,  # other services do not have it
                    # A connection that is kept belongs to one event loop; the terminal runs one for each question.
                    default_headers={"Connection": "close"},
                )
            return self._loaded

    async def ask(
        self,
        messages: Sequence[Message],
        shape: type[Shape],
        seconds: float,
        sending: Callable[[], Awaitable[None]] | None = None,
    ) -> Reply[Shape]:
        """Return the model's answer in a shape; it is checked, never mended. `sending` is called before each request.

        Raises what `sending` raises, `ModelUnavailableError` (no answer within `seconds`, 429, 5xx, no connection),
        `ModelRestingError` (that happened several times in a row), `ModelRefusedError` (key, model or request refused)
        or `ModelUnreadableError` (cut or other JSON, no text).
        """
        if not self._resting.lets_through():
            raise ModelRestingError(_LEFT_ALONE)
        model = await asyncio.to_thread(self.load)
        said = [(message.role, message.text) for message in messages]

        async def invoke(**options: Any) -> "AIMessage":  # noqa: ANN401 - as LangChain takes them
            if sending is not None:
                await sending()
            with untraced(on=self._tracing), _translated():
                return await model.ainvoke(said, **options)

        with self._noted():
            try:
                async with asyncio.timeout(seconds):
                    message = await self._in_shape(invoke, shape)
            except TimeoutError as error:
                raise ModelUnavailableError("the chat model did not answer in time", timeout=True) from error
        value = _read(str(message.text), shape)
        tokens_in, tokens_out = _tokens(message, sum(len(text) for _, text in said))
        return Reply(value, tokens_in, tokens_out)

    @contextlib.contextmanager
    def _noted(self) -> Iterator[None]:
        """Note whether the service is there; one that refuses a request or sends nonsense at once is."""
        try:
            yield
        except ModelUnavailableError:
            self._resting.failed()
            raise
        except (ModelRefusedError, ModelUnreadableError):
            self._resting.worked()
            raise
        self._resting.worked()

    async def _in_shape(self, invoke: "Callable[..., Awaitable[AIMessage]]", shape: type[BaseModel]) -> "AIMessage":
        """Ask with a schema; a service that refuses the schema is asked without, now and for some time."""
        if not self._schema.lets_through():
            return await invoke()
        try:
            message = await invoke(response_format=_response_format(shape))
        except ModelRefusedError as error:
            if error.status not in _NOT_UNDERSTOOD:
                raise
            message = await invoke()
            self._schema.failed()  # it was the schema, for without it the request is taken
        else:
            self._schema.worked()
        return message


def chat_model_of(settings: KnowledgeSettings) -> ChatModel | None:
    """Return the model that the settings name; None where they have neither a key nor an address."""
    if not (settings.openai_api_key or settings.openai_base_url):
        return None
    key = settings.openai_api_key
    return ChatModel(
        settings.chat_model or DEFAULT_MODEL,
        base_url=settings.openai_base_url,
        api_key=key.get_secret_value() if key else None,
        tracing=settings.model_tracing,
    )


@contextlib.contextmanager
def untraced(*, on: bool = False) -> Iterator[None]:
    """Keep what LangChain runs from LangSmith, whatever the environment says; `on` lets it through."""
    from langsmith import tracing_context  # noqa: PLC0415 - comes with LangChain

    with tracing_context(enabled=on):
        yield


def estimated_tokens(characters: int) -> int:
    """Return about how many tokens so many characters of Vietnamese are, for services that do not count."""
    return characters // _CHARACTERS_A_TOKEN


def _response_format(shape: type[BaseModel]) -> dict[str, Any]:
    """Return a schema as OpenAI's structured output takes it, every field required and none besides."""
    from langchain_core.utils.function_calling import convert_to_openai_function  # noqa: PLC0415 - as above

    schema = convert_to_openai_function(shape, strict=True)
    return {
        "type": "json_schema",
        "json_schema": {"name": schema["name"], "strict": True, "schema": schema["parameters"]},
    }


def _read(text: str, shape: type[Shape]) -> Shape:
    """Read the first JSON object of this shape, bare, fenced or after thoughts; what was cut is never mended."""
    if len(text) > _MOST_CHARACTERS:
        raise ModelUnreadableError("the chat model wrote far too much")
    decoder = json.JSONDecoder()
    first = re.compile(rf'\{{\s*"{next(iter(shape.model_fields))}"')
    for beginning in islice(first.finditer(text), _MOST_BEGINNINGS):
        with contextlib.suppress(ValueError, RecursionError, ValidationError):
            return shape.model_validate(decoder.raw_decode(text, beginning.start())[0])
    raise ModelUnreadableError("the chat model's answer is not the JSON asked for")


def _tokens(message: "AIMessage", characters: int) -> tuple[int, int]:
    """Return the tokens that a call cost, estimated where the service does not say."""
    usage = message.usage_metadata
    if usage is None or usage["input_tokens"] + usage["output_tokens"] <= 0:
        return estimated_tokens(characters), estimated_tokens(len(str(message.text)))
    return max(0, usage["input_tokens"]), max(0, usage["output_tokens"])


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """Turn what the OpenAI client and LangChain raise into errors of our own."""
    import openai  # noqa: PLC0415 - heavy, as above

    try:
        yield
    except openai.APIConnectionError as error:
        timeout = isinstance(error, openai.APITimeoutError)
        raise ModelUnavailableError("the chat model could not be reached", timeout=timeout) from error
    except openai.APIStatusError as error:
        raise _of_status(error.status_code, error.response.headers.get("retry-after")) from error
    except Exception as error:
        # A service that sends other things than it should makes LangChain fail with any error whatever.
        raise ModelUnreadableError(f"the chat model's answer could not be read: {type(error).__name__}") from error


def _of_status(status: int, retry_after: str | None) -> ModelUnavailableError | ModelRefusedError:
    _log.warning("the chat model answered with status %d", status)
    if status in _BUSY or (status >= _SERVERS_OWN and status not in _NOT_UNDERSTOOD):
        seconds = float(retry_after) if retry_after and re.fullmatch(r"\d{1,4}(\.\d+)?", retry_after) else 0.0
        return ModelUnavailableError(f"the chat model answered with status {status}", retry_after=seconds)
    return ModelRefusedError(f"the chat model refused with status {status}", status=status)
