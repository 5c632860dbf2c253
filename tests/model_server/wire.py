"""What requests must look like: the rules of the published API, refused with 400 as the real one refuses."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

JsonObject = dict[str, Any]
MOST_INPUTS = 2048
_NAME = r"^[a-zA-Z0-9_-]{1,64}$"
_NOT_IN_STRICT = {
    "allOf", "oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties",
    "default", "minLength", "maxLength", "uniqueItems", "minProperties", "maxProperties", "propertyNames",
}  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Part(_Strict):
    """A piece of a message's content."""

    type: Literal["text"]
    text: str


class FunctionCall(_Strict):
    """What an assistant asked a tool."""

    name: str
    arguments: str


class ToolCall(_Strict):
    """A call of a tool in an assistant's message."""

    id: str
    type: Literal["function"]
    function: FunctionCall


class Message(_Strict):
    """One message of a conversation."""

    role: Literal["developer", "system", "user", "assistant", "tool"]
    content: str | list[Part] | None = None
    name: Annotated[str, Field(pattern=r"^[^\s<|\\/>]+$")] | None = None
    refusal: str | None = None
    tool_calls: list[ToolCall] | None = None
    tool_call_id: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> "Message":
        if self.content is None and not (self.role == "assistant" and (self.tool_calls or self.refusal)):
            raise ValueError(f"content is missing in a message of {self.role}")
        if (self.tool_call_id is not None) != (self.role == "tool"):
            raise ValueError("tool_call_id belongs to messages of tools")
        return self

    @property
    def text(self) -> str:
        """The words of the message."""
        return self.content if isinstance(self.content, str) else "\n".join(part.text for part in self.content or ())


class JsonSchema(_Strict):
    """A schema that the answer must follow."""

    name: Annotated[str, Field(pattern=_NAME)]
    description: str | None = None
    schema_: JsonObject = Field(alias="schema")
    strict: bool | None = None

    @model_validator(mode="after")
    def _permitted(self) -> "JsonSchema":
        if self.strict:
            check_strict(self.schema_)
        return self


class ResponseFormat(_Strict):
    """In which form the answer must come."""

    type: Literal["text", "json_object", "json_schema"]
    json_schema: JsonSchema | None = None

    @model_validator(mode="after")
    def _whole(self) -> "ResponseFormat":
        if (self.json_schema is not None) != (self.type == "json_schema"):
            raise ValueError("response_format.json_schema belongs to the type json_schema")
        return self


class Function(_Strict):
    """A tool that the model may call."""

    name: Annotated[str, Field(pattern=_NAME)]
    description: str | None = None
    parameters: JsonObject = {}
    strict: bool | None = None

    @model_validator(mode="after")
    def _permitted(self) -> "Function":
        if self.strict:
            check_strict(self.parameters)
        return self


class Tool(_Strict):
    """A tool of the only kind there is."""

    type: Literal["function"]
    function: Function


class StreamOptions(_Strict):
    """What a stream brings besides."""

    include_usage: bool | None = None
    include_obfuscation: bool | None = None


class ChatRequest(_Strict):
    """https://platform.openai.com/docs/api-reference/chat/create."""

    model: Annotated[str, Field(min_length=1)]
    messages: Annotated[list[Message], Field(min_length=1)]
    response_format: ResponseFormat | None = None
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    tools: Annotated[list[Tool], Field(min_length=1)] | None = None
    tool_choice: Literal["none", "auto", "required"] | JsonObject | None = None
    parallel_tool_calls: bool | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1)] | None = None
    frequency_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    presence_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    n: Annotated[int, Field(ge=1, le=1)] | None = None
    seed: int | None = None
    stop: str | list[str] | None = None
    user: str | None = None
    store: bool | None = None
    metadata: dict[str, str] | None = None
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high", "xhigh"] | None = None
    verbosity: Literal["low", "medium", "high"] | None = None
    service_tier: Literal["auto", "default", "flex", "priority"] | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> "ChatRequest":
        if self.stream_options is not None and not self.stream:
            raise ValueError("stream_options needs stream")
        if self.tool_choice is not None and not self.tools:
            raise ValueError("tool_choice needs tools")
        if self.parallel_tool_calls is not None and not self.tools:
            raise ValueError("parallel_tool_calls needs tools")
        if self.max_tokens is not None and self.max_completion_tokens is not None:
            raise ValueError("max_tokens and max_completion_tokens exclude each other")
        as_json = self.response_format is not None and self.response_format.type == "json_object"
        if as_json and not any("json" in message.text.lower() for message in self.messages):
            raise ValueError("'messages' must contain the word 'json' in some form")
        return self

    @property
    def text(self) -> str:
        """All that the model is given to read."""
        return "\n\n".join(message.text for message in self.messages)

    @property
    def schema_asked(self) -> JsonObject | None:
        """The schema that the answer has to follow, wherever it stands."""
        if self.response_format and self.response_format.json_schema:
            return self.response_format.json_schema.schema_
        return self.tools[0].function.parameters if self.tools and self.tool_choice not in {"none", None} else None


class EmbeddingsRequest(_Strict):
    """https://platform.openai.com/docs/api-reference/embeddings/create."""

    model: Annotated[str, Field(min_length=1)]
    input: (
        Annotated[str, Field(min_length=1)]
        | Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1, max_length=MOST_INPUTS)]
    )
    encoding_format: Literal["float", "base64"] = "float"
    dimensions: Annotated[int, Field(ge=1, le=3072)] | None = None
    user: str | None = None

    @property
    def texts(self) -> list[str]:
        """The texts to embed."""
        return [self.input] if isinstance(self.input, str) else self.input


class RerankRequest(_Strict):
    """https://docs.cohere.com/reference/rerank, which Jina, vLLM and others follow."""

    model: Annotated[str, Field(min_length=1)]
    query: Annotated[str, Field(min_length=1)]
    documents: Annotated[list[str], Field(min_length=1, max_length=1000)]
    top_n: Annotated[int, Field(ge=1)] | None = None
    max_tokens_per_doc: int | None = None
    return_documents: bool | None = None


def check_strict(schema: Mapping[str, Any]) -> None:
    """Raise ValueError where a schema breaks a rule of strict structured output."""
    if schema.get("type") != "object":
        raise ValueError("schema must be a JSON Schema of 'type: \"object\"'")
    for node in _nodes(schema):
        if refused := _NOT_IN_STRICT & node.keys():
            raise ValueError(f"{sorted(refused)} not permitted")
        if "$ref" in node and len(node) > 1:
            raise ValueError("$ref cannot have keywords beside it")
        if node.get("type") == "object":
            if node.get("additionalProperties") is not False:
                raise ValueError("'additionalProperties' is required to be supplied and to be false")
            if set(node.get("required", ())) != set(node.get("properties", {})):
                raise ValueError("'required' is required to name every key in properties")


def _nodes(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Walk over a schema and all that stand in it."""
    yield schema
    for many in ("properties", "$defs", "definitions"):
        for inner in schema.get(many, {}).values():
            yield from _nodes(inner)
    for inner in [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())]:
        yield from _nodes(inner)


def is_key(header: str | None, key: str) -> bool:
    """Tell whether a request carries the key."""
    return bool(re.fullmatch(rf"Bearer {re.escape(key)}", header or ""))
