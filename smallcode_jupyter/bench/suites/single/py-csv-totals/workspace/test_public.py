from solution import totals


def test_two_categories():
    text = "date,category,amount\n1 May,food,2.50\n2 May,rent,800\n3 May,food,4\n"
    assert totals(text) == {"food": 6.5, "rent": 800.0}


def test_empty_amount():
    assert totals("date,category,amount\n1 May,food,\n2 May,fun,3\n") == {"fun": 3.0}
