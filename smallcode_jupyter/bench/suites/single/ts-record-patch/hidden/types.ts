import { applyPatch, makePatch, type Patch } from "./solution";

interface Contact {
  id: string;
  name: string;
  age: number;
  tags: string[];
  readonly since: string;
}
declare const contact: Contact;

const none: Patch<Contact> = {};
const some: Patch<Contact> = { name: "Anna" };
const all: Patch<Contact> = { name: "Anna", age: 31, tags: ["new"], since: "2024" };
const made: Patch<Contact> = makePatch(contact, contact);
const age: number | undefined = made.age;
const after: Contact = applyPatch(contact, { age: 31, tags: [] });
applyPatch(contact, { name: undefined });
// @ts-expect-error the id cannot be changed
applyPatch(contact, { id: "8" });
// @ts-expect-error the id is no part of a patch
const fixed: Patch<Contact> = { id: "8" };
// @ts-expect-error there is no such property
applyPatch(contact, { nickname: "A" });
// @ts-expect-error the age is a number
applyPatch(contact, { age: "31" });
// @ts-expect-error the age may be missing from a patch
const sure: number = made.age;
// @ts-expect-error a record has an id
makePatch({ name: "Ann" }, { name: "Anna" });
export { none, some, all, age, after, fixed, sure };
