"""One person floods the bot while a slow model writes; ten others get their answers as if nothing were.

`FLOOD_S=30 pytest tests/test_telegram_flood.py -s` asks for so many seconds and prints what it measured; issue 4
allows the others 1.2 times what they wait without the flood. Without the variable it is short, and judged less
strictly, as a busy machine makes any short measurement waver.
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles

import pytest
from bot_api import BotApi
from bot_api.people import Person
from bot_api.running import RunningBot
from sample_assistant import Progress, SampleAssistant, SampleModel

pytest_plugins = ("bot_api.fixtures",)

SECONDS = float(os.environ.get("FLOOD_S", "2"))
MOST_TIMES_IDLE = 1.2 if "FLOOD_S" in os.environ else 2.0
OTHERS = 10
FLOOD = int(SECONDS * 10)
"""Messages that wait; about two are answered in a second."""
MODEL_S = 0.5
QUOTES_S = 0.02


@pytest.fixture
def sample() -> SampleAssistant:
    """Let quotes block a worker thread for some milliseconds, and the model keep everybody waiting."""
    assistant = SampleAssistant()
    assistant.before_answer = lambda _: time.sleep(QUOTES_S)
    assistant.model = SampleModel((MODEL_S, Progress("Đang viết…")))
    return assistant


def _asks(person: Person, until: float) -> list[float]:
    took = []
    while time.monotonic() < until:
        started = time.perf_counter()
        assert person.asks("THƯ viện?").text.startswith("Mô hình viết: Về THƯ")
        took.append((time.perf_counter() - started) * 1000)
    return took


def _all_ask(people: list[Person]) -> list[float]:
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(len(people)) as asking:
        return [ms for took in asking.map(lambda person: _asks(person, until), people) for ms in took]


def _p95(took: list[float]) -> float:
    return quantiles(took, n=20)[18]


@pytest.mark.alone
def test_flood_of_one_person_delays_nobody_else(api: BotApi, sample: SampleAssistant) -> None:
    """Waiting for the model holds no thread and no other chat; the flood itself is answered in turn."""
    with RunningBot(api, sample):
        others = [api.person(f"Người {number}") for number in range(OTHERS)]
        _all_ask(others)
        idle = _all_ask(others)
        flooder = api.person("Lan")
        for number in range(FLOOD):
            flooder.says(f"THƯ viện thứ {number}?")
        flooded = _all_ask(others)
        answered = len(flooder.unread())
    sys.stdout.write(
        f"\n{len(idle)} answers idle: p50 {median(idle):.0f} ms, p95 {_p95(idle):.0f} ms\n"
        f"{len(flooded)} in the flood: p50 {median(flooded):.0f} ms, p95 {_p95(flooded):.0f} ms; "
        f"{answered} of the {FLOOD} answered meanwhile\n"
    )
    assert answered > 0
    assert _p95(flooded) <= MOST_TIMES_IDLE * _p95(idle)
