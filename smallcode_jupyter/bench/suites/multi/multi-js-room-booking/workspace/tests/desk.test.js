import assert from "node:assert/strict";
import test from "node:test";

import { agenda } from "../src/agenda.js";
import { Desk } from "../src/desk.js";
import { Store } from "../src/store.js";

function desk() {
  const store = new Store();
  store.addRoom("Blue");
  return new Desk(store);
}

test("a clash is refused", () => {
  const blue = desk();
  blue.book("Blue", "9:00", "10:00", "Ann");
  assert.throws(() => blue.book("Blue", "9:30", "10:30", "Ben"), /taken by Ann/);
});

test("one booking may follow another", () => {
  const blue = desk();
  blue.book("Blue", "9:00", "10:00", "Ann");
  blue.book("Blue", "10:00", "11:00", "Ben");
  assert.equal(agenda(blue, "Blue"), "Blue\n09:00-10:00 Ann\n10:00-11:00 Ben\nfree: 08:00-09:00, 11:00-18:00");
});

test("a cancelled booking is gone", () => {
  const blue = desk();
  const id = blue.book("Blue", "9:00", "10:00", "Ann");
  blue.cancel(id);
  assert.equal(agenda(blue, "Blue"), "Blue\nfree: 08:00-18:00");
});
