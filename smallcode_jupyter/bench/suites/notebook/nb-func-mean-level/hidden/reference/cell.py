def mean_level(levels, station, start, end):
    """The station's mean level in cm from start to end, both included; None if there is none."""
    part = levels[(levels["station"] == station) & (levels["day"] >= start) & (levels["day"] <= end)]
    if part.empty:
        return None
    return round(float(part["level_cm"].mean()), 1)
