package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Load reads lines such as "port = 587" over the defaults, and variables such as MAILER_PORT over
// these. Empty lines and lines that start with # do not count.
func Load(text string, env map[string]string) (Config, error) {
	c := Default()
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, found := strings.Cut(line, "=")
		if !found {
			return Config{}, fmt.Errorf("bad line: %s", line)
		}
		if err := set(&c, strings.TrimSpace(name), strings.TrimSpace(value)); err != nil {
			return Config{}, err
		}
	}
	for _, name := range []string{"host", "port", "from", "retries", "timeout"} {
		if value := env["MAILER_"+strings.ToUpper(name)]; value != "" {
			if err := set(&c, name, value); err != nil {
				return Config{}, err
			}
		}
	}
	return c, nil
}

func set(c *Config, name, value string) error {
	bad := fmt.Errorf("bad value for %s: %s", name, value)
	switch name {
	case "host":
		c.Host = value
	case "port":
		port, err := strconv.Atoi(value)
		if err != nil || port < 1 || port > 65535 {
			return bad
		}
		c.Port = port
	case "from":
		c.From = value
	case "retries":
		retries, err := strconv.Atoi(value)
		if err != nil || retries < 0 || retries > 5 {
			return bad
		}
		c.Retries = retries
	case "timeout":
		timeout, err := time.ParseDuration(value)
		if err != nil || timeout <= 0 {
			return bad
		}
		c.Timeout = timeout
	default:
		return fmt.Errorf("unknown setting: %s", name)
	}
	return nil
}
