visits["visit_day"] = pd.to_datetime(visits["visit_day"], dayfirst=True)
per_weekday = {'Friday': 1314, 'Saturday': 772, 'Sunday': 1006, 'Thursday': 1181, 'Tuesday': 1336, 'Wednesday': 1739}
