def clock(time, milliseconds):
    return f"{time // 3600:02d}:{time // 60 % 60:02d}:{time % 60:02d},{milliseconds:03d}"


def check(exam):
    py = exam.python()

    def same(start, seconds, milliseconds):
        time = clock(start, milliseconds)
        py.equal("solution.shift(time, seconds)", clock(start + seconds, milliseconds), time=time, seconds=seconds)

    same(118, 5, 250)
    same(3601, -2, 7)
    for start, seconds in [(0, 0), (0, 1), (1, -1), (59, 1), (60, -1), (3599, 1), (3600, -3600), (7199, 3601), (0, 86399), (86399, -86399), (36000, 3661)]:
        same(start, seconds, exam.random.choice([0, 5, 40, 999]))
    for _ in range(30):
        start, end = exam.random.randrange(0, 86400), exam.random.randrange(0, 86400)
        same(start, end - start, exam.random.randrange(0, 1000))
