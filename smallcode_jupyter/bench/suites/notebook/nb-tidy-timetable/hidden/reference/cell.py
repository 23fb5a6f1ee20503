long = timetable.melt(id_vars=["stop", "line"], var_name="day", value_name="departs")
known = long.dropna(subset=["departs"])
departures = known.sort_values(["stop", "line", "day"]).reset_index(drop=True)
