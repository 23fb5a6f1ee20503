package main

import (
	"bufio"
	"encoding/json"
	"os"

	"mailer/config"
	"mailer/mail"
	"mailer/send"
	"mailer/status"
)

func main() {
	input := bufio.NewScanner(os.Stdin)
	output := json.NewEncoder(os.Stdout)
	for input.Scan() {
		var ask struct {
			Text string
			Env  map[string]string
		}
		if err := json.Unmarshal(input.Bytes(), &ask); err != nil {
			panic(err)
		}
		c, err := config.Load(ask.Text, ask.Env)
		if err != nil {
			output.Encode(err.Error())
			continue
		}
		text, err := mail.Text(c, []string{"a@example.org"}, "Hello\n there", "Body\n")
		if err != nil {
			text = err.Error()
		}
		output.Encode([]any{c.Host, c.Port, c.From, c.Retries, c.Timeout.Milliseconds(), send.Plan(c), status.Text(c), config.Default().Timeout.String(), text})
	}
}
