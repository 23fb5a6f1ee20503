fig, ax = plt.subplots()
for machine, part in energy.sort_values("day").groupby("machine"):
    ax.plot(part["day"], part["kwh"], label=machine)
ax.axhline(TARGET, linestyle="--", color="grey", label="target")
ax.set_title("Energy per machine")
ax.set_ylabel("kWh")
ax.set_ylim(bottom=0)
ax.legend()
