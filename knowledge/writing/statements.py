"""What a model returns: statements, each with the words it rests on; none is believed before it is verified."""

from pydantic import BaseModel, Field


class Quote(BaseModel):
    """The words of one passage that a statement rests on."""

    passage: int = Field(description="number of the passage, as printed before it")
    words: str = Field(description="words copied from that passage letter for letter, one whole piece")


class WrittenStatement(BaseModel):
    """One statement of an answer."""

    text: str = Field(
        description="one short sentence in the language asked for, without links and without passage numbers"
    )
    quotes: list[Quote] = Field(description="the quotes that this statement rests on, one to three")


class WrittenAnswer(BaseModel):
    """An answer as a model wrote it; without statements the passages do not answer the question."""

    statements: list[WrittenStatement] = Field(description="most important first; empty if the passages do not answer")


class StandaloneQuestion(BaseModel):
    """A question as it can be understood alone."""

    question: str = Field(
        description="one question in Vietnamese; empty if it is not about the subjects of the documents"
    )
