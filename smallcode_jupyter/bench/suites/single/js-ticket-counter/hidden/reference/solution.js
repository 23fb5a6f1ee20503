"use strict";

/** A counter with the functions next, peek and reset. */
function createCounter(prefix, start = 1) {
  let current = start;
  const peek = () => `${prefix}-${String(current).padStart(4, "0")}`;
  const next = () => {
    const text = peek();
    current += 1;
    return text;
  };
  const reset = (number = start) => {
    current = number;
  };
  return { next, peek, reset };
}

module.exports = { createCounter };
