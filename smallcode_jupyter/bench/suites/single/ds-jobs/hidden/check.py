SETUP = '''
import solution

def play(steps):
    queue = solution.JobQueue()
    seen = []
    for name, *values in steps:
        try:
            result = getattr(queue, name)(*values)
        except IndexError:
            result = "IndexError"
        seen.append([None if name == "add" else result, queue.peek(), queue.waiting(), len(queue)])
    return seen
'''


def model(steps):
    jobs, seen, time = [], [], 0  # [name, priority, time]
    for name, *values in steps:
        jobs.sort(key=lambda job: (-job[1], job[2]))
        result = None
        if name == "add":
            time += 1
            known = [job for job in jobs if job[0] == values[0]]
            priority = values[1] if len(values) > 1 else 0
            if known:
                known[0][1] = priority
            else:
                jobs.append([values[0], priority, time])
        elif name == "next_job":
            result = jobs.pop(0)[0] if jobs else "IndexError"
        elif name == "peek":
            result = jobs[0][0] if jobs else None
        else:
            result = any(job[0] == values[0] for job in jobs)
            jobs = [job for job in jobs if job[0] != values[0]]
        jobs.sort(key=lambda job: (-job[1], job[2]))
        names = [job[0] for job in jobs]
        seen.append([result, names[0] if names else None, names, len(names)])
    return seen


def compare(exam, py, steps):
    got = py.value("play(steps)", steps=steps)
    expected = model(steps)
    if not isinstance(got, list):
        exam.true(False, f"{steps}: {got!r}"[:300])
        return
    for index, (one, other) in enumerate(zip(got, expected)):
        if one != other or type(one[0]) is not type(other[0]):
            exam.equal(one, other, f"[result, peek, waiting, len] after {steps[: index + 1][-8:]}")
            return
    exam.equal(len(got), len(expected), "steps played")


def check(exam):
    py = exam.python(SETUP)
    py.equal("(solution.JobQueue().peek(), solution.JobQueue().waiting(), len(solution.JobQueue()))", (None, [], 0))
    py.raises("IndexError", "solution.JobQueue().next_job()")
    take = ["next_job"]
    compare(exam, py, [["add", "a"], ["add", "b", 5], ["add", "c", 5], ["add", "a", 5], ["add", "c", 9], take, take, take, take])
    compare(exam, py, [["add", "a", -1], ["add", "b"], ["add", "c", -1], take, take, take])
    compare(exam, py, [["add", "a", 3], ["add", "b", 3], ["cancel", "a"], ["add", "a", 3], take, take])
    compare(exam, py, [["add", "a", 3], ["add", "b", 3], take, ["add", "a", 3], take, take])
    compare(exam, py, [["add", "a", 7], ["add", "b", 3], ["add", "a"], take, take])
    compare(exam, py, [["add", "a", 0], ["cancel", "a"], ["cancel", "a"], ["peek"], take])
    compare(exam, py, [["add", "b", 1], ["add", "a", 1], ["add", "a", 1], ["peek"], ["cancel", "x"], take, take, take])
    for _ in range(20):
        steps = []
        for _ in range(50):
            name = exam.random.choice(["add"] * 5 + ["next_job", "next_job", "cancel"])
            job = exam.random.choice("abcdefgh")
            steps.append({
                "add": ["add", job, exam.random.randrange(-2, 4)] if exam.random.random() < 0.85 else ["add", job],
                "next_job": take,
                "cancel": ["cancel", job],
            }[name])
        compare(exam, py, steps)
