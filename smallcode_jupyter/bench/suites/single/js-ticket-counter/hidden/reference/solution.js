"use strict";

/** A counter with the functions next and peek. */
function createCounter(prefix, start = 1) {
  let current = start;
  const peek = () => `${prefix}-${String(current).padStart(4, "0")}`;
  const next = () => {
    const text = peek();
    current += 1;
    return text;
  };
  return { next, peek };
}

module.exports = { createCounter };
