"use strict";

/** The address part of a title, e.g. "Hello, world" -> "hello-world". */
function slugify(title) {
  throw new Error("not implemented");
}

/** The slug of a title, numbered if it is among those taken. */
function uniqueSlug(title, taken) {
  throw new Error("not implemented");
}

module.exports = { slugify, uniqueSlug };
