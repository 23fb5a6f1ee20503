from kitchen.helpers import ingredient_line, plural, slug
