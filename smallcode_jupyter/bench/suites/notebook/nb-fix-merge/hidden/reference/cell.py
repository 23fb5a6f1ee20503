trips["station_id"] = trips["station_id"].astype(str).str.zfill(3)
joined = trips.merge(stations, on="station_id", how="inner")
minutes = joined.groupby("district")["minutes"].sum()
minutes
