means = soil.pivot_table(index=["plot", "day"], columns="quantity", values="value", aggfunc="mean")
table = means.round(2).reset_index()[["plot", "day", "moisture", "ph", "temperature"]]
