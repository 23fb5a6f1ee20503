// Package config holds the settings of the mailer.
package config

// Config is every setting.
type Config struct {
	Host string
	Port int
	From string
}

// Default is what holds where nothing else is said.
func Default() Config {
	return Config{Host: "localhost", Port: 25, From: "noreply@example.org"}
}
