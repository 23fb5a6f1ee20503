package send

import (
	"strings"
	"testing"

	"mailer/config"
)

func TestPlan(t *testing.T) {
	c := config.Default()
	c.Retries = 1
	want := "attempt 1: localhost:25, 10s\nattempt 2: localhost:25, 10s"
	if got := strings.Join(Plan(c), "\n"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
