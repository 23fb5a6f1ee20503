fees = {'Harbour': 17.6, 'Mill': 15.6, 'Old Town': 0.0, 'Park': 11.8}
