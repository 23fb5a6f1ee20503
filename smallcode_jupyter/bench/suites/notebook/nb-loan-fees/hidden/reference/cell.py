late = (loans["returned"] - loans["due"]).dt.days.clip(lower=0).fillna(0)
fee = (late * 0.20).clip(upper=5.00)
totals = fee.groupby(loans["branch"]).sum()
fees = {branch: round(float(total), 2) for branch, total in totals.items()}
