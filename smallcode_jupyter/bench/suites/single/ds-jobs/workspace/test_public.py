import pytest
from solution import JobQueue


def test_order():
    queue = JobQueue()
    queue.add("a")
    queue.add("b", 5)
    queue.add("c", 5)
    queue.add("a", 5)
    assert queue.waiting() == ["a", "b", "c"]
    queue.add("c", 9)
    assert queue.next_job() == "c"
    assert len(queue) == 2


def test_empty():
    queue = JobQueue()
    assert queue.peek() is None
    assert queue.cancel("x") is False
    with pytest.raises(IndexError):
        queue.next_job()
