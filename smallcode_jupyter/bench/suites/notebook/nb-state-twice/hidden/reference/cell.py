runs["distance_km"] = runs["distance"] * 1.609344
runs["pace"] = (runs["minutes"] / runs["distance_km"]).round(2)
fastest = float(runs["pace"].min())
