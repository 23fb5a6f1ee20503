import pandas as pd

peaks = pd.DataFrame({'sensor': ['attic', 'cellar', 'hall', 'kitchen', 'porch'], 'at': ['2026-02-03 01:50:00', '2026-02-05 04:30:00', '2026-02-04 13:50:00', '2026-02-05 13:50:00', '2026-02-03 20:10:00'], 'temp_c': [27.3, 28.7, 29.5, 29.9, 29.5]})
peaks["at"] = pd.to_datetime(peaks["at"])
