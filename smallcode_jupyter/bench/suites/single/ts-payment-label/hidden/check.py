def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    call = "solution.describePayment(payment)"

    def says(text, **payment):
        ts.equal(call, text, payment=payment)

    says("VISA ending in 4242", kind="card", brand="Visa", last4="4242")
    says("AMERICAN EXPRESS ending in 0005", kind="card", brand="American Express", last4="0005")
    says("Bank transfer from DE8937040044", kind="transfer", iban="DE8937040044")
    says("Bank transfer from NO9386011117947", kind="transfer", iban="NO9386011117947")
    for received, due, text in [
        (2000, 1650, "Cash, change 3.50"),
        (1650, 1650, "Cash, change 0.00"),
        (1651, 1650, "Cash, change 0.01"),
        (2000, 1900, "Cash, change 1.00"),
        (100_000, 1, "Cash, change 999.99"),
        (10_000, 9_930, "Cash, change 0.70"),
    ]:
        says(text, kind="cash", received=received, due=due)
    for _ in range(12):
        digits = f"{exam.random.randrange(10_000):04d}"
        brand = exam.random.choice(["mastercard", "Maestro", "jcb", "Visa Debit"])
        says(f"{brand.upper()} ending in {digits}", kind="card", brand=brand, last4=digits)
        iban = exam.random.choice(["AT", "FR", "SE"]) + f"{exam.random.randrange(10**17, 10**18)}"
        says(f"Bank transfer from {iban}", kind="transfer", iban=iban)
        due, change = exam.random.randrange(20_000), exam.random.randrange(1, 5_000)
        says(f"Cash, change {change // 100}.{change % 100:02d}", kind="cash", received=due + change, due=due)
