expenses["month"] = expenses["paid_on"].str[:7]
expenses["amount"] = expenses["amount"].str.replace(",", "").astype(float)
monthly = expenses.groupby("month")["amount"].mean().round(2)
monthly
