import pandas as pd

nan = float("nan")

table = pd.DataFrame({'plot': ['north bed', 'north bed', 'north bed', 'north bed', 'north bed', 'south bed', 'south bed', 'south bed', 'south bed', 'south bed', 'tunnel', 'tunnel', 'tunnel', 'tunnel', 'tunnel'], 'day': ['2026-04-06', '2026-04-13', '2026-04-20', '2026-04-27', '2026-05-04', '2026-04-06', '2026-04-13', '2026-04-20', '2026-04-27', '2026-05-04', '2026-04-06', '2026-04-13', '2026-04-20', '2026-04-27', '2026-05-04'], 'moisture': [19.6, 30.75, 19.0, 36.3, 12.3, nan, nan, 26.3, nan, 31.3, 26.4, 32.7, 22.0, 43.9, nan], 'ph': [nan, 6.3, 5.6, 6.6, nan, 5.8, nan, 6.7, 7.3, nan, nan, 7.0, 6.9, 6.9, 6.75], 'temperature': [7.2, 12.9, nan, nan, 16.8, 6.9, 19.85, 15.4, 17.5, 13.2, 8.2, 16.1, 19.1, 18.25, 10.6]})
