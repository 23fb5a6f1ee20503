open_tickets = tickets[tickets["closed"].isna()]
oldest_open = open_tickets.sort_values("opened", ascending=True)["ticket"].iloc[0]
oldest_open
