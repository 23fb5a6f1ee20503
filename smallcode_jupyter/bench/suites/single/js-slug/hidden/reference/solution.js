"use strict";

/** The address part of a title, e.g. "Hello, world" -> "hello-world". */
function slugify(title) {
  const plain = title.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "untitled";
}

/** The slug of a title, numbered if it is among those taken. */
function uniqueSlug(title, taken) {
  const slug = slugify(title);
  let result = slug;
  for (let number = 2; taken.includes(result); number++) {
    result = `${slug}-${number}`;
  }
  return result;
}

module.exports = { slugify, uniqueSlug };
