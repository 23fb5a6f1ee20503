import { changedFields } from "./solution";

interface Contact {
  name: string;
  age: number;
}
declare const contact: Contact;
const some: Partial<Contact> = changedFields(contact, contact);
const age: number | undefined = changedFields(contact, contact).age;
// @ts-expect-error the age is a number
changedFields(contact, { name: "Ann", age: "31" });
export { some, age };
