from kitchen.helpers import GRAMS, format_grams, scale, to_grams
