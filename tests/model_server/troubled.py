"""Models that are slow or broken, each request in another way."""

import itertools
from collections.abc import Sequence

from model_server.honest import Honest
from model_server.replies import Delivery, Failure, Reply, Reset, Silence
from model_server.wire import ChatRequest

BROKEN: tuple[Delivery, ...] = (
    Failure(429, "slow down", {"Retry-After": "1"}),
    Failure(429, "come back in an hour", {"Retry-After": "3600"}),
    Failure(500),
    Failure(503, headers={"Retry-After": "soon"}),
    Failure(502, html=True),
    Failure(200, html=True),
    Failure(401, "Incorrect API key provided"),
    Failure(404, "The model does not exist"),
    Reply('{"statements": [{"text": "Trẻ em được'),
    Reply(""),
    Reply(None),
    Reply("   \n"),
    Reply("Tôi nghĩ là có."),
    Reply('{"answer": "Có"}'),
    Reply('{"statements": "không"}'),
    Reply('{"statements": [{"text": 5, "quotes": [{"passage": "một", "words": null}]}]}'),
    Reply("[" * 5000),
    Reply(None, refusal="I cannot help with that."),
    Reply('{"statements": []', finish="length"),
    Reply('{"statements": []}', cut_at=0.5),
    Reply('{"statements": []}', finish="content_filter"),
    Reset(),
)
"""What servers send when they are out of order."""

SLOW: tuple[Delivery, ...] = (Silence(), Reply('{"statements": []}', drip_s=2), Failure(500, after_s=20))


class InTurn:
    """Delivers one thing after another, and begins anew."""

    def __init__(self, deliveries: Sequence[Delivery]) -> None:
        self._deliveries = itertools.cycle(deliveries)

    def __call__(self, _: ChatRequest) -> Delivery:
        """Deliver the next."""
        return next(self._deliveries)


class Late:
    """Honest, after so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._honest = Honest()
        self._seconds = seconds

    def __call__(self, chat: ChatRequest) -> Delivery:
        """Answer late."""
        return Reply(self._honest(chat).content, after_s=self._seconds)
