DIGITS, SIGNS = "0123456789", ["", "", "", "-", " ", ".", "/"]


def masked(digits):
    text = "*" * (len(digits) - 4) + digits[-4:]
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def check(exam):
    js = exam.javascript()
    for email, text in {
        "jane.doe@example.org": "j***@example.org",
        "x@y.de": "x***@y.de",
        "nobody": "***",
        "": "***",
        "@example.org": "***",
        '"a@b"@example.org': '"***@example.org',
        "Q.R+tag@mail.example.co.uk": "Q***@mail.example.co.uk",
    }.items():
        js.equal("solution.maskEmail(email)", text, email=email)
    for number, text in {
        "4111-1111 1111 1234": "**** **** **** 1234",
        "378282246310005": "**** **** ***0 005",
        "123456789012": "**** **** 9012",
        "1234567890123": "**** **** *012 3",
        "card no. 6011 0009 9013 9424": "**** **** **** 9424",
        "6304000000000000018": "**** **** **** ***0 018",
    }.items():
        js.equal("solution.maskCard(number)", text, number=number)
    for number in ("", "12345678901", "1234-5678-901", "no digits at all, none"):
        js.raises("RangeError", "solution.maskCard(number)", number=number)
    letters = "abcdefghijklmnopqrstuvwxyz.-_"
    for _ in range(15):
        name = "".join(exam.random.choices(letters, k=exam.random.randrange(1, 12)))
        host = "".join(exam.random.choices(letters[:26], k=6)) + exam.random.choice([".org", ".de", ".example.com"])
        js.equal("solution.maskEmail(email)", f"{name[0]}***@{host}", email=f"{name}@{host}")
        digits = "".join(exam.random.choices(DIGITS, k=exam.random.randrange(12, 20)))
        number = "".join(digit + exam.random.choice(SIGNS) for digit in digits)
        js.equal("solution.maskCard(number)", masked(digits), number=number)
