SETUP = '''
import solution

def play(steps):
    queue = solution.JobQueue()
    seen = []
    for step in steps:
        result = None
        if step:
            queue.add(*step)
        else:
            result = queue.next_job()
        seen.append([result, queue.count()])
    return seen
'''
TAKE = []


def model(steps):
    jobs, seen = [], []
    for step in steps:
        result = None
        if step:
            jobs.append(step)
        elif jobs:
            first = max(jobs, key=lambda job: job[1])
            result = first[0]
            jobs.remove(first)
        seen.append([result, len(jobs)])
    return seen


def compare(exam, py, steps):
    got = py.value("play(steps)", steps=steps)
    expected = model(steps)
    if not isinstance(got, list):
        exam.true(False, f"{steps}: {got!r}"[:300])
        return
    for index, (one, other) in enumerate(zip(got, expected)):
        if one != other:
            exam.equal(one, other, f"[result, count] after {steps[: index + 1][-8:]}")
            return
    exam.equal(len(got), len(expected), "steps played")


def check(exam):
    py = exam.python(SETUP)
    py.equal("solution.JobQueue().count()", 0)
    py.equal("solution.JobQueue().next_job()", None)
    compare(exam, py, [["a", 0], ["y", 5], ["b", 3], TAKE, TAKE, TAKE, TAKE])
    compare(exam, py, [["a", -1], ["b", 0], ["c", -2], TAKE, TAKE, TAKE])
    compare(exam, py, [["b", 3], ["a", 2], TAKE, ["c", 4], TAKE, TAKE, TAKE, ["d", 0], TAKE])
    compare(exam, py, [["z", 10], ["y", 9], ["x", 100], TAKE, TAKE, TAKE])
    for _ in range(15):
        steps, priorities = [], exam.random.sample(range(-20, 40), 30)
        for number, priority in enumerate(priorities):
            job = [f"{exam.random.choice('abcxyz')}{number}", priority]
            steps.append(job if exam.random.random() < 0.6 else TAKE)
        compare(exam, py, steps)
