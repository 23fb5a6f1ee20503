answered = survey["satisfaction"].dropna()
counts = answered.value_counts().reindex(SCALE, fill_value=0)
shares = (100 * counts / len(answered)).round(1)
