package report

import "testing"

func TestText(t *testing.T) {
	cases := map[string]struct{ log, want string }{
		"a month": {
			"01.12.2025;10000;38,00;66,00\n20.12.2025;10500;32,05;55,25\n",
			"01.12.2025 - 20.12.2025: 500 km, 6,41 l/100 km\nspent: 55,25",
		},
		"one decimal": {
			"01.12.2025;10000;38,0;66,0\n20.12.2025;10500;32,5;55,5\n",
			"01.12.2025 - 20.12.2025: 500 km, 6,50 l/100 km\nspent: 55,50",
		},
		"new year": {
			"28.12.2025;10450;40,50;71,20\n03.01.2026;11050;42,00;73,10\n",
			"28.12.2025 - 03.01.2026: 600 km, 7,00 l/100 km\nspent: 73,10",
		},
	}
	for name, c := range cases {
		got, err := Text(c.log)
		if err != nil || got != c.want {
			t.Errorf("%s: got %q, %v, want %q", name, got, err, c.want)
		}
	}
}
