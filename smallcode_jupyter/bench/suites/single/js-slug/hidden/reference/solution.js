"use strict";

/** The address part of a title, e.g. "Hello, world" -> "hello-world". */
function slugify(title) {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

module.exports = { slugify };
