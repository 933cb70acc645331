"""What locust runs: callers that ask one question after another, no two alike.

``TARMAQ_SOAK_QUESTIONS`` names a file of questions, one a line; ``TARMAQ_SOAK_RATE`` is how many a
second each caller asks, 0 for as many as are answered.
"""

import itertools
import os
import random
from pathlib import Path

from locust import FastHttpUser, constant_throughput, task

_QUESTIONS = Path(os.environ["TARMAQ_SOAK_QUESTIONS"]).read_text(encoding="utf-8").splitlines()
_RATE = float(os.environ.get("TARMAQ_SOAK_RATE", "0"))
_NUMBERS = itertools.count(random.randrange(10**6))


class Caller(FastHttpUser):
    """Asks questions."""

    if _RATE:
        wait_time = constant_throughput(_RATE)

    @task
    def ask(self) -> None:
        """Asks one; what is refused in time is counted by its status, not as a failure."""
        # A number that no document has makes the question another one, for every cache.
        question = f"{random.choice(_QUESTIONS)} {next(_NUMBERS)}"
        with self.client.post(
            "/v1/search", json={"query": question}, name="asked", catch_response=True
        ) as answer:
            if answer.status_code == 503 and "retry-after" in answer.headers:
                answer.request_meta["name"] = "refused"
                answer.success()
