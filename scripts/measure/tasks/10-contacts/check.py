from contacts import Contact, sort_contacts

assert Contact("Ada", "Lovelace").full_name() == "Ada Lovelace"
assert Contact("Ada", "Lovelace", "King").full_name() == "Ada King Lovelace"
assert Contact(last="Lovelace").full_name() == "Lovelace"
assert Contact("Ada", "Lovelace", company="Engine").display_name() == "Ada Lovelace"
assert Contact(company="Engine").display_name() == "Engine"
assert Contact().display_name() == "(no name)"
assert Contact("Ada").display_name() == "Ada"
contact = Contact("Ada", "Lovelace")
contact.set_city(" London ")
assert contact.city == "London" and contact.changes == ["city"]
contact.clear_note()
assert contact.note is None
assert contact.initials() == "AL"
assert [c.last for c in sort_contacts([Contact("b", "Z"), Contact("a", "b")])] == ["b", "Z"]
