"""What the operator may set for reading documents and building editions."""

from pathlib import Path

from knowledge.settings import KnowledgeSettings
from knowledge.sources import own_documents


class Settings(KnowledgeSettings):
    """Read once in `__main__`, from the environment and `.env`, and passed down."""

    @property
    def own_documents(self) -> Path:
        """The folder of administrators' documents."""
        return own_documents(self.data_dir)
