clean = members.copy()
clean["name"] = clean["name"].str.strip()
clean["email"] = clean["email"].str.strip().str.lower()
clean["joined"] = pd.to_datetime(clean["joined"])
clean["city"] = clean["city"].fillna("unknown")
clean["newsletter"] = clean["newsletter"] == "yes"
clean = clean.sort_values("joined").drop_duplicates("email", keep="last")
clean = clean.sort_values("email").reset_index(drop=True)
