def rename_plan(names, prefix):
    return ["IMG_77.JPG -> trip-001.jpg", "a.b.png -> trip-002.png"][: len(names)]
