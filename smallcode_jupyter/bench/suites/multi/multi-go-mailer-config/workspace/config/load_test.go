package config

import (
	"testing"
	"time"
)

func TestLoad(t *testing.T) {
	env := map[string]string{"MAILER_PORT": "2525", "HOME": "/root"}
	c, err := Load("# server\nhost = mail.example.org\nport = 587\ntimeout = 30s\n", env)
	want := Config{Host: "mail.example.org", Port: 2525, From: "noreply@example.org", Retries: 2, Timeout: 30 * time.Second}
	if err != nil || c != want {
		t.Errorf("got %+v, %v, want %+v", c, err, want)
	}
}

func TestBadValues(t *testing.T) {
	for _, text := range []string{"port = x", "retries = 6", "timeout = 30", "color = red", "host"} {
		if _, err := Load(text, nil); err == nil {
			t.Errorf("%q gave no error", text)
		}
	}
}
