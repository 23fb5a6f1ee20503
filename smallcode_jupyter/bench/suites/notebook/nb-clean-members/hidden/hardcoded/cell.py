import pandas as pd

clean = pd.DataFrame({'name': ['Ana Ruiz', 'Ben Okoye', 'Carla Diaz', 'Dev Shah', 'Elif Aydin', 'Finn Berg', 'Gita Rao', 'Hugo Lang'], 'email': ['ana.ruiz@example.org', 'ben.okoye@example.org', 'carla.diaz@example.org', 'dev.shah@example.org', 'elif.aydin@example.org', 'finn.berg@example.org', 'gita.rao@example.org', 'hugo.lang@example.org'], 'joined': ['2025-07-21', '2025-07-09', '2025-03-01', '2025-05-24', '2025-07-04', '2025-10-05', '2025-01-14', '2025-08-14'], 'city': ['York', 'Leeds', 'unknown', 'Hull', 'Hull', 'Leeds', 'Hull', 'Leeds'], 'newsletter': [True, False, True, True, True, False, True, True]})
clean["joined"] = pd.to_datetime(clean["joined"])
