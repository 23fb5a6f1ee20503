package main

import (
	"bufio"
	"encoding/json"
	"os"

	"fuellog/decimal"
	"fuellog/entry"
	"fuellog/report"
	"fuellog/trip"
)

func main() {
	input := bufio.NewScanner(os.Stdin)
	output := json.NewEncoder(os.Stdout)
	for input.Scan() {
		var ask struct{ Do, Text string }
		var reply any
		var err error
		if err = json.Unmarshal(input.Bytes(), &ask); err != nil {
			panic(err)
		}
		switch ask.Do {
		case "decimal":
			reply, err = decimal.Parse(ask.Text)
		case "entries":
			reply, err = entry.ParseAll(ask.Text)
		case "trips":
			var entries []entry.Entry
			entries, err = entry.ParseAll(ask.Text)
			reply = trip.All(entries)
		case "report":
			reply, err = report.Text(ask.Text)
		}
		if err != nil {
			reply = map[string]string{"error": err.Error()}
		}
		output.Encode(reply)
	}
}
