// Package config holds the settings of the mailer.
package config

import "time"

// Config is every setting.
type Config struct {
	Host    string
	Port    int
	From    string
	Retries int
	Timeout time.Duration
}

// Default is what holds where nothing else is said.
func Default() Config {
	return Config{Host: "localhost", Port: 25, From: "noreply@example.org", Retries: 2, Timeout: 10 * time.Second}
}
