import assert from "node:assert/strict";
import test from "node:test";

import { archive } from "../src/archive.js";
import { feed } from "../src/feed.js";
import { slug } from "../src/helpers.js";
import { mail } from "../src/mail.js";
import { Subscribers } from "../src/subscribers.js";

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

test("feed", () => {
  const text = feed("News & more", [ISSUE]);
  assert.match(text, /^<channel>\n<title>News &amp; more<\/title>\n<item>\n<title>News of the Week<\/title>\n/);
});

test("subscribers", () => {
  const subscribers = new Subscribers();
  subscribers.add("Ben@example.org", "Ben");
  subscribers.add("ann@example.org", "Ann");
  assert.deepEqual(subscribers.recipients(), ["Ann <ann@example.org>", "Ben <ben@example.org>"]);
});

test("the old module still has everything", () => {
  assert.equal(slug("Summer Sale 2026!"), "summer-sale-2026");
});
