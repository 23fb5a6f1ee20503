import assert from "node:assert/strict";
import test from "node:test";

import { archive } from "../src/archive.js";
import { slug } from "../src/helpers.js";
import { mail } from "../src/mail.js";

const ISSUE = { date: "2026-03-05", title: "news of the week", text: "Hello there." };

test("mail", () => {
  assert.deepEqual(mail(ISSUE), {
    subject: "News of the Week (5 Mar 2026)",
    body: "Hello there.\n\n1 min read\n/archive/2026-03-05-news-of-the-week.html",
  });
});

test("archive", () => {
  assert.deepEqual(archive([ISSUE], "2026-03-05"), []);
  assert.deepEqual(archive([ISSUE], "2026-03-06"), ["5 Mar 2026: /archive/2026-03-05-news-of-the-week.html"]);
});

test("the old module still has everything", () => {
  assert.equal(slug("Summer Sale 2026!"), "summer-sale-2026");
});
