def visits_of(times, gap):
    visits = []
    for time in times:
        if not visits or time - visits[-1][-1] > gap:
            visits.append([])
        visits[-1].append(time)
    return visits


def check(exam):
    js = exam.javascript()
    code = "solution.splitVisits(times, gap)"
    for times, gap, expected in [
        ([0, 10, 35, 80, 85], 30, [[0, 10, 35], [80, 85]]),
        ([], 30, []),
        ([5], 30, [[5]]),
        ([0, 30, 60, 90], 30, [[0, 30, 60, 90]]),
        ([0, 31], 30, [[0], [31]]),
        ([0, 30], 30, [[0, 30]]),
        ([1, 2, 3], 0, [[1], [2], [3]]),
        ([7, 7, 8], 0, [[7, 7], [8]]),
        ([100, 101, 200, 300, 301], 5, [[100, 101], [200], [300, 301]]),
    ]:
        js.equal(code, expected, times=times, gap=gap)
    for _ in range(20):
        times = sorted(exam.random.choices(range(500), k=exam.random.randrange(1, 25)))
        gap = exam.random.choice([5, 10, 20, 30, 90])
        js.equal(code, visits_of(times, gap), times=times, gap=gap)
