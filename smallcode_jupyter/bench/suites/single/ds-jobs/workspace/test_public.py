from solution import JobQueue


def test_order():
    queue = JobQueue()
    queue.add("a", 0)
    queue.add("y", 5)
    queue.add("b", 3)
    assert queue.count() == 3
    assert queue.next_job() == "y"
    assert queue.next_job() == "b"
    assert queue.next_job() == "a"


def test_empty():
    queue = JobQueue()
    assert queue.count() == 0
    assert queue.next_job() is None
