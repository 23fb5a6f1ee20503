def check(exam):
    js = exam.javascript()
    for email, text in {
        "jane.doe@example.org": "j***@example.org",
        "x@y.de": "x***@y.de",
        "ab@c.de": "a***@c.de",
        "Q.R+tag@mail.example.co.uk": "Q***@mail.example.co.uk",
    }.items():
        js.equal("solution.maskEmail(email)", text, email=email)
    letters = "abcdefghijklmnopqrstuvwxyz.-_"
    for _ in range(20):
        name = "".join(exam.random.choices(letters, k=exam.random.randrange(1, 12)))
        host = "".join(exam.random.choices(letters[:26], k=6)) + exam.random.choice(
            [".org", ".de", ".example.com"]
        )
        js.equal("solution.maskEmail(email)", f"{name[0]}***@{host}", email=f"{name}@{host}")
