known = readings.dropna(subset=["temp_c"])
best = known.loc[known.groupby("sensor")["temp_c"].idxmax(), ["sensor", "at", "temp_c"]]
peaks = best.sort_values("sensor", ascending=True).reset_index(drop=True)
