visits["visit_day"] = pd.to_datetime(visits["visit_day"], format="%d.%m.%Y")
visits["weekday"] = visits["visit_day"].dt.day_name()
totals = visits.groupby("weekday")["visitors"].sum()
per_weekday = {day: int(total) for day, total in totals.items()}
per_weekday
