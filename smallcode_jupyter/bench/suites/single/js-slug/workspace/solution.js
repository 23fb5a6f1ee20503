"use strict";

/** The address part of a title, e.g. "Hello, world" -> "hello-world". */
function slugify(title) {
  throw new Error("not implemented");
}

module.exports = { slugify };
