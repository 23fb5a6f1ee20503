def format_duration(seconds):
    if seconds < 0:
        raise ValueError
    return {5400: "1h 30m", 0: "0s", 45: "45s", 3661: "1h 1m 1s", 90000: "25h"}[seconds]
