"""A scripted OpenAI-compatible service over HTTP, which agrees with the published API only as far as it was written."""

from model_server.replies import Delivery, Failure, Reply, Reset, Silence
from model_server.server import KEY, Asked, ModelServer

__all__ = ["KEY", "Asked", "Delivery", "Failure", "ModelServer", "Reply", "Reset", "Silence"]
