limits = {"office": 1000, "lab": 800, "hall": 1200}
above = readings[readings["co2"] > readings["kind"].map(limits)]
alerts = {room: int(count) for room, count in above.groupby("room").size().items()}
alerts
