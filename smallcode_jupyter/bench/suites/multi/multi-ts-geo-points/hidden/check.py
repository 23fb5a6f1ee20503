import math


def km(one, other):
    lat1, lat2 = math.radians(one["lat"]), math.radians(other["lat"])
    square = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(other["lon"] - one["lon"]) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(square))


def length(stops):
    return sum(map(km, stops, stops[1:]))


def check(exam):
    ts = exam.typescript("src/index.ts", types="types.ts")
    ts.equal("Object.keys(solution).sort()", ["clock", "distanceKm", "load", "lost", "nearest", "parseStops", "report", "routeLength", "schedule", "splitByZone"])
    berlin, hamburg, paris = ({"lat": lat, "lon": lon} for lat, lon in ((52.52, 13.4), (53.55, 10), (48.86, 2.35)))
    for one, other in ((berlin, hamburg), (hamburg, berlin), (berlin, paris), (paris, paris), ({"lat": -33.9, "lon": 151.2}, paris)):
        ts.equal("solution.distanceKm(a, b)", km(one, other), a=one, b=other, approx=1e-9)
    ts.equal("solution.nearest([], a)", ts.value("undefined"), a=paris)
    ts.equal("solution.report([], a)", "0 stops, 0.0 km\nnearest help: nobody", a=paris)
    twins = [{"name": "One", **berlin}, {"name": "Two", **berlin}]
    ts.equal("solution.nearest(stops, a)", twins[0], a=paris, stops=twins)
    ts.equal("solution.splitByZone(zone, stops)", {"inside": twins, "outside": []}, zone={**berlin, "km": 0}, stops=twins)
    ts.equal("solution.parseStops(' Depot; 52.52 ;13.40\\n\\nShop;-1;2')", [{"name": "Depot", **berlin}, {"name": "Shop", "lat": -1, "lon": 2}])
    for _ in range(12):
        stops = [
            {"name": f"Stop {number}", "lat": round(exam.random.uniform(-60, 60), 3), "lon": round(exam.random.uniform(-170, 170), 3)}
            for number in range(exam.random.randrange(1, 7))
        ]
        van = {"lat": round(exam.random.uniform(-60, 60), 3), "lon": round(exam.random.uniform(-170, 170), 3)}
        best = min(stops, key=lambda stop: km(van, stop))
        zone = {**van, "km": exam.random.choice((2000, 5000, 8000))}
        inside = [stop for stop in stops if km(van, stop) <= zone["km"]]
        times, minutes = [f"08:00 {stops[0]['name']}"], 480.0
        for last, stop in zip(stops, stops[1:]):
            minutes += 10 + km(last, stop) * 60 / 700
            rounded = int(minutes + 0.5)
            times.append(f"{rounded // 60 % 24:02}:{rounded % 60:02} {stop['name']}")
        ts.equal("solution.schedule(stops, 480, 700)", times, stops=stops)
        orders = [{"stop": f"Stop {exam.random.randrange(9)}", "parcels": exam.random.randrange(1, 5)} for _ in range(6)]
        counts = [{"stop": stop["name"], "parcels": sum(order["parcels"] for order in orders if order["stop"] == stop["name"])} for stop in stops]
        ts.equal("solution.load(stops, orders)", counts, stops=stops, orders=orders)
        ts.equal("solution.routeLength(stops)", length(stops), stops=stops, approx=1e-9)
        ts.equal("solution.nearest(stops, van)", best, stops=stops, van=van)
        ts.equal("solution.report(stops, van)", f"{len(stops)} stops, {length(stops):.1f} km\nnearest help: {best['name']}", stops=stops, van=van)
        ts.equal("solution.splitByZone(zone, stops)", {"inside": inside, "outside": [stop for stop in stops if stop not in inside]}, zone=zone, stops=stops)
