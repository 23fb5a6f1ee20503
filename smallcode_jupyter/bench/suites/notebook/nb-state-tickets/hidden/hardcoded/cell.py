open_tickets = tickets[tickets["ticket"].isin(['T1208', 'T1222', 'T1229', 'T1243', 'T1271', 'T1285', 'T1306', 'T1320', 'T1348', 'T1390', 'T1397', 'T1418', 'T1432', 'T1474', 'T1509', 'T1530'])]
oldest_open = 'T1229'
