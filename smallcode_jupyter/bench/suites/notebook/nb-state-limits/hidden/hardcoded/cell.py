limits = {'office': 1000, 'lab': 800, 'hall': 1200}
alerts = {'A1': 7, 'H1': 5, 'L1': 10, 'L2': 8}
