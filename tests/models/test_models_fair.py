"""Whose question is next: nobody is served twice while another waits, and long questions cost what they cost."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from smallcode_jupyter.models.gateway.fair import FairQueue, Place, Refused, Rules

FREE = Rules(requests=0, waiting=1_000)


def serve(queue: FairQueue, now: float, seconds: dict[str, float], *, until: float) -> list[str]:
    """Let one slot answer until a time; who was served, in order."""
    order = []
    while now < until and (place := queue.next(now=now)):
        order.append(place.user)
        now += seconds[place.user]
        queue.leave(place, now=now)
    return order


def fill(queue: FairQueue, user: str, count: int, *, now: float = 0.0) -> None:
    for _ in range(count):
        assert isinstance(queue.arrive(user, now=now), Place)


def test_equal_questions_go_round() -> None:
    queue = FairQueue(FREE)
    fill(queue, "greedy", 9)
    fill(queue, "ada", 2)
    fill(queue, "bob", 2)
    order = serve(queue, 0, {"greedy": 1, "ada": 1, "bob": 1}, until=100)
    assert order[:6] == ["greedy", "ada", "bob"] * 2
    assert order[6:] == ["greedy"] * 7


def test_time_is_shared_not_questions() -> None:
    queue = FairQueue(FREE)
    fill(queue, "long", 100)
    fill(queue, "short", 1_000)
    count = Counter(serve(queue, 0, {"long": 10, "short": 1}, until=1_100))
    assert 9 <= count["short"] / count["long"] <= 11


def test_a_pause_saves_nothing_up() -> None:
    queue = FairQueue(FREE)
    fill(queue, "busy", 50)
    serve(queue, 0, {"busy": 1}, until=20)
    fill(queue, "late", 30, now=20)
    order = serve(queue, 20, {"busy": 1, "late": 1}, until=30)
    assert abs(order.count("busy") - order.count("late")) <= 1


def test_one_at_a_time_for_each_even_if_slots_are_free() -> None:
    queue = FairQueue(FREE, slots=3)
    fill(queue, "ada", 2)
    first = queue.next(now=0)
    assert first is not None
    assert queue.next(now=0) is None
    fill(queue, "bob", 1)
    second = queue.next(now=0)
    assert second is not None
    assert second.user == "bob"
    queue.leave(first, now=1)
    third = queue.next(now=1)
    assert third is not None
    assert third.user == "ada"


def test_who_goes_away_leaves_the_queue_and_pays_for_what_was_done() -> None:
    queue = FairQueue(FREE)
    gone = queue.arrive("ada", now=0)
    assert isinstance(gone, Place)
    queue.leave(gone, now=1)
    assert queue.next(now=1) is None
    running = queue.arrive("ada", now=1)
    assert queue.next(now=1) is running
    fill(queue, "ada", 1, now=2)
    fill(queue, "bob", 1, now=2)
    assert isinstance(running, Place)
    queue.leave(running, now=5)
    place = queue.next(now=5)
    assert place is not None
    assert place.user == "bob"


def test_too_many_questions_say_when_to_come_back() -> None:
    queue = FairQueue(Rules(requests=2, waiting=10))
    fill(queue, "ada", 1, now=0)
    fill(queue, "ada", 1, now=10)
    refused = queue.arrive("ada", now=15)
    assert isinstance(refused, Refused)
    assert refused.seconds == 45
    assert "2 questions a minute" in refused.why
    assert isinstance(queue.arrive("bob", now=15), Place)
    assert isinstance(queue.arrive("ada", now=60), Place)


def test_tokens_of_an_hour() -> None:
    queue = FairQueue(Rules(requests=0, tokens=1_000))
    for now, tokens in ((0, 600), (100, 300), (200, 500)):
        place = queue.arrive("ada", now=now)
        assert place is queue.next(now=now)
        assert isinstance(place, Place)
        queue.leave(place, now=now, tokens=tokens)
    refused = queue.arrive("ada", now=300)
    assert isinstance(refused, Refused)
    assert refused.seconds == 3_300
    assert "1,000 tokens" in refused.why


def test_only_so_many_may_wait() -> None:
    queue = FairQueue(Rules(requests=0, waiting=2))
    fill(queue, "ada", 2)
    assert isinstance(queue.arrive("ada", now=0), Refused)


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.floats(0.1, 20), st.booleans()), max_size=60),
    st.integers(1, 3),
)
def test_nothing_is_lost_and_nobody_runs_twice(steps: list[tuple[str, float, bool]], slots: int) -> None:
    queue = FairQueue(FREE, slots=slots)
    now, waiting, running = 0.0, [], []
    for user, pause, ends in steps:
        now += pause
        place = queue.arrive(user, now=now)
        assert isinstance(place, Place)
        waiting.append(place)
        if ends and running:
            queue.leave(running.pop(0), now=now)
        while (chosen := queue.next(now=now)) is not None:
            waiting.remove(chosen)
            running.append(chosen)
            assert len(running) <= slots
            assert len({one.user for one in running}) == len(running)
    while running:
        now += 1
        queue.leave(running.pop(), now=now)
        while (chosen := queue.next(now=now)) is not None:
            waiting.remove(chosen)
            running.append(chosen)
    assert waiting == []
